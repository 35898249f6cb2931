package io.velvetastro.language;

import java.util.List;

/** Builds followers' work anew from the first event, while the old rows go on serving. */
public interface Replays {
    /**
     * Reads the store once and hands every event to those shadows that follow its stream, in order and in large batches, outside any transaction; then holds the live followers of the same names still, hands over what came in meanwhile, and lets all shadows take their places in the one transaction that also moves the followers' places. A failure leaves the live followers as they were.
     *
     * @return the number of events read
     */
    long rebuild(List<? extends Shadow> shadows);

    /** A follower that writes beside the one whose name it bears. */
    interface Shadow extends BatchFollower {
        /** Nearly all is handed over; whatever takes long is best done now, while nobody is held still for it. */
        void nearlyThere();

        /** Within a transaction: from its commit on, what this wrote serves. */
        void takePlace();
    }
}
