package io.velvetastro.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.server.VaadinServletContext;
import com.vaadin.flow.server.startup.ApplicationRouteRegistry;
import io.velvetastro.store.testing.FreshDatabase;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;

/** What every page and every answer says to browsers, also those that only send somebody elsewhere or say no. */
@SpringBootTest(
        classes = VelvetAstro.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "velvet.demo.traffic=false")
@ContextConfiguration(initializers = FreshDatabase.class)
@ActiveProfiles("demo")
class HeadersTest {
    private static final List<String> OTHERS = List.of(
            "/",
            "/no-such-page",
            "/no;such=page",
            "//no-such-page",
            "/VAADIN/no-such-file.js",
            "/join",
            "/docs",
            "/v3/api-docs",
            "/api/v1/auth/me",
            "/api/v1/no-such-thing",
            "/api/v1/forensics/key",
            "/.well-known/jwks.json",
            "/actuator/prometheus",
            "/actuator/health");

    /** What auditors and other programs are meant to keep. */
    private static final Set<String> PUBLISHED = Set.of("/api/v1/forensics/key", "/.well-known/jwks.json");

    /** Whole, so that nobody loosens it unseen. */
    private static final String POLICY =
            "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
                    + "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
                    + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-src 'none'; frame-ancestors 'none'";

    @Autowired
    ServletContext servlets;

    @LocalServerPort
    int port;

    private final HttpClient http = HttpClient.newHttpClient();

    private TreeSet<String> pages() {
        var pages = screens();
        pages.addAll(OTHERS);
        return pages;
    }

    private TreeSet<String> screens() {
        var screens = new TreeSet<String>();
        ApplicationRouteRegistry.getInstance(new VaadinServletContext(servlets))
                .getRegisteredRoutes()
                .forEach(route -> screens.add("/" + route.getTemplate().replaceAll("/?:[^/]*", "")));
        return screens;
    }

    @Test
    void everyPageIsHeldByAPolicyThatNoOtherPageMayFrame() {
        assertThat(pages()).contains("/dashboard", "/incidents", "/admin", "/login");
        for (var page : pages()) isHeld(page, get(page));
    }

    /** Without a session most of them only lead to the form: this is what people look at. */
    @Test
    void everyPageOfWhoHasSignedInIsHeldToo() {
        var member = new Visitor(port, "127.0.0.1").signedIn();
        var screens = screens();
        assertThat(screens).hasSizeGreaterThan(10).contains("/dashboard", "/incidents", "/admin", "/profile");
        for (var page : screens) {
            var answer = member.get(page);
            assertThat(answer.statusCode()).as(page).isEqualTo(200);
            assertThat(answer.body()).as(page).contains("<!doctype html>");
            isHeld(page, answer);
            assertThat(header(answer, "Content-Security-Policy")).as(page).isEqualTo(POLICY);
            assertThat(header(answer, "Permissions-Policy")).as(page).contains("camera=()");
            assertThat(header(answer, "Cross-Origin-Opener-Policy")).as(page).isEqualTo("same-origin");
        }
    }

    private static void isHeld(String page, HttpResponse<String> answer) {
        assertThat(header(answer, "Content-Security-Policy"))
                .as(page)
                .contains("default-src 'self'", "frame-ancestors 'none'", "object-src 'none'")
                .containsPattern("base-uri '(none|self)'");
        assertThat(header(answer, "X-Content-Type-Options")).as(page).isEqualTo("nosniff");
        assertThat(header(answer, "X-Frame-Options")).as(page).isEqualTo("DENY");
        assertThat(header(answer, "Referrer-Policy")).as(page).isIn("no-referrer", "same-origin");
        if (!PUBLISHED.contains(page))
            assertThat(header(answer, "Cache-Control")).as(page).contains("no-store");
    }

    @Test
    void everyAnswerSaysWhatItIs() {
        for (var page : pages()) {
            var answer = get(page);
            if (answer.body().isEmpty()) continue;
            assertThat(header(answer, "Content-Type"))
                    .as(page)
                    .matches("text/html;charset=(?i:utf-8)|text/plain;charset=(?i:utf-8)|application/.*json.*");
        }
    }

    @Test
    void noAnswerInvitesAnotherOriginOrNamesItsMaker() {
        for (var page : pages()) {
            var answer = get(page);
            assertThat(answer.headers().map().keySet().stream().map(String::toLowerCase))
                    .as(page)
                    .doesNotContain("access-control-allow-origin", "server", "x-powered-by");
        }
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private HttpResponse<String> get(String path) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                            .header("Accept", "text/html")
                            .header("Origin", "https://elsewhere.example")
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new IllegalStateException(path, failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
