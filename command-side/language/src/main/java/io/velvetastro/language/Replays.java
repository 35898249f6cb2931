package io.velvetastro.language;

/** Builds a follower's work anew from the first event, while the old rows go on serving. */
public interface Replays {
    /**
     * Hands every stored event to {@code shadow} in order and in large batches, outside any transaction; then holds the live follower of the same name still, hands over what came in meanwhile, and runs {@code swap} in the transaction that also moves the follower's place. A failure leaves the live follower as it was.
     *
     * @return the number of events handed over
     */
    long rebuild(BatchFollower shadow, Runnable swap);
}
