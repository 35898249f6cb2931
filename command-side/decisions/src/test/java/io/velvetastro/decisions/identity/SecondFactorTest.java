package io.velvetastro.decisions.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.language.Role;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.CredentialsExpiredException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import tools.jackson.databind.JsonNode;

/** A password alone never gets in for whoever has switched the second factor on; a code gets in once. */
class SecondFactorTest extends Door {
    private static final AtomicInteger ADDRESS = new AtomicInteger();

    @Autowired
    MemberAuthentication browsers;

    private Person grace;
    private String here;
    private byte[] secret;
    private List<String> recoveryCodes;

    @BeforeEach
    void graceSwitchesItOn() {
        grace = member(organization("Acme"), Role.EMPLOYEE);
        here = tokenOf(grace);
        secret = secretOf(enrol());
        recoveryCodes = confirm()
                .json()
                .get("recoveryCodes")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
        clock.turnOn(Duration.ofSeconds(60)); // The code just used is old news.
    }

    @Test
    void thePasswordAloneIsAskedForACode() {
        var first = password();
        assertThat(first.status()).isEqualTo(401);
        assertThat(first.header("Content-Type")).startsWith("application/problem+json");
        assertThat(first.json().get("type").asString()).endsWith("/mfa-required");
        var second = code(mfaToken(first), Totp.code(secret, clock.instant()));
        assertThat(second.status()).as(second.body()).isEqualTo(200);
        var me = get("/api/v1/auth/me", bearer(second.json().get("accessToken").asString()));
        assertThat(me.json().get("mfa").asBoolean()).isTrue();
    }

