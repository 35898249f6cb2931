package io.velvetastro.ledger.planted;

import io.velvetastro.app.Trips;
import io.velvetastro.language.TenantId;

@Trips("theLedgerKnowsNobody")
class KnowsTheLanguage {
    TenantId known;
}
