package io.velvetastro.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.otp.HmacOneTimePasswordGenerator;
import io.velvetastro.store.testing.FreshDatabase;
import java.io.IOException;
import java.math.BigInteger;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** The whole house's door for browsers, over real HTTP: the form, the cookie, the headers, and that a session can be ended from elsewhere. */
@SpringBootTest(
        classes = VelvetAstro.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "velvet.demo.traffic=false")
@ContextConfiguration(initializers = FreshDatabase.class)
@ActiveProfiles("demo")
class BrowserDoorTest {
    /** Nothing here takes nearly as long, on any machine. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Pattern TOKEN = Pattern.compile(
            "\"X-CSRF-TOKEN\"[^}]*?\"token\":\"([^\"]+)\"|name=\"_csrf\"[^>]*?(?:content|value)=\"([^\"]+)\"|_csrf\" content=\"([^\"]+)\"");

    private static final Pattern FILE =
            Pattern.compile("(?:src|href)=\"(?:\\./|/)?((?:VAADIN/build|velvet|aura)/[^\"?#]+)");

    private static final String LOGIN = "{\"email\":\"admin@velvet.com\",\"password\":\"password\"}";

    @Autowired
    JdbcClient db;

    @Autowired
    PlatformTransactionManager transactions;

    @LocalServerPort
    int port;

    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(cookies).build();

    @Test
    void withoutASessionEveryScreenLeadsToTheForm() {
        for (var screen : List.of("/dashboard", "/incidents", "/attacks", "/map", "/defense")) {
            var answer = get(screen);
            assertThat(answer.statusCode()).as(screen).isEqualTo(302);
            assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("/login");
        }
    }

    @Test
    void thePageBeforeSignInCarriesItsHeaders() {
        var headers = get("/login").headers();
        assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                .contains("frame-ancestors 'none'", "object-src 'none'", "form-action 'self'");
        assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("Referrer-Policy")).contains("same-origin");
        assertThat(headers.firstValue("Cross-Origin-Opener-Policy")).contains("same-origin");
        assertThat(headers.firstValue("Cache-Control").orElseThrow()).contains("no-store");
    }

    @Test
    void theFormLetsInUnderANewSession() {
        var token = formToken();
        var before = session().getValue();
        var answer = signIn("admin@velvet.com", "password", token);
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("/dashboard");
        assertThat(session().getValue()).isNotEqualTo(before);
        assertThat(get("/dashboard").statusCode()).isEqualTo(200);
    }

    @Test
    void theCookieIsOutOfReachOfScriptsAndOtherSites() {
        var cookie = get("/login").headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).startsWith("velvet-session=").contains("HttpOnly", "SameSite=Lax", "Path=/");
    }

    @Test
    void aWrongPasswordLeadsBackToTheForm() {
        var answer = signIn("admin@velvet.com", "wrong", formToken());
        assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("/login?error");
        assertThat(get("/dashboard").statusCode()).isEqualTo(302);
    }

    @Test
    void aFormFromAnotherSiteIsRefused() {
        formToken();
        var answer = signIn("admin@velvet.com", "password", "guessed");
        assertThat(answer.headers().firstValue("Location").orElse("")).doesNotContain("dashboard");
        assertThat(get("/dashboard").statusCode()).isEqualTo(302);
    }

    @Test
    void aSessionEndedElsewhereIsOverAtTheNextClick() {
        signIn("admin@velvet.com", "password", formToken());
        assertThat(get("/dashboard").statusCode()).isEqualTo(200);
        db.sql("update identity.session set ended_at = now(), ended_why = 'test' where kind = 'BROWSER'")
                .update();
        var answer = get("/dashboard");
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location").orElseThrow()).contains("/login");
    }

    @Test
    void whoWasAwayTooLongIsToldSoAndGoesOnWhereTheyWere() {
        signIn("admin@velvet.com", "password", formToken());
        assertThat(get("/incidents?severity=HIGH").statusCode()).isEqualTo(200);
        db.sql("update identity.session set last_seen_at = now() - interval '32 minutes' where kind = 'BROWSER'")
                .update();
        var out = get("/incidents?severity=HIGH");
        assertThat(out.headers().firstValue("Location").orElseThrow()).endsWith("/login?idle");
        assertThat(get("/login?idle").statusCode()).isEqualTo(200);
        var in = signIn("admin@velvet.com", "password", formToken());
        assertThat(in.headers().firstValue("Location").orElseThrow()).contains("/incidents?severity=HIGH");
    }

    @Test
    void whatIsTheSameForEverybodyIsServedWhileTheSessionsHang() {
        signIn("admin@velvet.com", "password", formToken());
        var files = FILE.matcher(get("/dashboard").body())
                .results()
                .map(found -> "/" + found.group(1))
                .distinct()
                .toList();
        assertThat(files).isNotEmpty();
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            db.sql("lock table identity.session in access exclusive mode").update();
            for (var file : files) assertThat(get(file).statusCode()).as(file).isEqualTo(200);
        });
    }

    @Test
    void whatFailsOutsideTheScreensIsSaidInTheHousesOwnWords() {
        signIn("admin@velvet.com", "password", formToken());
        var answer = get("/error");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body())
                .contains("The house can’t answer right now", "Try again")
                .doesNotContain("Whitelabel");
        assertThat(answer.headers().firstValue("Content-Security-Policy")).isPresent();
    }

    @Test
    void aBrowsersSessionIsNoKeyToTheApi() {
        signIn("admin@velvet.com", "password", formToken());
        assertThat(get("/api/v1/auth/me").statusCode()).isEqualTo(401);
        assertThat(get("/actuator/prometheus").statusCode()).isEqualTo(401);
    }

    @Test
    void aPasswordAloneReachesNoScreenOnceTheSecondFactorIsOn() throws Exception {
        var json = new JsonMapper();
        var bearer = json.readTree(call("/api/v1/auth/login", null, LOGIN).body())
                .get("accessToken")
                .asString();
        var enrolment = json.readTree(call("/api/v1/auth/mfa/totp", bearer, "{\"password\":\"password\"}")
                .body());
        var secret = bytesOf(enrolment.get("secret").asString());
        var codes = json.readTree(call("/api/v1/auth/mfa/totp/confirm", bearer, "{\"code\":\"" + code(secret) + "\"}")
                        .body())
                .get("recoveryCodes");
        try {
            var first = signIn("admin@velvet.com", "password", formToken());
            assertThat(first.headers().firstValue("Location").orElseThrow()).endsWith("/login?code");
            for (var screen : List.of("/dashboard", "/incidents", "/login?code", "/"))
                assertThat(get(screen).headers().firstValue("Location").orElse("/login"))
                        .as(screen)
                        .endsWith("/login");
            var wrong = code("000000");
            assertThat(wrong.headers().firstValue("Location").orElseThrow()).endsWith("/login?code&error");
            assertThat(get("/dashboard").statusCode()).isEqualTo(302);
            var right = code(codes.get(0).asString());
            assertThat(right.headers().firstValue("Location").orElseThrow()).contains("/dashboard");
            assertThat(get("/dashboard").statusCode()).isEqualTo(200);
        } finally {
            var off = "{\"password\":\"password\",\"code\":\"" + codes.get(1).asString() + "\"}";
            assertThat(call("/api/v1/auth/mfa/totp/off", bearer, off).statusCode())
                    .isEqualTo(204);
        }
    }

    private HttpResponse<String> code(String code) {
        return send(HttpRequest.newBuilder(uri("/session"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("code=" + encoded(code) + "&_csrf=" + encoded(formToken()))));
    }

    private HttpResponse<String> call(String path, @Nullable String bearer, String body) {
        var request = HttpRequest.newBuilder(uri(path)).header("Content-Type", "application/json");
        if (bearer != null) request.header("Authorization", "Bearer " + bearer);
        return send(request.POST(BodyPublishers.ofString(body)));
    }

    private static String code(byte[] secret) throws GeneralSecurityException {
        return new HmacOneTimePasswordGenerator()
                .generateOneTimePasswordString(
                        new SecretKeySpec(secret, "HmacSHA1"), Instant.now().getEpochSecond() / 30);
    }

    private static byte[] bytesOf(String base32) {
        var bits = BigInteger.ONE; // So that leading zeros stay.
        for (char letter : base32.toCharArray())
            bits = bits.shiftLeft(5).or(BigInteger.valueOf("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter)));
        var bytes = bits.toByteArray();
        return Arrays.copyOfRange(bytes, bytes.length - 20, bytes.length);
    }

    private String formToken() {
        var page = get("/login").body();
        var found = TOKEN.matcher(page);
        assertThat(found.find()).as(page).isTrue();
        for (int group = 1; group <= found.groupCount(); group++)
            if (found.group(group) != null) return found.group(group);
        throw new AssertionError("no token");
    }

    private HttpCookie session() {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("velvet-session"))
                .findFirst()
                .orElseThrow();
    }

    private HttpResponse<String> signIn(String email, String password, String token) {
        var form = "email=" + encoded(email) + "&password=" + encoded(password) + "&_csrf=" + encoded(token);
        return send(HttpRequest.newBuilder(uri("/session"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    private HttpResponse<String> get(String path) {
        return send(
                HttpRequest.newBuilder(uri(path)).header("Accept", "text/html").GET());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return browser.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