    @Test
    void whoHasTheCodeAtHandComesInWithOneCall() {
        var answer = post(
                "/api/v1/auth/login",
                "{\"email\":\"%s\",\"password\":\"%s\",\"code\":\"%s\"}"
                        .formatted(grace.email(), PASSWORD, Totp.code(secret, clock.instant())),
                from());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void aWrongPasswordIsNotAskedForACode() {
        var answer = login(grace.email(), "wrong", from());
        assertThat(answer.json().get("type").asString()).endsWith("/wrong-credentials");
    }

    @Test
    void theSameCodeTwiceAtOnceLetsOneIn() throws Exception {
        var tokens = List.of(mfaToken(password()), mfaToken(password()), mfaToken(password()));
        var code = Totp.code(secret, clock.instant());
        try (var threads = Executors.newFixedThreadPool(3)) {
            var answers = threads
                    .invokeAll(tokens.stream()
                            .map(token ->
                                    (Callable<Integer>) () -> code(token, code).status())
                            .toList())
                    .stream()
                    .map(each -> each.resultNow())
                    .sorted()
                    .toList();
            assertThat(answers).containsExactly(200, 401, 401);
        }
    }

    @Test
    void oneTokenTwiceAtOnceLetsOneIn() throws Exception {
        var token = mfaToken(password());
        Callable<Integer> app =
                () -> code(token, Totp.code(secret, clock.instant())).status();
        Callable<Integer> paper = () -> code(token, recoveryCodes.getFirst()).status();
        try (var threads = Executors.newFixedThreadPool(2)) {
            assertThat(threads.invokeAll(List.of(app, paper)).stream().map(each -> each.resultNow()))
                    .containsExactlyInAnyOrder(200, 401);
        }
    }

    @Test
    void whatIsHeldBetweenTheStepsOpensNothingAndGrowsOld() {
        var token = mfaToken(password());
        assertThat(get("/api/v1/auth/me", bearer(token)).status()).isEqualTo(401);
        clock.turnOn(Duration.ofMinutes(5));
        assertThat(code(token, Totp.code(secret, clock.instant())).status()).isEqualTo(401);
    }

    @Test
    void guessingCodesIsSlowedDownWhereverItComesFrom() {
        for (int wrong = 0; wrong < 5; wrong++)
            assertThat(code(mfaToken(password()), "000000").status()).isEqualTo(401);
        var later = code(mfaToken(password()), Totp.code(secret, clock.instant()));
        assertThat(later.status()).isEqualTo(429);
        assertThat(Integer.parseInt(later.header("Retry-After"))).isPositive();
        clock.turnOn(Duration.ofMinutes(2));
        assertThat(code(mfaToken(password()), Totp.code(secret, clock.instant()))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whatIsHeldBetweenTheStepsTakesFiveWrongCodes() {
        var held = mfaToken(password());
        for (int wrong = 0; wrong < 4; wrong++)
            assertThat(code(held, "000000").status()).isEqualTo(401);
        assertThat(code(mfaToken(password()), Totp.code(secret, clock.instant()))
                        .status())
                .as("with a right one between them nobody is locked out")
                .isEqualTo(200);
        clock.turnOn(Duration.ofSeconds(60));
        assertThat(code(held, "000000").status()).as("the fifth").isEqualTo(401);
        assertThat(code(held, Totp.code(secret, clock.instant())).status()).isEqualTo(401);
        assertThat(code(mfaToken(password()), Totp.code(secret, clock.instant()))
                        .status())
                .as("the same code with another password")
                .isEqualTo(200);
    }

    @Test
    void lockOutEndsWhatIsHeldBetweenTheSteps() {
        var before = mfaToken(password());
        clock.turnOn(Duration.ofSeconds(1));
        for (int wrong = 0; wrong < 5; wrong++)
            assertThat(code(mfaToken(password()), "000000").status()).isEqualTo(401);
        var meanwhile = mfaToken(password());
        assertThat(code(meanwhile, Totp.code(secret, clock.instant())).status()).isEqualTo(429);
        clock.turnOn(Duration.ofMinutes(1));
        for (var held : List.of(before, meanwhile))
            assertThat(code(held, Totp.code(secret, clock.instant())).status()).isEqualTo(401);
        assertThat(code(mfaToken(password()), Totp.code(secret, clock.instant()))
                        .status())
                .as("who gives the password again goes on")
                .isEqualTo(200);
    }

    @Test
    void lockOutOfStrangersEndsNothingWhereTheMemberIsKnown() {
        var cookie = knownDevice();
        var held = mfaToken(login(grace.email(), PASSWORD, "Cookie", cookie));
        clock.turnOn(Duration.ofSeconds(1));
        for (int wrong = 0; wrong < 5; wrong++) code(mfaToken(password()), "000000");
        assertThat(codeFrom(cookie, held, Totp.code(secret, clock.instant())).status())
                .isEqualTo(200);
    }

    @Test
    void aKnownDeviceThatIsLockedOutBeginsAgain() {
        var cookie = knownDevice();
        var held = mfaToken(login(grace.email(), PASSWORD, "Cookie", cookie));
        var last = 0;
        for (int i = 0; i < 12 && last != 429; i++)
            last = codeFrom(cookie, "000000").status();
        assertThat(codeFrom(cookie, held, Totp.code(secret, clock.instant())).status())
                .isEqualTo(429);
        clock.turnOn(Duration.ofMinutes(1));
        assertThat(codeFrom(cookie, held, Totp.code(secret, clock.instant())).status())
                .isEqualTo(401);
        assertThat(codeFrom(cookie, Totp.code(secret, clock.instant())).status())
                .isEqualTo(200);
    }

    @Test
    void aBrowserThatIsLockedOutIsLedBackToThePassword() {
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(new MockHttpServletRequest()));
        try {
            for (int wrong = 0; wrong < 5; wrong++) code(mfaToken(password()), "000000");
            assertThatThrownBy(() -> form("")).isInstanceOf(SecondStepDue.class);
            assertThatThrownBy(() -> form(Totp.code(secret, clock.instant())))
                    .isInstanceOf(CredentialsExpiredException.class)
                    .hasCauseInstanceOf(NotNow.class);
            clock.turnOn(Duration.ofMinutes(1));
            assertThatThrownBy(() -> form(Totp.code(secret, clock.instant())))
                    .isInstanceOf(CredentialsExpiredException.class);
            assertThatThrownBy(() -> form("")).isInstanceOf(SecondStepDue.class);
            assertThat(form(Totp.code(secret, clock.instant())).isAuthenticated())
                    .isTrue();
        } finally {
            RequestContextHolder.resetRequestAttributes();
        }
    }

    /** What the sign-in form of this browser posts: e-mail and password, or the code alone. */
    private Authentication form(String code) {
        var request = ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes()).getRequest();
        ((MockHttpServletRequest) request).removeAllParameters();
        if (!code.isEmpty()) ((MockHttpServletRequest) request).setParameter("code", code);
        return browsers.authenticate(UsernamePasswordAuthenticationToken.unauthenticated(
                code.isEmpty() ? grace.email() : "", code.isEmpty() ? PASSWORD : ""));
    }

    @Test
    void whoHasThePasswordAloneKeepsNobodyOutWhereTheyAreKnownAndIsToldOf() {
        var cookie = knownDevice();
        for (int wrong = 0; wrong < 5; wrong++)
            assertThat(code(mfaToken(password()), "000000").status()).isEqualTo(401);
        assertThat(code(mfaToken(password()), Totp.code(secret, clock.instant()))
                        .status())
                .as("a stranger waits, with the right code too")
                .isEqualTo(429);
        assertThat(codeFrom(cookie, Totp.code(secret, clock.instant())).status())
                .isEqualTo(200);
        clock.turnOn(Duration.ofSeconds(60));
        assertThat(post(
                                "/api/v1/auth/step-up",
                                "{\"proof\":\"" + Totp.code(secret, clock.instant()) + "\"}",
                                bearer(here))
                        .status())
                .as("nor inside")
                .isEqualTo(204);
        var told = lettersTo(grace.email()).stream()
                .filter(letter -> letter.subject().contains("may know your password"))
                .toList();
        assertThat(told).hasSize(1);
        assertThat(told.getFirst().text()).contains("three wrong codes", "not-me#");
    }

    @Test
    void aKnownDeviceThatGuessesCodesWaitsAlone() {
        var cookie = knownDevice();
        var last = 0;
        for (int i = 0; i < 12 && last != 429; i++)
            last = codeFrom(cookie, "000000").status();
        assertThat(last).isEqualTo(429);
        assertThat(code(mfaToken(password()), Totp.code(secret, clock.instant()))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whoGuessesOnADeviceOfTheirsOrInsideIsToldOfToo() {
        var cookie = knownDevice();
        for (int wrong = 0; wrong < 2; wrong++)
            assertThat(codeFrom(cookie, "000000").status()).isEqualTo(401);
        assertThat(toldOfGuesses()).as("two may be a slip").isZero();
        assertThat(codeFrom(cookie, Totp.code(secret, clock.instant())).status())
                .isEqualTo(200);
        for (int wrong = 0; wrong < 2; wrong++)
            assertThat(codeFrom(cookie, "000000").status()).isEqualTo(401);
        assertThat(toldOfGuesses()).as("a right one between them forgives").isZero();
        clock.turnOn(Duration.ofHours(1)); // However slowly.
        here = tokenWithSecondFactor();
        assertThat(post("/api/v1/auth/step-up", "{\"proof\":\"000000\"}", bearer(here))
                        .status())
                .as("inside, by who sits there")
                .isEqualTo(400);
        assertThat(toldOfGuesses()).isEqualTo(1);
        assertThat(codeFrom(cookie, "000000").status()).isEqualTo(401);
        assertThat(toldOfGuesses()).as("once for all that follow").isEqualTo(1);
    }

    private long toldOfGuesses() {
        return told("Wrong codes from where you are known");
    }

    private long told(String subject) {
        return lettersTo(grace.email()).stream()
                .filter(letter -> letter.subject().contains(subject))
                .count();
    }

    @Test
    void aSecondCampaignOfAStrangerIsToldOfLikeTheFirst() {
        for (int wrong = 0; wrong < 3; wrong++) code(mfaToken(password()), "000000");
        assertThat(told("may know your password")).isEqualTo(1);
        clock.turnOn(Duration.ofDays(1));
        for (int wrong = 0; wrong < 3; wrong++) {
            assertThat(code(mfaToken(password()), "000000").status()).isEqualTo(401);
            clock.turnOn(Duration.ofMinutes(2)); // A stranger waits after the fifth.
        }
        assertThat(told("may know your password")).isEqualTo(2);
    }

    @Test
    void slipsOnNewDevicesWithRightCodesBetweenThemAreNotToldOf() {
        var cookie = knownDevice();
        for (int slip = 0; slip < 3; slip++) {
            assertThat(code(mfaToken(password()), "000000").status()).isEqualTo(401);
            assertThat(codeFrom(cookie, Totp.code(secret, clock.instant())).status())
                    .as("at their own desk")
                    .isEqualTo(200);
            clock.turnOn(Duration.ofMinutes(1));
        }
        assertThat(told("may know your password")).isZero();
    }

    @Test
    void allPlacesWhereAMemberIsKnownHaveACeilingTogether() {
        var cookie = knownDevice();
        for (int wrong = 0; wrong < 20; wrong++)
            assertThat(stepUp("000000", tokenWithSecondFactor()).status()).isEqualTo(400);
        int last = 0;
        for (int i = 0; i < 12 && last != 429; i++)
            last = stepUp("000000", tokenWithSecondFactor()).status();
        assertThat(last).as("each in another session").isEqualTo(429);
        assertThat(code(mfaToken(password()), Totp.code(secret, clock.instant()))
                        .status())
                .as("a stranger is counted elsewhere")
                .isEqualTo(200);
        clock.turnOn(Duration.ofHours(2));
        assertThat(codeFrom(cookie, Totp.code(secret, clock.instant())).status())
                .as("time forgives")
                .isEqualTo(200);
    }

    private Answer stepUp(String proof, String token) {
        return post("/api/v1/auth/step-up", "{\"proof\":\"" + proof + "\"}", bearer(token));
    }

    private String tokenWithSecondFactor() {
        var coming = new Sessions.Coming(Sessions.Kind.API, null, null, null, true);
        return tokens.first(sessions.begin(grace.member(), grace.organization(), coming))
                .accessToken();
    }

    /** Its cookie. */
    private String knownDevice() {
        var in = code(mfaToken(password()), Totp.code(secret, clock.instant()));
        assertThat(in.status()).as(in.body()).isEqualTo(200);
        clock.turnOn(Duration.ofSeconds(60));
        return in.header("Set-Cookie").replaceFirst(";.*", "");
    }

    private Answer codeFrom(String cookie, String code) {
        return codeFrom(cookie, mfaToken(login(grace.email(), PASSWORD, "Cookie", cookie)), code);
    }

    private Answer codeFrom(String cookie, String token, String code) {
        return post("/api/v1/auth/mfa", "{\"mfaToken\":\"" + token + "\",\"code\":\"" + code + "\"}", "Cookie", cookie);
    }

    @Test
    void aRecoveryCodeIsGoodOnceHoweverItIsTyped() {
        var typed = recoveryCodes.get(3).toUpperCase(java.util.Locale.ROOT).replace('-', ' ');
        assertThat(code(mfaToken(password()), typed).status()).isEqualTo(200);
        assertThat(code(mfaToken(password()), recoveryCodes.get(3)).status()).isEqualTo(401);
        assertThat(get("/api/v1/auth/mfa", bearer(here))
                        .json()
                        .get("recoveryCodesLeft")
                        .asInt())
                .isEqualTo(11);
        assertThat(facts(grace.organization(), "RecoveryCodeUsed")).isEqualTo(1);
    }

    @Test
    void aRecoveryCodeThatWasUsedIsToldWithHowManyAreLeft() {
        code(mfaToken(password()), recoveryCodes.getFirst());
        assertThat(newest().get("codesLeft").asInt()).isEqualTo(11);
        assertThat(letterOfARecoveryCode()).contains("left now: 11", "/not-me#");
        assertThat(post("/api/v1/auth/step-up", "{\"proof\":\"" + recoveryCodes.get(1) + "\"}", bearer(here))
                        .status())
                .isEqualTo(204);
        assertThat(newest().get("codesLeft").asInt())
                .as("and inside, for a proof")
                .isEqualTo(10);
        assertThat(facts(grace.organization(), "RecoveryCodeUsed")).isEqualTo(2);
    }

    @Test
    void whoSaysTheyUsedNoRecoveryCodeHasNoneThatSomebodyElseCouldHave() {
        code(mfaToken(password()), recoveryCodes.getFirst());
        var denied = post("/api/v1/auth/notices/" + newest().get("id").asString() + "/not-me", "", bearer(here));
        assertThat(denied.status()).isEqualTo(204);
        assertThat(code(mfaToken(password()), recoveryCodes.get(1)).status()).isEqualTo(401);
        clock.turnOn(Duration.ofSeconds(30));
        assertThat(code(mfaToken(password()), Totp.code(secret, clock.instant()))
                        .status())
                .as("the app still does")
                .isEqualTo(200);
    }

    /** The newest notice of a recovery code. */
    private JsonNode newest() {
        return get("/api/v1/auth/notices", bearer(here))
                .json()
                .get("items")
                .valueStream()
                .filter(each -> each.get("kind").asString().equals("RECOVERY_CODE_USED"))
                .min(Comparator.comparingInt(each -> each.get("codesLeft").asInt()))
                .orElseThrow();
    }

    private String letterOfARecoveryCode() {
        return lettersTo(grace.email()).stream()
                .filter(letter -> letter.subject().contains("recovery code was used"))
                .findFirst()
                .orElseThrow()
                .text();
    }

    @Test
    void newRecoveryCodesVoidTheOldOnes() {
        var fresh = post(
                "/api/v1/auth/mfa/recovery-codes",
                "{\"code\":\"" + Totp.code(secret, clock.instant()) + "\"}",
                bearer(here));
        assertThat(fresh.status()).as(fresh.body()).isEqualTo(200);
        assertThat(fresh.header("Cache-Control")).contains("no-store");
        assertThat(fresh.json().get("recoveryCodes").size()).isEqualTo(12);
        assertThat(code(mfaToken(password()), recoveryCodes.getFirst()).status())
                .isEqualTo(401);
        assertThat(code(
                                mfaToken(password()),
                                fresh.json().get("recoveryCodes").get(0).asString())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void switchingItOnEndsTheSessionsThatKnewOnlyThePassword() {
        var hopper = member(grace.organization(), Role.EMPLOYEE);
        var before = login(hopper.email(), PASSWORD, from()).json();
        grace = hopper;
        here = tokenOf(hopper);
        secret = secretOf(enrol());
        assertThat(get("/api/v1/auth/me", bearer(before.get("accessToken").asString()))
                        .status())
                .isEqualTo(200);
        assertThat(confirm().status()).isEqualTo(200);
        assertThat(get("/api/v1/auth/me", bearer(before.get("accessToken").asString()))
                        .status())
                .isEqualTo(401);
        assertThat(post(
                                "/api/v1/auth/refresh",
                                "{\"refreshToken\":\""
                                        + before.get("refreshToken").asString() + "\"}")
                        .status())
                .isEqualTo(401);
        assertThat(get("/api/v1/auth/me", bearer(here)).status()).isEqualTo(200);
    }

    @Test
    void noSessionBeginsWithAPasswordAloneBesideASecondFactor() {
        assertThatThrownBy(() -> tokenOf(grace)).hasMessageContaining("does not stand"); // However it would come to be.
    }

    @Test
    void switchingItOnOrOffTakesThePasswordAgain() {
        var off = "/api/v1/auth/mfa/totp/off";
        var code = Totp.code(secret, clock.instant());
        var wrong = post(off, "{\"password\":\"wrong\",\"code\":\"" + code + "\"}", bearer(here));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().get("errors").findValuesAsString("field")).containsExactly("password");
        var guess = post(off, "{\"password\":\"" + PASSWORD + "\",\"code\":\"123\"}", bearer(here));
        assertThat(guess.json().get("errors").findValuesAsString("field")).containsExactly("code");
        assertThat(post(off, "{\"password\":\"" + PASSWORD + "\",\"code\":\"" + code + "\"}", bearer(here))
                        .status())
                .isEqualTo(204);
        assertThat(password().status()).isEqualTo(200);
        assertThat(post("/api/v1/auth/mfa/totp", "{\"password\":\"wrong\"}", bearer(here))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void switchingItOffEndsTheOtherSessions() {
        var elsewhere = post(
                        "/api/v1/auth/login",
                        "{\"email\":\"%s\",\"password\":\"%s\",\"code\":\"%s\"}"
                                .formatted(grace.email(), PASSWORD, Totp.code(secret, clock.instant())),
                        from())
                .json()
                .get("accessToken")
                .asString();
        clock.turnOn(Duration.ofSeconds(60));
        var off = "{\"password\":\"%s\",\"code\":\"%s\"}".formatted(PASSWORD, Totp.code(secret, clock.instant()));
        assertThat(post("/api/v1/auth/mfa/totp/off", off, bearer(here)).status())
                .isEqualTo(204);
        assertThat(get("/api/v1/auth/me", bearer(elsewhere)).status()).isEqualTo(401);
        assertThat(get("/api/v1/auth/me", bearer(here)).status()).isEqualTo(200);
    }

    @Test
    void aSecretThatWasNotConfirmedAsksNobodyForACode() {
        var hopper = member(grace.organization(), Role.EMPLOYEE);
        here = tokenOf(hopper);
        enrol();
        assertThat(login(hopper.email(), PASSWORD, from()).status()).isEqualTo(200);
    }

    @Test
    void whatIsOnCannotBeEnrolledAgain() {
        var again = post("/api/v1/auth/mfa/totp", "{\"password\":\"" + PASSWORD + "\"}", bearer(here));
        assertThat(again.status()).isEqualTo(409);
    }

    @Test
    void noSecretAndNoCodeIsStoredInClear() {
        var everything = String.join("\n", db.sql("""
                        select row_to_json(t)::text from identity.totp t
                        union all select row_to_json(r)::text from identity.recovery_code r
                        union all select row_to_json(s)::text from identity.second_step s
                        union all select convert_from(payload, 'UTF8') || convert_from(metaData, 'UTF8') from store.decisions
                        union all select convert_from(payload, 'UTF8') from store.telemetry""").query(String.class).list());
        assertThat(everything)
                .contains(grace.member().toString())
                .doesNotContain(
                        Base32.of(secret),
                        java.util.HexFormat.of().formatHex(secret),
                        recoveryCodes.getFirst(),
                        recoveryCodes.getFirst().replace("-", ""));
        assertThat(facts(grace.organization(), "SecondFactorSwitchedOn")).isEqualTo(1);
        assertThat(facts(grace.organization(), "RecoveryCodesIssued")).isEqualTo(1);
    }

    private JsonNode enrol() {
        var answer = post("/api/v1/auth/mfa/totp", "{\"password\":\"" + PASSWORD + "\"}", bearer(here));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).contains("no-store");
        return answer.json();
    }

    private Answer confirm() {
        return post(
                "/api/v1/auth/mfa/totp/confirm",
                "{\"code\":\"" + Totp.code(secret, clock.instant()) + "\"}",
                bearer(here));
    }

    private Answer password() {
        return login(grace.email(), PASSWORD, from());
    }

    private Answer code(String mfaToken, String code) {
        return post("/api/v1/auth/mfa", "{\"mfaToken\":\"" + mfaToken + "\",\"code\":\"" + code + "\"}", from());
    }

    private static String mfaToken(Answer answer) {
        return answer.json().get("mfaToken").asString();
    }

    private static String[] from() {
        return new String[] {"X-Forwarded-For", "2001:db8:0:" + Integer.toHexString(ADDRESS.incrementAndGet()) + "::1"};
    }

    private static byte[] secretOf(JsonNode enrolment) {
        var bits = BigInteger.ZERO;
        for (char letter : enrolment.get("secret").asString().toCharArray())
            bits = bits.shiftLeft(5).or(BigInteger.valueOf("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter)));
        var bytes = bits.setBit(161).toByteArray(); // So that leading zeros stay.
        return Arrays.copyOfRange(bytes, bytes.length - 20, bytes.length);
    }
}
