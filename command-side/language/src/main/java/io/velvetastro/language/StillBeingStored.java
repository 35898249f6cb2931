package io.velvetastro.language;

import java.time.Duration;

/** "Not now, and it concerns nobody else": one of these events is being stored by somebody who has not said yet that it is, or has died before saying so. Nothing was stored of what came with it. */
public final class StillBeingStored extends Overloaded {
    public StillBeingStored(Duration retryAfter) {
        super("Some of these events are just being stored; send them again in a moment", retryAfter);
    }
}
