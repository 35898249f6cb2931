package io.velvetastro.ledger.planted;

import io.velvetastro.app.Trips;

@Trips("decisionsAndEnginesNeverReadTheWallClock")
class ReadsTheClock {
    long now = System.currentTimeMillis();
}
