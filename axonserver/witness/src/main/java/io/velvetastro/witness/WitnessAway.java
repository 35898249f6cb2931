package io.velvetastro.witness;

/** The witness does not answer, or not as one; nothing is wrong with the log. */
public final class WitnessAway extends RuntimeException {
    public WitnessAway(String line) {
        super(line);
    }

    WitnessAway(String line, Throwable cause) {
        super(line, cause);
    }
}
