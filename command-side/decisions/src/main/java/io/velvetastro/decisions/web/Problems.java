package io.velvetastro.decisions.web;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** Makes RFC 9457 problems; a controller throws what {@link #refusal} gives and says no more. */
public final class Problems {
    private static final String TYPES = "https://velvetastro.io/problems/";

    private Problems() {}

    /** What is wrong with one field of a request. */
    public record FieldError(String field, String detail) {}

    /** @param slug the last part of the problem's type, such as {@code mfa-required} */
    public static ProblemDetail of(HttpStatus status, String slug, String title, String detail) {
        var problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create(TYPES + slug));
        problem.setTitle(title);
        return problem;
    }

    /** A request whose fields are wrong, each by its name. */
    public static ProblemDetail invalid(List<FieldError> errors) {
        var problem = of(HttpStatus.BAD_REQUEST, "invalid-request", "Invalid request", "See errors for each field.");
        problem.setProperty("errors", errors);
        return problem;
    }

    static ProblemDetail tooLarge(int mostBytes) {
        return of(
                HttpStatus.CONTENT_TOO_LARGE,
                "too-large",
                "Too large",
                "A body here has at most " + mostBytes + " bytes.");
    }

    public static ErrorResponseException refusal(ProblemDetail problem) {
        return new ErrorResponseException(HttpStatus.valueOf(problem.getStatus()), problem, null);
    }

    public static ErrorResponseException refusal(HttpStatus status, String slug, String title, String detail) {
        return refusal(of(status, slug, title, detail));
    }

    public static ErrorResponseException invalid(String field, String detail) {
        return refusal(invalid(List.of(new FieldError(field, detail))));
    }

    /** "Not now": the same as {@link #refusal} with the time after which to try again. */
    public static ErrorResponseException later(
            HttpStatus status, String slug, String title, String detail, Duration retryAfter) {
        var refusal = refusal(status, slug, title, detail);
        refusal.getHeaders().set(HttpHeaders.RETRY_AFTER, seconds(retryAfter));
        return refusal;
    }

    static String seconds(Duration retryAfter) {
        return Long.toString(Math.max(1, retryAfter.toSeconds()));
    }
}
