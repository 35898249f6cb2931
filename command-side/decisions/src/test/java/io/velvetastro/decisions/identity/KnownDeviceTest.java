package io.velvetastro.decisions.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.velvetastro.language.Role;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody has signed in with before has tries of its own; who guesses from elsewhere cannot use them up. */
class KnownDeviceTest extends Door {
    private static final String FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    private Person grace;

    @BeforeEach
    void grace() {
        grace = member(organization("Acme"), Role.EMPLOYEE);
    }

    @Test
    void aBotnetLocksStrangersOutAndNotTheOwnersDevice() throws Exception {
        var cookie = cookieOf(login(grace.email(), PASSWORD, "X-Forwarded-For", "198.51.100.7"));
        var answers = botnet(grace.email());
        assertThat(answers).contains(429);
        assertThat(login(grace.email(), PASSWORD, "X-Forwarded-For", "198.51.100.8")
                        .status())
                .as("a stranger waits, with the right password too")
                .isEqualTo(429);
        assertThat(login(grace.email(), PASSWORD, "X-Forwarded-For", "198.51.100.9", "Cookie", cookie)
                        .status())
                .as("the owner does not, even from a new address")
                .isEqualTo(200);
    }

    @Test
    void aLinkFromALetterLetsTheOwnerInWhileOthersGuess() throws Exception {
        post(
                "/api/v1/auth/password/forgot",
                "{\"email\":\"" + grace.email() + "\"}",
                "X-Forwarded-For",
                "198.51.100.57");
        var link = linkIn(grace.email());
        botnet(grace.email());
        var reset = post(
                "/api/v1/auth/password/reset",
                "{\"token\":\"" + link + "\",\"password\":\"another horse entirely 7\"}",
                "X-Forwarded-For",
                "198.51.100.57");
        assertThat(reset.status()).isEqualTo(204);
        var cookie = reset.header("Set-Cookie").replaceFirst(";.*", "");
        assertThat(login(
                                grace.email(),
                                "another horse entirely 7",
                                "X-Forwarded-For",
                                "198.51.100.57",
                                "Cookie",
                                cookie)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void ofManyGuessesAtOnceFewAreTried() throws Exception {
        var tried =
                botnet(grace.email()).stream().filter(status -> status == 401).count();
        assertThat(tried).isLessThanOrEqualTo(22);
    }

    @Test
    void aBotnetIsAnsweredTheSameForAnAddressNobodyHas() throws Exception {
        var unknown = counted(botnet("nobody-here@unknown.example"));
        var known = counted(botnet(grace.email()));
        assertThat(unknown.keySet()).isEqualTo(known.keySet()).containsExactlyInAnyOrder(401, 429);
        assertThat(unknown.get(401)).isCloseTo(known.get(401), within(2L)); // A second may pass between two of them.
    }

    @Test
    void aKnownDeviceThatGuessesWaitsAlone() {
        var cookie = cookieOf(login(grace.email(), PASSWORD, "X-Forwarded-For", "198.51.100.17"));
        var last = 0;
        for (int i = 0; i < 8 && last != 429; i++)
            last = login(grace.email(), "guess " + i, "X-Forwarded-For", "198.51.100.17", "Cookie", cookie)
                    .status();
        assertThat(last).isEqualTo(429);
        assertThat(login(grace.email(), PASSWORD, "X-Forwarded-For", "198.51.100.18")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aDeviceIsKnownToItsOwnersAccountAlone() throws Exception {
        var eve = member(grace.organization(), Role.EMPLOYEE);
        var cookie = cookieOf(login(eve.email(), PASSWORD, "X-Forwarded-For", "198.51.100.27"));
        botnet(grace.email());
        assertThat(login(grace.email(), PASSWORD, "X-Forwarded-For", "198.51.100.28", "Cookie", cookie)
                        .status())
                .isEqualTo(429);
    }

    @Test
    void aWrongPasswordMakesNoDeviceKnown() {
        assertThat(login(grace.email(), "wrong", "X-Forwarded-For", "198.51.100.37")
                        .header("Set-Cookie"))
                .isEmpty();
        var right = login(grace.email(), PASSWORD, "X-Forwarded-For", "198.51.100.37");
        assertThat(right.header("Set-Cookie")).contains("HttpOnly", "SameSite=Strict", "Path=/");
        var secret = cookieOf(right).replaceFirst(".*=", "");
        assertThat(db.sql("select encode(hash, 'escape') || coalesce(label, '') from identity.device")
                        .query(String.class)
                        .list())
                .isNotEmpty()
                .noneMatch(row -> row.contains(secret));
    }

    @Test
    void overHttpsTheCookieIsBoundToThisHost() {
        var answer = login(grace.email(), PASSWORD, "X-Forwarded-For", "198.51.100.47", "X-Forwarded-Proto", "https");
        assertThat(answer.header("Set-Cookie"))
                .startsWith("__Host-velvet-device=")
                .contains("Secure");
    }

    @Test
    void whoComesWithSomethingNewIsToldOnce() {
        var safari =
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
        var cookie = cookieOf(login(grace.email(), PASSWORD, "User-Agent", FIREFOX));
        assertThat(lettersTo(grace.email()))
                .as("the first time there is nothing to compare")
                .isEmpty();
        login(grace.email(), PASSWORD, "User-Agent", FIREFOX, "Cookie", cookie);
        login(grace.email(), PASSWORD, "User-Agent", FIREFOX);
        assertThat(lettersTo(grace.email())).as("the same again").isEmpty();
        login(grace.email(), PASSWORD, "User-Agent", safari);
        login(grace.email(), PASSWORD, "User-Agent", safari);
        assertThat(lettersTo(grace.email())).hasSize(1);
        assertThat(lettersTo(grace.email()).getFirst().text())
                .contains("Safari")
                .doesNotContain("127.0.0.1");
        assertThat(facts(grace.organization(), "NewDeviceSeen")).isEqualTo(1);
    }

    @Test
    void aProgramWithoutAMemoryDoesNotMakeABrowserAStranger() {
        var cookie = cookieOf(login(grace.email(), PASSWORD, "X-Forwarded-For", "198.51.100.67"));
        clock.turnOn(Duration.ofMinutes(1));
        login(grace.email(), PASSWORD, "X-Forwarded-For", "198.51.100.67", "Cookie", cookie);
        for (int i = 0; i < 25; i++) {
            clock.turnOn(Duration.ofMinutes(1));
            login(grace.email(), PASSWORD, "X-Forwarded-For", "192.0.2." + (101 + i));
        }
        assertThat(db.sql("select exists (select from identity.device where member = ? and hash = ?)")
                        .params(grace.member().value(), Secret.sha256(cookie.replaceFirst(".*=", "")))
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void noMoreThanTwentyAreRemembered() {
        for (int i = 0; i < 25; i++) {
            clock.turnOn(Duration.ofMinutes(1));
            assertThat(login(grace.email(), PASSWORD, "X-Forwarded-For", "192.0.2." + (i + 1))
                            .status())
                    .isEqualTo(200);
        }
        assertThat(db.sql("select count(*) from identity.device where member = ?")
                        .param(grace.member().value())
                        .query(Integer.class)
                        .single())
                .isEqualTo(20);
    }

    @Test
    void eachDeviceSaysSinceWhenAndWhichIsThisOneAndNeverItsSecret() {
        login(grace.email(), PASSWORD, "X-Forwarded-For", "198.51.100.70");
        clock.turnOn(Duration.ofMinutes(1));
        var here = login(grace.email(), PASSWORD, "X-Forwarded-For", "198.51.100.71", "User-Agent", FIREFOX);
        clock.turnOn(Duration.ofMinutes(1));
        login(grace.email(), PASSWORD, "X-Forwarded-For", "198.51.100.72");
        var answer = get("/api/v1/auth/devices", bearer(tokenIn(here)));
        var devices = answer.json().get("items");
        assertThat(devices.size()).isEqualTo(3);
        assertThat(devices.get(0).get("device").asString()).isEqualTo("Firefox on Linux");
        assertThat(devices.valueStream().map(each -> each.get("current").asBoolean()))
                .containsExactly(true, false, false);
        var secret = cookieOf(here).replaceFirst(".*=", "");
        assertThat(answer.body())
                .contains("firstSeenAt", "lastSeenAt")
                .doesNotContain(secret, HexFormat.of().formatHex(Secret.sha256(secret)), "198.51.100");
    }

    @Test
    void whatIsForgottenIsSignedOutAndAStrangerAgain() throws Exception {
        var lost = login(grace.email(), PASSWORD, "X-Forwarded-For", "198.51.100.73");
        var here = login(grace.email(), PASSWORD, "X-Forwarded-For", "198.51.100.74");
        var path = "/api/v1/auth/devices/" + elsewhere(tokenIn(here));
        assertThat(delete(path, bearer(tokenIn(here))).status()).isEqualTo(204);
        assertThat(get("/api/v1/auth/me", bearer(tokenIn(lost))).status())
                .as("the lost one is out")
                .isEqualTo(401);
        assertThat(get("/api/v1/auth/me", bearer(tokenIn(here))).status()).isEqualTo(200);
        assertThat(delete(path, bearer(tokenIn(here))).status()).isEqualTo(404);
        assertThat(facts(grace.organization(), "DeviceForgotten")).isEqualTo(1);
        assertThat(facts(grace.organization(), "SessionsEnded")).isEqualTo(1);
        botnet(grace.email());
        assertThat(login(grace.email(), PASSWORD, "X-Forwarded-For", "198.51.100.75", "Cookie", cookieOf(lost))
                        .status())
                .as("it waits with the other strangers")
                .isEqualTo(429);
        assertThat(login(grace.email(), PASSWORD, "X-Forwarded-For", "198.51.100.76", "Cookie", cookieOf(here))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whoForgetsTheDeviceAtHandStaysIn() {
        var here = login(grace.email(), PASSWORD, "X-Forwarded-For", "198.51.100.77");
        var only = get("/api/v1/auth/devices", bearer(tokenIn(here)))
                .json()
                .get("items")
                .get(0);
        var path = "/api/v1/auth/devices/" + only.get("id").asString();
        assertThat(delete(path, bearer(tokenIn(here))).status()).isEqualTo(204);
        assertThat(get("/api/v1/auth/devices", bearer(tokenIn(here))).json().get("items"))
                .isEmpty();
        assertThat(facts(grace.organization(), "SessionsEnded")).isZero();
    }

    @Test
    void somebodyElsesDeviceIsMissing() {
        login(grace.email(), PASSWORD, "X-Forwarded-For", "198.51.100.78");
        var eve = tokenOf(member(grace.organization(), Role.SUPER_ADMIN));
        var graces = db.sql("select id from identity.device where member = ?")
                .param(grace.member().value())
                .query(UUID.class)
                .single();
        var theirs = delete("/api/v1/auth/devices/" + graces, bearer(eve));
        assertThat(theirs.status()).isEqualTo(404);
        assertThat(theirs.json().get("detail"))
                .isEqualTo(delete("/api/v1/auth/devices/" + UUID.randomUUID(), bearer(eve))
                        .json()
                        .get("detail"));
        assertThat(get("/api/v1/auth/devices", bearer(eve)).json().get("items")).isEmpty();
        assertThat(db.sql("select count(*) from identity.device where id = ?")
                        .param(graces)
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void whoeverHasStolenASessionMakesNobodysDeskAStranger() {
        login(grace.email(), PASSWORD, "X-Forwarded-For", "198.51.100.79");
        var stolen = tokenIn(login(grace.email(), PASSWORD, "X-Forwarded-For", "198.51.100.80"));
        db.sql("update identity.session set proved_at = null where member = ?")
                .param(grace.member().value())
                .update();
        var refused = delete("/api/v1/auth/devices/" + elsewhere(stolen), bearer(stolen));
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.json().get("type").asString()).endsWith("/step-up-required");
        assertThat(get("/api/v1/auth/devices", bearer(stolen))
                        .json()
                        .get("items")
                        .size())
                .isEqualTo(2);
    }

    /** One that the token's session did not come with. */
    private String elsewhere(String token) {
        return get("/api/v1/auth/devices", bearer(token))
                .json()
                .get("items")
                .valueStream()
                .filter(device -> !device.get("current").asBoolean())
                .findFirst()
                .orElseThrow()
                .get("id")
                .asString();
    }

    private static String tokenIn(Answer login) {
        assertThat(login.status()).as(login.body()).isEqualTo(200);
        return login.json().get("accessToken").asString();
    }

    private List<Integer> botnet(String email) throws InterruptedException {
        try (var threads = Executors.newFixedThreadPool(4)) {
            return threads
                    .invokeAll(IntStream.range(0, 40)
                            .mapToObj(i -> (Callable<Integer>) () -> login(
                                            email,
                                            "guess " + i,
                                            "X-Forwarded-For",
                                            "2001:db8:" + Integer.toHexString(email.hashCode() & 0xffff) + ":"
                                                    + Integer.toHexString(i) + "::1")
                                    .status())
                            .toList())
                    .stream()
                    .map(each -> each.resultNow())
                    .toList();
        }
    }

    private static java.util.Map<Integer, Long> counted(List<Integer> answers) {
        return answers.stream()
                .collect(java.util.stream.Collectors.groupingBy(
                        answer -> answer, java.util.stream.Collectors.counting()));
    }

    private static String cookieOf(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.header("Set-Cookie").replaceFirst(";.*", "");
    }
}
