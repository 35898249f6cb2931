package io.velvetastro.ledger.planted;

import io.velvetastro.app.Trips;
import java.net.Socket;

@Trips("theLedgerKnowsNobody")
class KnowsTheNet {
    Socket known;
}
