package io.velvetastro.decisions.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.language.Role;
import io.velvetastro.language.TenantId;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** An organisation that asks for a second step lets nobody in without one, and who has lost theirs is helped by an administrator and told. */
class SecondStepRuleTest extends Door {
    private static final AtomicInteger COUNT = new AtomicInteger();

    @Autowired
    MemberAuthentication browsers;

    private TenantId acme;
    private Person boss;
    private Person grace;
    private String admin;

    @BeforeEach
    void theBossHasASecondStep() {
        acme = organization("Acme");
        boss = member(acme, Role.ORG_ADMIN);
        grace = member(acme, Role.EMPLOYEE);
        admin = tokenOf(boss);
        switchOn(admin, PASSWORD);
    }

    @Test
    void whoeverIsInWithAPasswordAloneIsOutAtOnce() {
        var inside = tokenOf(grace);
        assertThat(rule().json().get("compulsory").asBoolean()).isFalse();
        assertThat(rule().json().get("without").valueStream().map(it -> it.asString()))
                .containsExactly(grace.member().toString());
        assertThat(demand(true, admin).status()).isEqualTo(204);
        assertThat(get("/api/v1/auth/me", bearer(inside)).status()).isEqualTo(401);
        assertThat(get("/api/v1/auth/me", bearer(admin)).status()).isEqualTo(200);
        assertThat(facts(acme, "SecondStepMadeCompulsory")).isEqualTo(1);
        assertThat(demand(false, admin).status()).isEqualTo(204);
        assertThat(login(grace.email(), PASSWORD, from()).status()).isEqualTo(200);
        assertThat(facts(acme, "SecondStepMadeVoluntary")).isEqualTo(1);
    }

    @Test
    void whoHasNoneMakesItAtTheDoorAndIsTold() {
        demand(true, admin);
        var token = owed();
        var enrolment = enrolment(token);
        assertThat(enrolment.status()).as(enrolment.body()).isEqualTo(200);
        assertThat(enrolment.header("Cache-Control")).contains("no-store");
        var secret = secretIn(enrolment);
        assertThat(secretIn(enrolment(token))).as("the same for this sign-in").isEqualTo(secret);
        assertThat(secretIn(enrolment(owed())))
                .as("and another for another: nobody confirms what somebody else was shown")
                .isNotEqualTo(secret);
        assertThat(code(token, "000000").status()).isEqualTo(401);
        var in = code(token, Totp.code(secret, clock.instant()));
        assertThat(in.status()).as(in.body()).isEqualTo(200);
        var me = get("/api/v1/auth/me", bearer(in.json().get("accessToken").asString()));
        assertThat(me.json().get("mfa").asBoolean()).isTrue();
        assertThat(facts(acme, "SecondFactorSwitchedOn")).isEqualTo(2);
        assertThat(lettersTo(grace.email()).getFirst().subject()).contains("Two-step sign-in is on");
        assertThat(enrolment(token).status()).as("once").isEqualTo(401);
        assertThat(login(grace.email(), PASSWORD, from()).json().get("type").asString())
                .endsWith("/mfa-required");
    }

    @Test
    void whatIsHeldBetweenTheStepsOpensNothingWithoutACode() {
        demand(true, admin);
        assertThat(code(owed(), "123456").status())
                .as("no secret was asked for yet")
                .isEqualTo(401);
        var other = owed();
        var secret = secretIn(enrolment(other));
        clock.turnOn(Duration.ofMinutes(5));
        assertThat(code(other, Totp.code(secret, clock.instant())).status()).isEqualTo(401);
        var bosses =
                login(boss.email(), PASSWORD, from()).json().get("mfaToken").asString();
        assertThat(enrolment(bosses).status())
                .as("who has one makes no other at the door")
                .isEqualTo(401);
    }

    @Test
    void aPasskeyIsASecondStepToo() {
        var here = tokenOf(grace);
        var key = graceAddsAPasskey(here);
        demand(true, admin);
        assertThat(rule().json().get("without").isEmpty()).isTrue();
        assertThat(get("/api/v1/auth/me", bearer(here)).status()).isEqualTo(401);
        assertThat(signIn(key).status()).isEqualTo(200);
    }

