package io.velvetastro.notary.planted;

import io.velvetastro.app.Trips;
import io.velvetastro.decisions.identity.Setup;

@Trips("theNotaryKnowsTheLedgerAndNoOtherRoom")
class KnowsDecisions {
    Setup known;
}
