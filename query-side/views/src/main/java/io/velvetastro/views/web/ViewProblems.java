package io.velvetastro.views.web;

import java.net.URI;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Says which part of a question could not be read (RFC 9457); everything else is said by the house. */
@RestControllerAdvice(basePackages = "io.velvetastro.views")
@Order(Ordered.HIGHEST_PRECEDENCE)
public class ViewProblems {
    private static final String TYPES = "https://velvetastro.io/problems/";

    record FieldError(String field, String detail) {}

    /** Missing, or another organisation's: the same answer. */
    public static ErrorResponseException notFound(String what) {
        return new ErrorResponseException(
                HttpStatus.NOT_FOUND, problem(HttpStatus.NOT_FOUND, "not-found", "Not found", what), null);
    }

    public static ErrorResponseException tooMany(String detail, int retryAfterSeconds) {
        var refusal = new ErrorResponseException(
                HttpStatus.TOO_MANY_REQUESTS,
                problem(HttpStatus.TOO_MANY_REQUESTS, "overloaded", "Too much at once", detail),
                null);
        refusal.getHeaders().set(HttpHeaders.RETRY_AFTER, Integer.toString(retryAfterSeconds));
        return refusal;
    }

    public static ErrorResponseException conflict(String detail) {
        return new ErrorResponseException(
                HttpStatus.CONFLICT, problem(HttpStatus.CONFLICT, "already-running", "Not as it stands", detail), null);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unreadable(Unreadable unreadable) {
        return invalid(unreadable.field(), String.valueOf(unreadable.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> mismatch(MethodArgumentTypeMismatchException mismatch) {
        return invalid(mismatch.getName(), "cannot be read");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> missing(MissingServletRequestParameterException missing) {
        return invalid(missing.getParameterName(), "is missing");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(ErrorResponseException refused) {
        return ResponseEntity.status(refused.getStatusCode())
                .headers(refused.getHeaders())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(refused.getBody());
    }

    private static ResponseEntity<ProblemDetail> invalid(String field, String detail) {
        var problem =
                problem(HttpStatus.BAD_REQUEST, "invalid-request", "Invalid request", "See errors for each field.");
        problem.setProperty("errors", List.of(new FieldError(field, detail)));
        return ResponseEntity.badRequest()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    private static ProblemDetail problem(HttpStatus status, String slug, String title, String detail) {
        var problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create(TYPES + slug));
        problem.setTitle(title);
        return problem;
    }
}
