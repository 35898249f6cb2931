package io.velvetastro.engines.planted;

import io.velvetastro.app.Trips;
import java.util.Date;

@Trips("decisionsAndEnginesNeverReadTheWallClock")
class ReadsTheClock {
    Date now = new Date();
}
