package io.velvetastro.language;

import org.axonframework.commandhandling.CommandExecutionException;

/** Understood and declined: a reason from a closed list, the same in one process or across many. Anything else that is thrown is a fault. */
public final class Refused extends CommandExecutionException {
    /** Why something was declined. */
    public enum Why {
        NEVER_BLOCK_LIST,
        ALREADY_RESOLVED,
        NOT_RESOLVED,
        NOT_FOUND,
        NOT_UNDOABLE,
        TTL_OUT_OF_RANGE,
        PREFIX_TOO_WIDE,
        /** The caller decided on a state that has changed since it was read. */
        CHANGED_MEANWHILE,
        /** It would be right elsewhere or at another time; the detail says what stands in the way. */
        NOT_AS_IT_STANDS,
        /** Somebody has ordered that this be kept. */
        LEGAL_HOLD,
        /** What is stored does not come to what was counted of it, so evidence would leave something out. */
        INCOMPLETE_EVIDENCE,
        /** The organisation's plan has no more of it. */
        BEYOND_THE_PLAN,
        /** Whoever asks is beyond the plan, and the grace is over: they read. */
        READS_ONLY,
        FORBIDDEN
    }

    /** What is said to who is one more than the plan has room for. */
    public static final String YOU_READ =
            "The organisation has more than its plan has room for, and you are beyond it: everything can be read. An administrator makes room, or a larger plan does.";

    private final Why why;

    public Refused(Why why, String detail) {
        super(detail, null, why.name());
        this.why = why;
    }

    /** What is missing and what belongs to somebody else answer in the same words. */
    public static Refused notFound() {
        return new Refused(Why.NOT_FOUND, "There is nothing by this name.");
    }

    /** For who is one more than the plan has room for. */
    public static Refused readsOnly() {
        return new Refused(Why.READS_ONLY, YOU_READ);
    }

    public Why why() {
        return why;
    }

    /** The reason behind a failed command, wherever it was handled; null when it was no refusal. */
    public static @org.jspecify.annotations.Nullable Why in(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refused refused) return refused.why;
            if (cause instanceof CommandExecutionException remote
                    && remote.getDetails().orElse(null) instanceof String code) {
                for (var why : Why.values()) if (why.name().equals(code)) return why;
            }
        }
        return null;
    }
}
