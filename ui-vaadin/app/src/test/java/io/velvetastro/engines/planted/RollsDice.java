package io.velvetastro.engines.planted;

import io.velvetastro.app.Trips;

@Trips("enginesAndLedgerNeverRollDice")
class RollsDice {
    double rolled = Math.random();
}
