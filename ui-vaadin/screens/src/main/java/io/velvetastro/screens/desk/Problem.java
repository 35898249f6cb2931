package io.velvetastro.screens.desk;

import static java.time.temporal.ChronoUnit.MINUTES;

import io.velvetastro.language.Overloaded;
import io.velvetastro.language.Refused;
import io.velvetastro.questions.OwnAccount.ProofDue;
import io.velvetastro.screens.parts.Words;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that did not happen, in the reader's words: what, what is safe, and a code that finds the cause in the log.
 */
public record Problem(String title, String words, String code) {
    private static final Logger log = LoggerFactory.getLogger(Problem.class);

    private static final Duration A_MOMENT = Duration.ofMinutes(1);

    private static final Set<Refused.Why> TOLD_BY_WHO_REFUSES =
            EnumSet.of(Refused.Why.NOT_AS_IT_STANDS, Refused.Why.BEYOND_THE_PLAN, Refused.Why.FORBIDDEN);

    public static Problem asking(Throwable failure) {
        return of(failure, "This could not be loaded", "Nothing was changed. What is shown may be old.");
    }

    public static Problem opening(Throwable failure) {
        return of(failure, "This screen could not be opened", "Nothing was changed. The rest of the house goes on.");
    }

    public static Problem ordering(Throwable failure) {
        return of(failure, "This was not done", "Nothing has changed. Try again.");
    }

    private static Problem of(Throwable failure, String title, String otherwise) {
        var refused = Refused.in(failure);
        if (refused != null) return new Problem(title, said(failure, refused) + " Nothing has changed.", code(refused));
        for (Throwable cause = failure; cause != null; cause = cause.getCause())
            if (cause instanceof ProofDue)
                return new Problem(title, "Without a proof that it’s you nothing has changed.", "401 step-up-required");
            else if (cause instanceof Overloaded overloaded) return later(overloaded);
        var trace = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        log.warn("A screen's request failed, trace {}", trace, failure); // The reader sees the trace, never the cause.
        return new Problem(title, otherwise, "500 trace " + trace);
    }

    /** What lasts is said, and for how long; what is over in a moment is only said to be. */
    private static Problem later(Overloaded overloaded) {
        var wait = overloaded.retryAfter();
        if (wait == null || wait.compareTo(A_MOMENT) <= 0)
            return new Problem(
                    "Busy right now",
                    "More is coming in than can be answered. Try again in a moment.",
                    "503 overloaded");
        return new Problem(
                "Not now",
                sentence(overloaded.getMessage()) + " Try again in " + Words.lasting(wait.truncatedTo(MINUTES)) + ".",
                "429 overloaded");
    }

    /** Where the one who refused it says why in words of this house, these; none of them were typed by a stranger. */
    private static String said(Throwable failure, Refused.Why why) {
        if (TOLD_BY_WHO_REFUSES.contains(why))
            for (Throwable cause = failure; cause != null; cause = cause.getCause())
                if (cause instanceof Refused refused) return sentence(refused.getMessage());
        return words(why);
    }

    private static String sentence(@Nullable String words) {
        if (words == null) return "";
        return words.endsWith(".") ? words : words + ".";
    }

    private static String code(Refused.Why why) {
        int status = switch (why) {
            case FORBIDDEN, READS_ONLY -> 403;
            case NOT_FOUND -> 404;
            case BEYOND_THE_PLAN -> 402;
            default -> 409;
        };
        return status + " " + why.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String words(Refused.Why why) {
        return switch (why) {
            case NEVER_BLOCK_LIST -> "This address is on the never-block list.";
            case ALREADY_RESOLVED -> "The incident is already resolved.";
            case NOT_RESOLVED -> "The incident is not resolved.";
            case NOT_FOUND -> "It is no longer there.";
            case NOT_UNDOABLE -> "This can’t be undone any more.";
            case TTL_OUT_OF_RANGE -> "A block lasts at least a minute and at most 30 days.";
            case PREFIX_TOO_WIDE -> "The range is too wide to block at once.";
            case CHANGED_MEANWHILE -> "Somebody changed it while you looked. Look again, then decide.";
            case NOT_AS_IT_STANDS -> "As things stand this can’t be done.";
            case LEGAL_HOLD -> "A legal hold keeps this.";
            case INCOMPLETE_EVIDENCE ->
                "The log counted more events than are stored now: some were removed or changed. Nothing was packed.";
            case BEYOND_THE_PLAN -> "Your plan has no more of this.";
            case READS_ONLY ->
                "The organisation has more members than its plan has room for, and you are beyond it: you read.";
            case FORBIDDEN -> "Your role does not allow this.";
        };
    }
}
