package io.velvetastro.sagas.planted;

import io.velvetastro.app.Trips;
import io.velvetastro.decisions.identity.Setup;

@Trips("detectionKnowsNoOtherRoom")
class KnowsDecisions {
    Setup known;
}
