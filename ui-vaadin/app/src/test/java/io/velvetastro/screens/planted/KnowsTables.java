package io.velvetastro.screens.planted;

import io.velvetastro.app.Trips;
import io.velvetastro.views.Progress;

@Trips("screensNeverSeeAggregatesOrTables")
class KnowsTables {
    Progress known;
}