    @Test
    void whoHasAPasskeyMakesNoAppWithThePasswordAlone() {
        demand(true, admin);
        var before = owed();
        var secret = secretIn(enrolment(before));
        demand(false, admin);
        graceAddsAPasskey(tokenOf(grace));
        demand(true, admin);
        var answer = login(grace.email(), PASSWORD, from());
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json().get("type").asString()).endsWith("/passkey-required");
        assertThat(answer.json().has("mfaToken")).isFalse();
        assertThat(enrolment(before).status())
                .as("nor with what was begun before")
                .isEqualTo(401);
        assertThat(code(before, Totp.code(secret, clock.instant())).status()).isEqualTo(401);
        assertThat(login(grace.email(), "wrong", from()).json().get("type").asString())
                .as("whoever does not know the password hears nothing of it")
                .endsWith("/wrong-credentials");
    }

    @Test
    void norInAnOrganisationThatAsksForNothing() {
        var here = tokenOf(grace);
        var key = graceAddsAPasskey(here);
        var strict = organization("Strict");
        var theirs = tokenOf(member(strict, Role.ORG_ADMIN));
        switchOn(theirs, PASSWORD);
        put("/api/v1/orgs/" + strict + "/second-step", "{\"compulsory\":true}", theirs);
        var begun = secretIn(post("/api/v1/auth/mfa/totp", "{\"password\":\"" + PASSWORD + "\"}", bearer(here)));
        people.join(strict, grace.member(), Role.EMPLOYEE);
        assertThat(post("/api/v1/auth/mfa/totp", "{\"password\":\"" + PASSWORD + "\"}", bearer(here))
                        .status())
                .isEqualTo(409);
        assertThat(post(
                                "/api/v1/auth/mfa/totp/confirm",
                                "{\"code\":\"" + Totp.code(begun, clock.instant()) + "\"}",
                                bearer(here))
                        .status())
                .isEqualTo(409);
        assertThat(post("/api/v1/auth/passkeys/options", "", bearer(here)).status())
                .isEqualTo(409);
        var in = bearerOf(signIn(key));
        assertThat(post("/api/v1/auth/mfa/totp", "{\"password\":\"" + PASSWORD + "\"}", in)
                        .status())
                .as("inside with the passkey she adds what she likes")
                .isEqualTo(200);
        assertThat(post("/api/v1/auth/passkeys/options", "", in).status()).isEqualTo(200);
    }

    @Test
    void aBrowserThatGaveThePasswordIsLedToThePasskey() {
        graceAddsAPasskey(tokenOf(grace));
        demand(true, admin);
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(new MockHttpServletRequest()));
        try {
            assertThat(browsers.takesTheirPasskey()).isFalse();
            assertThatThrownBy(() -> browsers.authenticate(
                            UsernamePasswordAuthenticationToken.unauthenticated(grace.email(), PASSWORD)))
                    .isInstanceOf(PasskeyDue.class);
            assertThat(browsers.takesTheirPasskey()).isTrue();
            assertThat(browsers.toBeMade()).isEmpty();
        } finally {
            RequestContextHolder.resetRequestAttributes();
        }
    }

    @Test
    void theLastPasskeyStaysWhereASecondStepIsAskedFor() {
        var key = graceAddsAPasskey(tokenOf(grace));
        demand(true, admin);
        var in = bearerOf(signIn(key));
        var id = get("/api/v1/auth/passkeys", in)
                .json()
                .get("items")
                .get(0)
                .get("id")
                .asString();
        assertThat(delete("/api/v1/auth/passkeys/" + id, in).status()).isEqualTo(409);
        demand(false, admin);
        assertThat(delete("/api/v1/auth/passkeys/" + id, in).status()).isEqualTo(204);
    }

    @Test
    void whoHasLostTheirPasskeyIsHelpedToo() {
        var key = graceAddsAPasskey(tokenOf(grace));
        demand(true, admin);
        assertThat(reset(grace, admin).status()).isEqualTo(204);
        assertThat(signIn(key).status()).isEqualTo(401);
        assertThat(lettersTo(grace.email()).getFirst().text()).contains("passkeys you had count no more");
        assertThat(enrolment(owed()).status()).isEqualTo(200);
    }

    private SoftKey graceAddsAPasskey(String here) {
        var key = new SoftKey("http://localhost:" + port);
        var options = post("/api/v1/auth/passkeys/options", "", bearer(here)).json();
        var added = post(
                "/api/v1/auth/passkeys",
                "{\"label\":\"laptop\",\"credential\":" + key.create(options) + "}",
                bearer(here));
        assertThat(added.status()).as(added.body()).isEqualTo(201);
        return key;
    }

    private Answer signIn(SoftKey key) {
        var challenge = post("/api/v1/auth/passkeys/login/options", "", from()).json();
        return post("/api/v1/auth/passkeys/login", key.get(challenge), from());
    }

    private static String[] bearerOf(Answer signedIn) {
        return bearer(signedIn.json().get("accessToken").asString());
    }

    @Test
    void nobodyLocksThemselvesOutWithIt() {
        var other = member(acme, Role.ORG_ADMIN);
        assertThat(demand(true, tokenOf(other)).status()).isEqualTo(409);
        assertThat(rule().json().get("compulsory").asBoolean()).isFalse();
    }

    @Test
    void itTakesAnAdministratorOfThatOrganisationAndAFreshProof() {
        assertThat(demand(true, tokenOf(member(acme, Role.IT_SECURITY))).status())
                .isEqualTo(403);
        assertThat(demand(true, tokenOf(member(organization("Other"), Role.ORG_ADMIN)))
                        .status())
                .isEqualTo(404);
        clock.turnOn(Duration.ofMinutes(11));
        admin = tokens.first(sessions.standing(sessionOf(boss)).orElseThrow()).accessToken();
        var due = demand(true, admin);
        assertThat(due.status()).isEqualTo(401);
        assertThat(due.json().get("type").asString()).endsWith("/step-up-required");
        assertThat(reset(grace, admin).json().get("type").asString()).endsWith("/step-up-required");
    }

    @Test
    void itStaysOnWhileTheOrganisationAsksForIt() {
        demand(true, admin);
        var off = post(
                "/api/v1/auth/mfa/totp/off",
                "{\"password\":\"%s\",\"code\":\"123456\"}".formatted(PASSWORD),
                bearer(admin));
        assertThat(off.status()).isEqualTo(409);
    }

    @Test
    void nobodyGoesOnThereWithAPasswordAlone() {
        var strict = organization("Strict");
        var theirs = tokenOf(member(strict, Role.ORG_ADMIN));
        switchOn(theirs, PASSWORD);
        people.join(strict, grace.member(), Role.EMPLOYEE);
        assertThat(put("/api/v1/orgs/" + strict + "/second-step", "{\"compulsory\":true}", theirs)
                        .status())
                .isEqualTo(204);
        var here = tokenOf(grace);
        var there = "{\"organization\":\"" + strict + "\"}";
        assertThat(post("/api/v1/auth/switch", there, bearer(here)).status()).isEqualTo(409);
        switchOn(here, PASSWORD);
        assertThat(post("/api/v1/auth/switch", there, bearer(here)).status()).isEqualTo(200);
    }

    @Test
    void whoHasLostItIsHelpedAndTold() {
        var inside = tokenOf(grace);
        switchOn(inside, PASSWORD);
        assertThat(reset(grace, admin).status()).isEqualTo(204);
        assertThat(get("/api/v1/auth/me", bearer(inside)).status()).isEqualTo(401);
        assertThat(login(grace.email(), PASSWORD, from()).status())
                .as("their password stays")
                .isEqualTo(200);
        assertThat(lettersTo(grace.email()))
                .extracting(letter -> letter.subject())
                .contains("Velvet Astro: Two-step sign-in was reset");
        assertThat(facts(acme, "SecondFactorReset")).isEqualTo(1);
        assertThat(reset(grace, admin).status()).as("there is none any more").isEqualTo(409);
    }

    @Test
    void nobodyResetsTheirOwnOrOneOfWhoHasMoreOrBelongsElsewhereToo() {
        assertThat(reset(boss, admin).status()).isEqualTo(409);
        var chief = member(acme, Role.SUPER_ADMIN);
        var above = tokenOf(chief);
        switchOn(above, PASSWORD);
        assertThat(reset(chief, admin).status()).isEqualTo(403);
        var shared = member(acme, Role.EMPLOYEE);
        switchOn(tokenOf(shared), PASSWORD);
        people.join(organization("Elsewhere"), shared.member(), Role.EMPLOYEE);
        assertThat(reset(shared, admin).status()).isEqualTo(403);
        assertThat(reset(shared, above).status())
                .as("whoever runs the house may")
                .isEqualTo(204);
        assertThat(reset(member(organization("Foreign"), Role.EMPLOYEE), admin).status())
                .isEqualTo(404);
    }

    private Answer rule() {
        return get("/api/v1/orgs/" + acme + "/second-step", bearer(admin));
    }

    private Answer demand(boolean compulsory, String token) {
        return put("/api/v1/orgs/" + acme + "/second-step", "{\"compulsory\":" + compulsory + "}", token);
    }

    private Answer put(String path, String body, String token) {
        return send("PUT", path, body, bearer(token));
    }

    private Answer reset(Person of, String by) {
        return delete("/api/v1/orgs/" + acme + "/members/" + of.member() + "/second-step", bearer(by));
    }

    /** What Grace holds between the steps. */
    private String owed() {
        var answer = login(grace.email(), PASSWORD, from());
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json().get("type").asString()).endsWith("/mfa-enrolment-required");
        return answer.json().get("mfaToken").asString();
    }

    private Answer enrolment(String token) {
        return post("/api/v1/auth/mfa/enrol", "{\"mfaToken\":\"" + token + "\"}", from());
    }

    private Answer code(String token, String code) {
        return post("/api/v1/auth/mfa", "{\"mfaToken\":\"%s\",\"code\":\"%s\"}".formatted(token, code), from());
    }

    private UUID sessionOf(Person person) {
        return db.sql("select id from identity.session where member = ? order by started_at desc limit 1")
                .param(person.member().value())
                .query(UUID.class)
                .single();
    }

    private static String[] from() {
        return new String[] {"X-Forwarded-For", "2001:db8:7:" + Integer.toHexString(COUNT.incrementAndGet()) + "::1"};
    }
}
