package io.velvetastro.language;

/** Events that a follower could not take and parked with their sequence; {@link Backlog} says how many. */
public interface DeadLetters {
    /** Hands the parked events of a follower to it again, each sequence in order until one still cannot be taken; answers how many were taken. */
    int retry(String follower);
}
