package io.velvetastro.witness.planted;

import io.velvetastro.app.Trips;
import io.velvetastro.views.Progress;

@Trips("theWitnessKnowsNothingButTheLedger")
class KnowsViews {
    Progress known;
}
