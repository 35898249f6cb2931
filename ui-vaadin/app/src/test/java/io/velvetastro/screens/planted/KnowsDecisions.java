package io.velvetastro.screens.planted;

import io.velvetastro.app.Trips;
import io.velvetastro.decisions.identity.Setup;

@Trips("screensNeverSeeAggregatesOrTables")
class KnowsDecisions {
    Setup known;
}
