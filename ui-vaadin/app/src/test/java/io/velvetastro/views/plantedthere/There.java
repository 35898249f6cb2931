package io.velvetastro.views.plantedthere;

import io.velvetastro.app.Trips;
import io.velvetastro.views.plantedhere.Here;

@Trips("viewsDoNotKnowEachOtherInCircles")
public class There {
    Here other;
}
