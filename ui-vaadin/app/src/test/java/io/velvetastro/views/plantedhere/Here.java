package io.velvetastro.views.plantedhere;

import io.velvetastro.app.Trips;
import io.velvetastro.views.plantedthere.There;

@Trips("viewsDoNotKnowEachOtherInCircles")
public class Here {
    There other;
}
