package io.velvetastro.decisions.door;

import io.velvetastro.decisions.door.Answered.Known;
import io.velvetastro.decisions.web.IdempotencyKey;
import io.velvetastro.decisions.web.Problems;
import io.velvetastro.language.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;
import tools.jackson.databind.json.JsonMapper;

/** A write with an Idempotency-Key is done once: asked again, it gets the first answer. What was declined left nothing and may be asked again. */
class Once extends OncePerRequestFilter {
    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");
    private static final int LONGEST_BODY = 256 * 1024;

    private final Answered answered;
    private final JsonMapper json;

    Once(Answered answered, JsonMapper json) {
        this.answered = answered;
        this.json = json;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getHeader(IdempotencyKey.HEADER) == null || !WRITES.contains(request.getMethod());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain rest)
            throws ServletException, IOException {
        var who = SecurityContextHolder.getContext().getAuthentication();
        if (who == null || !(who.getPrincipal() instanceof Caller caller)) {
            rest.doFilter(request, response);
            return;
        }
        try {
            once(caller, IdempotencyKey.checked(request.getHeader(IdempotencyKey.HEADER)), request, response, rest);
        } catch (ErrorResponseException refused) {
            refused.getHeaders().forEach((name, values) -> values.forEach(value -> response.setHeader(name, value)));
            refuse(response, refused.getBody());
        }
    }

    private void once(
            Caller caller, String key, HttpServletRequest request, HttpServletResponse response, FilterChain rest)
            throws ServletException, IOException {
        var body = request.getInputStream().readNBytes(LONGEST_BODY + 1);
        if (body.length > LONGEST_BODY)
            throw Problems.refusal(
                    HttpStatus.CONTENT_TOO_LARGE,
                    "too-large",
                    "Too large",
                    "A body with an Idempotency-Key may have 256 KiB.");
        switch (begin(caller, key, fingerprint(request, body))) {
            case null ->
                throw Problems.later(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "unavailable",
                        "Not available",
                        "The store does not answer; nothing was stored.",
                        Duration.ofSeconds(5));
            case Known.New _ -> work(caller, key, new Read(request, body), response, rest);
            case Known.Before before -> repeat(before, response);
            case Known.UnderWay _ -> throw IdempotencyKey.underWay();
            case Known.Taken _ -> throw IdempotencyKey.reused();
        }
    }

    private @Nullable Known begin(Caller caller, String key, byte[] request) {
        try {
            return answered.begin(caller, key, request);
        } catch (DataAccessException unreachable) {
            return null;
        }
    }

    private void work(
            Caller caller, String key, HttpServletRequest request, HttpServletResponse response, FilterChain rest)
            throws ServletException, IOException {
        var copied = new ContentCachingResponseWrapper(response);
        var done = false;
        try {
            rest.doFilter(request, copied);
            done = HttpStatus.valueOf(copied.getStatus()).is2xxSuccessful();
            if (done) {
                answered.finish(
                        caller,
                        key,
                        new Known.Before(
                                copied.getStatus(),
                                copied.getHeader(HttpHeaders.LOCATION),
                                copied.getContentType(),
                                copied.getContentAsByteArray()));
            }
        } finally {
            if (!done) answered.forget(caller, key);
            copied.copyBodyToResponse();
        }
    }

    private static void repeat(Known.Before before, HttpServletResponse response) throws IOException {
        response.setStatus(before.status());
        response.setHeader("Idempotency-Replayed", "true");
        if (before.location() != null) response.setHeader(HttpHeaders.LOCATION, before.location());
        if (before.contentType() != null) response.setContentType(before.contentType());
        response.getOutputStream().write(before.body());
    }

    private void refuse(HttpServletResponse response, ProblemDetail problem) throws IOException {
        response.setStatus(problem.getStatus());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        json.writeValue(response.getOutputStream(), problem);
    }

    private static byte[] fingerprint(HttpServletRequest request, byte[] body) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var target = request.getMethod() + " " + request.getRequestURI() + "?" + request.getQueryString() + "\n";
            digest.update(target.getBytes(StandardCharsets.UTF_8));
            return digest.digest(body);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** A request whose body was read already and can be read once more. */
    private static final class Read extends HttpServletRequestWrapper {
        private final byte[] body;

        Read(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            var bytes = new ByteArrayInputStream(body);
            return new ServletInputStream() {
                @Override
                public int read() {
                    return bytes.read();
                }

                @Override
                public int read(byte[] target, int offset, int length) {
                    return bytes.read(target, offset, length);
                }

                @Override
                public boolean isFinished() {
                    return bytes.available() == 0;
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    throw new UnsupportedOperationException("the body is here already");
                }
            };
        }
    }
}
