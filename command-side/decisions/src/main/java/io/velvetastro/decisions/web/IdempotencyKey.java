package io.velvetastro.decisions.web;

import java.time.Duration;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** What every door says about the header by which a request is known when it is sent again; the doors differ in how large a body they can compare. */
public final class IdempotencyKey {
    public static final String HEADER = "Idempotency-Key";

    private static final int LONGEST = 255;
    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]{1," + LONGEST + "}");

    private IdempotencyKey() {}

    /** The key, if it is one. */
    public static String checked(String key) {
        if (!PRINTABLE.matcher(key).matches())
            throw Problems.invalid(HEADER, "is not 1 to " + LONGEST + " printable characters without spaces");
        return key;
    }

    /** The key came before, with another request. */
    public static ErrorResponseException reused() {
        return Problems.refusal(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "idempotency-key-reused",
                "Idempotency-Key reused",
                "This Idempotency-Key belongs to another request.");
    }

    /** The same request is being worked on. */
    public static ErrorResponseException underWay() {
        return Problems.later(
                HttpStatus.CONFLICT,
                "still-under-way",
                "Still under way",
                "The request with this Idempotency-Key is not done.",
                Duration.ofSeconds(1));
    }
}
