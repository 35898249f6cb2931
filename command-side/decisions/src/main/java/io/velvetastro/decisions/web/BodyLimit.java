package io.velvetastro.decisions.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UrlPathHelper;
import tools.jackson.databind.json.JsonMapper;

/** Reads no more of a body than any of our doors has use for, and of a stranger's least: a body is in memory before anybody looks at it. The intake, which holds none of its bodies, has limits of its own. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
public final class BodyLimit extends OncePerRequestFilter {
    private static final int OF_A_STRANGER = 64 * 1024;
    private static final int OF_A_CALLER = 2 * 1024 * 1024;
    private static final Set<String> STREAMED = Set.of("/api/v1/monitor/events", "/api/v1/monitor/import");

    private final JsonMapper json;

    BodyLimit(JsonMapper json) {
        this.json = json;
    }

    /** More came than is read. */
    static final class TooLarge extends IOException {
        private final int most;

        private TooLarge(int most) {
            super("larger than " + most + " bytes");
            this.most = most;
        }

        int most() {
            return most;
        }
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        var path = path(request);
        return STREAMED.contains(path) || !path.startsWith("/api/") && !isOfSetup(path);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain rest)
            throws ServletException, IOException {
        var path = path(request);
        int most = isOfSetup(path) || path.startsWith("/api/v1/auth/") ? OF_A_STRANGER : OF_A_CALLER;
        if (request.getContentLengthLong() > most) {
            refuse(response, most);
            return;
        }
        rest.doFilter(new Measured(request, most), response);
    }

    /** As the doors are found: a letter written as %61 is a letter. */
    public static String path(HttpServletRequest request) {
        return UrlPathHelper.defaultInstance.getPathWithinApplication(request);
    }

    private static boolean isOfSetup(String path) {
        return path.equals("/setup") || path.startsWith("/setup/");
    }

    private void refuse(HttpServletResponse response, int most) throws IOException {
        var problem = Problems.tooLarge(most);
        response.setStatus(problem.getStatus());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader("Connection", "close");
        json.writeValue(response.getOutputStream(), problem);
    }

    /** Says nothing of its length beforehand, or less than the truth: it is counted as it comes. */
    private static final class Measured extends HttpServletRequestWrapper {
        private final int most;

        Measured(HttpServletRequest request, int most) {
            super(request);
            this.most = most;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new Counted(super.getInputStream(), most);
        }

        @Override
        public BufferedReader getReader() throws IOException {
            var encoding = getCharacterEncoding();
            return new BufferedReader(new InputStreamReader(
                    getInputStream(), encoding == null ? StandardCharsets.UTF_8.name() : encoding));
        }
    }

    private static final class Counted extends ServletInputStream {
        private final ServletInputStream body;
        private final int most;
        private long read;

        Counted(ServletInputStream body, int most) {
            this.body = body;
            this.most = most;
        }

        @Override
        public int read() throws IOException {
            int one = body.read();
            if (one >= 0) count(1);
            return one;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int some = body.read(into, from, length);
            if (some > 0) count(some);
            return some;
        }

        private void count(int more) throws TooLarge {
            read += more;
            if (read > most) throw new TooLarge(most);
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
