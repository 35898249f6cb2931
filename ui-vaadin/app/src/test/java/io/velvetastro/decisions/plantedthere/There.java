package io.velvetastro.decisions.plantedthere;

import io.velvetastro.app.Trips;
import io.velvetastro.decisions.plantedhere.Here;

@Trips("decisionsDoNotKnowEachOtherInCircles")
public class There {
    Here other;
}
