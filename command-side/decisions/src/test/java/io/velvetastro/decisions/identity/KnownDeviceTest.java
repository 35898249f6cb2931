package io.velvetastro.decisions.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.velvetastro.language.Role;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody has signed in with before has tries of its own; who guesses from elsewhere cannot use them up. */
class KnownDeviceTest extends Door {
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
        var firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
        var safari =
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
        var cookie = cookieOf(login(grace.email(), PASSWORD, "User-Agent", firefox));
        assertThat(lettersTo(grace.email()))
                .as("the first time there is nothing to compare")
                .isEmpty();
        login(grace.email(), PASSWORD, "User-Agent", firefox, "Cookie", cookie);
        login(grace.email(), PASSWORD, "User-Agent", firefox);
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
