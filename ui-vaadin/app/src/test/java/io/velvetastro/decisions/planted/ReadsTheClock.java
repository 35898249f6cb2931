package io.velvetastro.decisions.planted;

import io.velvetastro.app.Trips;
import java.time.Instant;

@Trips("decisionsAndEnginesNeverReadTheWallClock")
class ReadsTheClock {
    Instant now = Instant.now();
}
