package io.velvetastro.store;

/** The house cannot open its store, and whoever started it can do something about that: the message is one line that says what. */
public final class CannotStart extends RuntimeException {
    public CannotStart(String oneLine) {
        super(oneLine);
    }

    public CannotStart(String oneLine, Throwable cause) {
        super(oneLine, cause);
    }

    /** The line to print, where one of these is behind a failed start; null where something else is. */
    public static @org.jspecify.annotations.Nullable String lineIn(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CannotStart known) return known.getMessage();
        }
        return null;
    }
}
