package io.velvetastro.screens.desk;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** Gathers many notes into one call a beat: the first note of a beat starts it, the rest ride along, the last is never lost. */
final class Pulse {
    private final AtomicBoolean waiting = new AtomicBoolean();
    private final Executor beat;
    private final Runnable call;

    Pulse(Executor beat, Runnable call) {
        this.beat = beat;
        this.call = call;
    }

    void told() {
        if (!waiting.compareAndSet(false, true)) return;
        beat.execute(() -> {
            waiting.set(false); // Before the call: what changes while it looks is looked at again.
            call.run();
        });
    }
}
