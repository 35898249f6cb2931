package io.velvetastro.decisions.plantedhere;

import io.velvetastro.app.Trips;
import io.velvetastro.decisions.plantedthere.There;

@Trips("decisionsDoNotKnowEachOtherInCircles")
public class Here {
    There other;
}
