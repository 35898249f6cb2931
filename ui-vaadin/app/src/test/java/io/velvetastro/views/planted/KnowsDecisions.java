package io.velvetastro.views.planted;

import io.velvetastro.app.Trips;
import io.velvetastro.decisions.identity.Setup;

@Trips("viewsKnowNoOtherRoom")
class KnowsDecisions {
    Setup known;
}
