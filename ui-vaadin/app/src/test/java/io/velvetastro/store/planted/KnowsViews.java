package io.velvetastro.store.planted;

import io.velvetastro.app.Trips;
import io.velvetastro.views.Progress;

@Trips("theStoreKnowsNoRoom")
class KnowsViews {
    Progress known;
}
