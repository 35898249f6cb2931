package io.velvetastro.app;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.Ordered;

/** Somebody's browser as the house sees it: an address, a cookie, and what it asks. */
final class Visitor {
    private static final String ADDRESS = "Test-Address";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Nothing here takes nearly as long, on any machine. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Pattern TOKEN = Pattern.compile(
            "\"X-CSRF-TOKEN\"[^}]*?\"token\":\"([^\"]+)\"|name=\"_csrf\"[^>]*?(?:content|value)=\"([^\"]+)\"|_csrf\" content=\"([^\"]+)\"");

    private final int port;
    private final String address;
    private @Nullable String cookie;

    /** @param address which a house believes that has {@link #believed} */
    Visitor(int port, String address) {
        this.port = port;
        this.address = address;
    }

    /** The demo answers nobody who comes through a proxy, so addresses are made after its door. */
    static FilterRegistrationBean<Filter> believed() {
        var filter = new FilterRegistrationBean<Filter>(
                (request, response, rest) -> rest.doFilter(coming((HttpServletRequest) request), response));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 5);
        return filter;
    }

    private static HttpServletRequest coming(HttpServletRequest request) {
        return new HttpServletRequestWrapper(request) {
            @Override
            public String getRemoteAddr() {
                return Objects.requireNonNullElse(getHeader(ADDRESS), super.getRemoteAddr());
            }
        };
    }

    HttpResponse<String> get(String path) {
        return send(path, HttpRequest.newBuilder().GET());
    }

    /** As the page does by itself while it is open. */
    int heartbeat(String page) {
        return send("/?v-r=heartbeat&v-uiId=" + page, HttpRequest.newBuilder().POST(BodyPublishers.noBody()))
                .statusCode();
    }

    Visitor signedIn() {
        var found = TOKEN.matcher(get("/login").body());
        assertThat(found.find()).isTrue();
        var token = found.group(1) != null ? found.group(1) : found.group(2) != null ? found.group(2) : found.group(3);
        var form =
                "email=admin%40velvet.com&password=password&_csrf=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
        var answer = send(
                "/session",
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form)));
        assertThat(answer.headers().firstValue("Location").orElse("")).doesNotContain("login");
        return this;
    }

    /** Whether the house still knows the session that this browser comes with. */
    boolean isKnown() {
        var before = Objects.requireNonNull(cookie);
        assertThat(get("/login").statusCode()).isEqualTo(200);
        return before.equals(cookie);
    }

    private HttpResponse<String> send(String path, HttpRequest.Builder request) {
        request.uri(URI.create("http://localhost:" + port + path))
                .header("Accept", "text/html")
                .header(ADDRESS, address)
                .timeout(PATIENCE);
        if (cookie != null) request.header("Cookie", cookie);
        try {
            var answer = HTTP.send(request.build(), BodyHandlers.ofString());
            answer.headers().allValues("Set-Cookie").stream()
                    .filter(set -> set.startsWith("velvet-session="))
                    .forEach(set -> cookie = set.replaceFirst(";.*", ""));
            return answer;
        } catch (IOException failed) {
            throw new IllegalStateException(path, failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
