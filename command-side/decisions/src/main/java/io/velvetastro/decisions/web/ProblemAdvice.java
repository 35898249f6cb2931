package io.velvetastro.decisions.web;

import io.velvetastro.decisions.web.Problems.FieldError;
import io.velvetastro.language.Overloaded;
import io.velvetastro.language.Refused;
import jakarta.validation.ConstraintViolationException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.databind.DatabindException;

/** Turns whatever a controller throws into a problem; says what the caller can mend and nothing about our insides. */
@RestControllerAdvice
@Order // Last: another room's advice speaks for its own controllers first.
class ProblemAdvice extends ResponseEntityExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);
    private static final Duration DATABASE_PAUSE = Duration.ofSeconds(5);

    @ExceptionHandler(Overloaded.class)
    ResponseEntity<Object> overloaded(Overloaded overloaded) {
        return later(
                Problems.of(
                        HttpStatus.TOO_MANY_REQUESTS, "overloaded", "Too much at once", said(overloaded.getMessage())),
                overloaded.retryAfter());
    }

    @ExceptionHandler({
        DataAccessResourceFailureException.class,
        TransientDataAccessException.class,
        QueryTimeoutException.class,
        TransactionException.class
    })
    ResponseEntity<Object> unavailable(Exception failure) {
        LOG.warn("The database did not answer", failure);
        return later(
                Problems.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "unavailable",
                        "Not available",
                        // An answer can be lost on its way back from a store that has done its work.
                        "The store did not answer in time. Ask again, with the same Idempotency-Key where there was one: it is done once."),
                DATABASE_PAUSE);
    }

    @ExceptionHandler(ConstraintViolationException.class)
    ResponseEntity<Object> violated(ConstraintViolationException violated) {
        return answer(Problems.invalid(violated.getConstraintViolations().stream()
                .map(violation ->
                        new FieldError(lastPart(violation.getPropertyPath().toString()), violation.getMessage()))
                .toList()));
    }

    /** Security's own filter answers these. */
    @ExceptionHandler({AccessDeniedException.class, AuthenticationException.class})
    void leaveToSecurity(RuntimeException denied) {
        throw denied;
    }

    @ExceptionHandler(Exception.class)
    @Nullable
    ResponseEntity<Object> anything(Exception failure, WebRequest request) throws Exception {
        if (failure instanceof CompletionException && failure.getCause() instanceof Exception cause) failure = cause;
        var why = Refused.in(failure);
        if (why == Refused.Why.FORBIDDEN) Turned.away();
        if (why != null) return answer(refusal(why, failure));
        if (cameSecond(failure))
            return later(
                    Problems.of(
                            HttpStatus.CONFLICT,
                            "came-second",
                            "Not as it stands",
                            "Somebody else changed it at the same moment; try again."),
                    Duration.ofSeconds(1));
        if (failure instanceof Overloaded overloaded) return overloaded(overloaded);
        if (isOutOfReach(failure)) return unavailable(failure);
        if (failure instanceof AccessDeniedException || failure instanceof AuthenticationException) throw failure;
        var reference = UUID.randomUUID();
        LOG.error("Request failed, reference {}", reference, failure);
        var problem = Problems.of(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "internal",
                "Something broke here",
                "The log has more under the reference.");
        problem.setProperty("reference", reference);
        return answer(problem);
    }

    /** Two processes decided on the same thing; the store let one of them through. */
    private static boolean cameSecond(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause())
            if (cause instanceof ConcurrencyException) return true;
        return false;
    }

    /** Whether the connection to the database failed, whatever wrapped it since. */
    private static boolean isOutOfReach(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause())
            if (cause instanceof SQLTransientException
                    || cause instanceof SQLRecoverableException
                    || cause instanceof SQLException sql && isOutOfReach(sql.getSQLState())) return true;
        return false;
    }

    /** Connection, resources, operator intervention, system error. */
    private static boolean isOutOfReach(@Nullable String state) {
        return state != null
                && state.length() == 5
                && Set.of("08", "53", "57", "58").contains(state.substring(0, 2));
    }

    private static ProblemDetail refusal(Refused.Why why, Throwable failure) {
        var slug = why.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        var detail = Optional.ofNullable(failure.getMessage()).orElse(slug);
        return switch (why) {
            case NOT_FOUND -> Problems.of(HttpStatus.NOT_FOUND, slug, "Not found", detail);
            case FORBIDDEN -> Problems.of(HttpStatus.FORBIDDEN, slug, "Not allowed", detail);
            case READS_ONLY -> Problems.of(HttpStatus.FORBIDDEN, slug, "Read-only", detail);
            case NEVER_BLOCK_LIST, TTL_OUT_OF_RANGE, PREFIX_TOO_WIDE ->
                Problems.of(HttpStatus.UNPROCESSABLE_CONTENT, slug, "Understood and declined", detail);
            case ALREADY_RESOLVED, NOT_RESOLVED, NOT_UNDOABLE, NOT_AS_IT_STANDS, LEGAL_HOLD, INCOMPLETE_EVIDENCE ->
                Problems.of(HttpStatus.CONFLICT, slug, "Not as it stands", detail);
            case BEYOND_THE_PLAN -> Problems.of(HttpStatus.PAYMENT_REQUIRED, slug, "Beyond the plan", detail);
            case CHANGED_MEANWHILE -> Problems.of(HttpStatus.PRECONDITION_FAILED, slug, "Changed meanwhile", detail);
        };
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException invalid, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(Problems.invalid(invalid.getBindingResult().getFieldErrors().stream()
                .map(error -> new FieldError(error.getField(), said(error.getDefaultMessage())))
                .toList()));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException invalid, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(Problems.invalid(invalid.getParameterValidationResults().stream()
                .flatMap(result -> result.getResolvableErrors().stream()
                        .map(error -> new FieldError(
                                said(result.getMethodParameter().getParameterName()), said(error.getDefaultMessage()))))
                .toList()));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException mismatch, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var field = mismatch instanceof MethodArgumentTypeMismatchException argument
                ? argument.getName()
                : said(mismatch.getPropertyName());
        return answer(Problems.invalid(List.of(new FieldError(field, "cannot be read"))));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException missing,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return answer(Problems.invalid(List.of(new FieldError(missing.getParameterName(), "is missing"))));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleServletRequestBindingException(
            org.springframework.web.bind.ServletRequestBindingException unbound,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return unbound instanceof MissingRequestHeaderException missing
                ? answer(Problems.invalid(List.of(new FieldError(missing.getHeaderName(), "is missing"))))
                : super.handleServletRequestBindingException(unbound, headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException unreadable,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        for (Throwable cause = unreadable.getCause(); cause != null; cause = cause.getCause())
            if (cause instanceof BodyLimit.TooLarge tooLarge) return answer(Problems.tooLarge(tooLarge.most()));
        if (unreadable.getCause() instanceof DatabindException databind
                && !databind.getPath().isEmpty()) {
            var field = databind.getPath().stream()
                    .map(step -> step.getPropertyName() == null ? "[" + step.getIndex() + "]" : step.getPropertyName())
                    .collect(Collectors.joining("."))
                    .replace(".[", "[");
            return answer(Problems.invalid(List.of(new FieldError(field, "cannot be read"))));
        }
        return answer(Problems.of(
                HttpStatus.BAD_REQUEST, "malformed", "Malformed body", "The body is not the JSON expected."));
    }

    private static ResponseEntity<Object> answer(ProblemDetail problem) {
        return ResponseEntity.status(problem.getStatus())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    private static ResponseEntity<Object> later(ProblemDetail problem, Duration retryAfter) {
        return ResponseEntity.status(problem.getStatus())
                .header(HttpHeaders.RETRY_AFTER, Problems.seconds(retryAfter))
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    private static String lastPart(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    private static String said(@Nullable String text) {
        return text == null ? "is not valid" : text;
    }
}
