package io.velvetastro.ledger.planted;

import io.velvetastro.app.Trips;
import java.security.SecureRandom;

@Trips("enginesAndLedgerNeverRollDice")
class RollsDice {
    int rolled = new SecureRandom().nextInt();
}
