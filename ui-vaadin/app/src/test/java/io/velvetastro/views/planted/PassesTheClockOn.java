package io.velvetastro.views.planted;

import io.velvetastro.app.Trips;
import java.time.Instant;
import java.util.function.Supplier;

@Trips("decisionsAndEnginesNeverReadTheWallClock")
class PassesTheClockOn {
    Supplier<Instant> now = Instant::now;
}
