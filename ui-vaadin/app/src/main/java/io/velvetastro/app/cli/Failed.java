package io.velvetastro.app.cli;

/** A command that ends early: the message is for the person, the code for the shell. */
public final class Failed extends RuntimeException {
    private final int exitCode;

    private Failed(int exitCode, String line) {
        super(line);
        this.exitCode = exitCode;
    }

    /** The house or the machine said no. */
    static Failed because(String line) {
        return new Failed(1, line);
    }

    /** The command was not asked for properly. */
    static Failed misused(String line) {
        return new Failed(2, line);
    }

    int exitCode() {
        return exitCode;
    }
}
