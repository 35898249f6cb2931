package io.velvetastro.language;

/** The house refuses to start; the message is the one line a person reads, so it says what is wrong and what to do. Thrown by any bean while the application starts. */
public final class CannotStart extends RuntimeException {
    /** What a person has to change. */
    public enum Because {
        /** The machine is in the way: a port, a folder, a disk, a database. */
        MACHINE(1),
        /** The start was asked for in a way that makes no sense or is not safe. */
        USAGE(2);

        private final int exitCode;

        Because(int exitCode) {
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }
    }

    private final Because because;

    public CannotStart(Because because, String line) {
        super(line);
        this.because = because;
    }

    public CannotStart(Because because, String line, Throwable cause) {
        super(line, cause);
        this.because = because;
    }

    public Because because() {
        return because;
    }
}
