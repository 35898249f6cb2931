package io.velvetastro.ledger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The end of a month: its keys were destroyed, and what is sealed in the events of that month, of those that the log had by then, can be opened by nobody any more.
 *
 * @param month as {@code 2026-03}, by the time at which an event occurred
 */
public record Expiry(String month, Instant at) {
    private static final String TYPE = "io.velvetastro.language.PrivacyEvent$MonthEnded";
    private static final Pattern FORM = Pattern.compile("\"month\":\"(\\d{4}-\\d{2})\",\"at\":\"([^\"]{1,40})\"");
    /** By the name of its field: in others stand words of senders, who may write what looks sealed. A quote within a text is escaped, so none of them can hold this. */
    private static final Pattern SEALED = sealed("personal|sealedName|note|text");

    /** A reason is sealed where one of our people gives it; elsewhere it is in clear, and a sender's. */
    private static final Pattern SEALED_REASON = sealed("reason");

    private static final Pattern WITH_REASONS =
            Pattern.compile("io\\.velvetastro\\.language\\.(?:Evidence|Privacy|Doubt)Event\\$[A-Za-z]+");
    private static final int MONTH = "2026-03".length();

    /** The end that an event records, if it records one. */
    public static Optional<Expiry> of(Leaf leaf) {
        if (!leaf.payloadType().equals(TYPE)) return Optional.empty();
        var form = FORM.matcher(new String(leaf.payload(), ISO_8859_1));
        try {
            return form.find()
                    ? Optional.of(new Expiry(form.group(1), Instant.parse(form.group(2))))
                    : Optional.empty();
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    /** The month of a time in RFC 3339, UTC. */
    public static String month(String time) {
        return time.substring(0, Math.min(time.length(), MONTH));
    }

    private static Pattern sealed(String fields) {
        return Pattern.compile("\"(?:" + fields + ")\":\"\\d{1,18}(?:-[0-9a-f]{12})?\\.[A-Za-z0-9_-]{38,}");
    }

    /** Whether anything in an event of this type is sealed. */
    public static boolean isSealed(String payloadType, byte[] payload) {
        var text = new String(payload, ISO_8859_1);
        return SEALED.matcher(text).find()
                || WITH_REASONS.matcher(payloadType).matches()
                        && SEALED_REASON.matcher(text).find();
    }
}
