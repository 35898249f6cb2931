package io.velvetastro.sagas.planted;

import io.velvetastro.app.Trips;
import java.time.Clock;

@Trips("decisionsAndEnginesNeverReadTheWallClock")
class MakesItsOwnClock {
    Clock clock = Clock.systemUTC();
}
