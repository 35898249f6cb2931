package io.velvetastro.screens.desk;

import org.jspecify.annotations.Nullable;

/**
 * One look at a time: what is asked while an answer is on its way is asked once, a beat after it. However slow the
 * answers and however many the changes, a screen never lets its questions pile up.
 */
public final class Glance {
    private boolean looking;
    private @Nullable Runnable next;

    /** Whether to look now; otherwise {@code again} is what is done next. */
    synchronized boolean begins(Runnable again) {
        if (looking) next = again;
        else looking = true;
        return next == null;
    }

    /** What was asked for meanwhile, if anything was. */
    synchronized @Nullable Runnable ended() {
        var waiting = next;
        next = null;
        looking = false;
        return waiting;
    }
}
