package io.velvetastro.decisions.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.decisions.Eventually;
import io.velvetastro.language.Role;
import io.velvetastro.language.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A passkey lets its owner in, here and once for each challenge; whatever else its device could be made to say does not. */
class PasskeysTest extends Door {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final List<String> GARBLED = List.of("null", "\"\"", "\"e30\"", "\"!\"", "7", "{}");

    @Autowired
    PlatformTransactionManager transactions;

    private Person grace;
    private String here;
    private SoftKey key;

    @BeforeEach
    void graceHasAPasskey() {
        grace = member(organization("Acme"), Role.IT_SECURITY);
        here = tokenOf(grace);
        key = new SoftKey(house());
        assertThat(add(key.create(options())).status()).isEqualTo(201);
    }

    @Test
    void itLetsItsOwnerInWithoutANameOrPassword() {
        var answer = signIn(key.get(challenge()));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        var me = get("/api/v1/auth/me", bearer(answer.json().get("accessToken").asString()));
        assertThat(me.json().get("email").asString()).isEqualTo(grace.email());
        assertThat(me.json().get("mfa").asBoolean()).as("two factors in one").isTrue();
        assertThat(facts(grace.organization(), "PasskeyAdded")).isEqualTo(1);
    }

    @Test
    void anAnswerIsGoodOnceAndNotForLong() {
        var challenge = challenge();
        var answer = key.get(challenge);
        assertThat(signIn(answer).status()).isEqualTo(200);
        assertThat(signIn(answer).status()).isEqualTo(401);
        assertThat(signIn(key.get(challenge)).status())
                .as("the same challenge again")
                .isEqualTo(401);
        var old = challenge();
        clock.turnOn(Duration.ofMinutes(5));
        assertThat(signIn(key.get(old)).status()).isEqualTo(401);
    }

    @Test
    void anotherPagesAnswerDoesNotHold() {
        assertThat(signIn(key.showing("https://velvet-astro.example").get(challenge()))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aDeviceThatDidNotAskItsOwnerDoesNotHold() {
        assertThat(signIn(key.withoutItsOwner().get(challenge())).status()).isEqualTo(401);
        assertThat(signIn(key.withItsOwner().get(challenge())).status()).isEqualTo(200);
        var careless = new SoftKey(house()).withoutItsOwner();
        assertThat(add(careless.create(options())).status()).isEqualTo(400);
    }

    @Test
    void aCopyIsNoticedByItsCount() {
        assertThat(signIn(key.counting(10).get(challenge())).status()).isEqualTo(200);
        assertThat(signIn(key.counting(5).get(challenge())).status()).isEqualTo(401);
    }

    @Test
    void anUnknownKeyOrSomebodyElsesNameOpensNothing() {
        assertThat(signIn(new SoftKey(house()).get(challenge())).status()).isEqualTo(401);
        assertThat(signIn(key.ofSomebodyElse().get(challenge())).status()).isEqualTo(401);
        assertThat(signIn("{}").status()).isEqualTo(401);
        assertThat(signIn("not json").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"response", "clientDataJSON", "authenticatorData", "signature", "userHandle"})
    void anAnswerThatLacksSomethingOrGarblesItOpensNothing(String part) {
        for (var instead : GARBLED)
            assertThat(signIn(with(key.get(challenge()), part, instead)).status())
                    .as(instead)
                    .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "rawId", "response", "clientDataJSON", "attestationObject"})
    void aNewKeyThatLacksSomethingOrGarblesItIsNoFaultOfOurs(String part) {
        for (var instead : GARBLED)
            assertThat(add(with(new SoftKey(house()).create(options()), part, instead))
                            .status())
                    .as(instead)
                    .isIn(part.endsWith("d") ? List.of(201, 400) : List.of(400)); // Its id stands in the object too.
    }

    private String with(String answer, String part, String instead) {
        var whole = (ObjectNode) json.readTree(answer);
        var holder = whole.has(part) ? whole : (ObjectNode) whole.get("response");
        holder.set(part, json.readTree(instead));
        return whole.toString();
    }

    @Test
    void aChallengeToAddOneIsItsMembersAndNoChallengeToSignIn() {
        var stranger = tokenOf(member(grace.organization(), Role.EMPLOYEE));
        var hers = options();
        var other = new SoftKey(house());
        assertThat(add(other.create(hers), stranger).status()).isEqualTo(400);
        assertThat(add(other.create(hers), here).status()).isEqualTo(201);
        assertThat(add(new SoftKey(house())
                                .showing("https://velvet-astro.example")
                                .create(options()))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aLockedMembersPasskeyOpensNothing() {
        people.disable(grace.member());
        var answer = signIn(key.get(challenge()));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body())
                .as("the same as any key that opens nothing")
                .contains("This passkey does not open this house.");
        assertThat(failures(grace.organization(), "disabled"))
                .as("and her organisation hears of it")
                .isEqualTo(1);
    }

    @Test
    void aWrongAnswerUsesItsChallengeUp() {
        var challenge = challenge();
        assertThat(signIn(key.showing("https://velvet-astro.example").get(challenge))
                        .status())
                .isEqualTo(401);
        assertThat(signIn(key.showing(house()).get(challenge)).status()).isEqualTo(401);
        var options = options();
        assertThat(add(new SoftKey(house())
                                .showing("https://velvet-astro.example")
                                .create(options))
                        .status())
                .isEqualTo(400);
        assertThat(add(new SoftKey(house()).create(options)).status()).isEqualTo(400);
    }

    @Test
    void oneWhoTriesBehindTheAddressOfAnOfficeDoesNotStopTheOthers() {
        String[] office = {"X-Forwarded-For", "198.51.100.201"};
        var cookie = cookieOf(signIn(key.get(challenge()), office));
        for (int i = 0; i < 10; i++) signIn("{}", office);
        for (int i = 0; i < 10; i++) challenge(office);
        assertThat(signIn(key.get(challenge(office)), office).status()).isEqualTo(200);
        assertThat(Stream.generate(() -> signIn("{}", office).status()).limit(40))
                .as("strangers have an end")
                .contains(429);
        assertThat(Stream.generate(() -> post("/api/v1/auth/passkeys/login/options", "", office)
                                .status())
                        .limit(40))
                .as("of asking too")
                .contains(429);
        String[] known = {"X-Forwarded-For", "198.51.100.201", "Cookie", cookie};
        assertThat(signIn(key.get(challenge(known)), known).status())
                .as("and a device that is known does not wait for them")
                .isEqualTo(200);
    }

    @Test
    void aFormOfAnotherSiteGivesNobodyADevice() {
        var form = postText("/api/v1/auth/passkeys/login", key.get(challenge()), from());
        assertThat(form.status()).isEqualTo(415);
        assertThat(form.header("Set-Cookie")).isEmpty();
    }

    private static String cookieOf(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.header("Set-Cookie").replaceFirst(";.*", "");
    }

    @Test
    void itIsAFreshProofToo() {
        clock.turnOn(Duration.ofMinutes(11));
        here = tokens.first(sessions.standing(session()).orElseThrow()).accessToken();
        assertThat(post("/api/v1/auth/passkeys/options", "", bearer(here)).status())
                .isEqualTo(401);
        assertThat(proveWith(new SoftKey(house()), proofChallenge()).status())
                .as("a key nobody knows")
                .isEqualTo(400);
        var hers = member(grace.organization(), Role.EMPLOYEE);
        var other = new SoftKey(house());
        var theirs = tokenOf(hers);
        assertThat(add(
                                other.create(post("/api/v1/auth/passkeys/options", "", bearer(theirs))
                                        .json()),
                                theirs)
                        .status())
                .isEqualTo(201);
        assertThat(proveWith(other, proofChallenge()).status())
                .as("somebody else's key")
                .isEqualTo(400);
        assertThat(proveWith(key, challenge()).status())
                .as("a challenge to sign in")
                .isEqualTo(400);
        assertThat(post("/api/v1/auth/passkeys/options", "", bearer(here)).status())
                .isEqualTo(401);
        assertThat(proveWith(key, proofChallenge()).status()).isEqualTo(204);
        assertThat(post("/api/v1/auth/passkeys/options", "", bearer(here)).status())
                .isEqualTo(200);
    }

    private int failures(TenantId tenant, String cause) {
        return db.sql("select count(*) from store.telemetry where tenant = ? and convert_from(payload, 'UTF8') like ?")
                .params(tenant.value(), "%" + cause + "%")
                .query(Integer.class)
                .single();
    }

    private JsonNode proofChallenge() {
        return post("/api/v1/auth/step-up/passkey/options", "", bearer(here)).json();
    }

    private Answer proveWith(SoftKey with, JsonNode challenge) {
        return post("/api/v1/auth/step-up/passkey", with.get(challenge), bearer(here));
    }

    @Test
    void whoBelongsNowhereAnyMoreComesInWithNothing() {
        people.remove(grace.member(), grace.organization());
        assertThat(signIn(key.get(challenge())).status()).isEqualTo(401);
    }

    @Test
    void whoIsTakenBackComesWithNoneOfTheirOldKeysOrDevices() {
        assertThat(signIn(key.get(challenge())).status()).isEqualTo(200);
        assertThat(rows("device")).isPositive();
        assertThat(rows("passkey")).isEqualTo(1);
        people.remove(grace.member(), grace.organization());
        assertThat(people.takeBack(new Email(grace.email()), "Grace", passwords.hash("another long and odd phrase")))
                .contains(grace.member());
        people.join(grace.organization(), grace.member(), Role.EMPLOYEE);
        assertThat(signIn(key.get(challenge())).status()).isEqualTo(401);
        assertThat(rows("passkey")).isZero();
        assertThat(rows("device")).isZero();
    }

    private int rows(String table) {
        return db.sql("select count(*) from identity." + table + " where member = ?")
                .param(grace.member().value())
                .query(Integer.class)
                .single();
    }

    @Test
    void whatIsRemovedOpensNothingAndIsTold() {
        var listed = get("/api/v1/auth/passkeys", bearer(here)).json().get("items");
        assertThat(listed.size()).isEqualTo(1);
        var id = listed.get(0).get("id").asString();
        var stranger = tokenOf(member(grace.organization(), Role.ORG_ADMIN));
        assertThat(delete("/api/v1/auth/passkeys/" + id, bearer(stranger)).status())
                .isEqualTo(404);
        assertThat(delete("/api/v1/auth/passkeys/" + id, bearer(here)).status()).isEqualTo(204);
        assertThat(signIn(key.get(challenge())).status()).isEqualTo(401);
        assertThat(lettersTo(grace.email()))
                .extracting(letter -> letter.subject())
                .containsExactlyInAnyOrder("Velvet Astro: A passkey was added", "Velvet Astro: A passkey was removed");
    }

    @Test
    void removingOneEndsTheOtherSessions() {
        var elsewhere = signIn(key.get(challenge())).json().get("accessToken").asString();
        assertThat(delete("/api/v1/auth/passkeys/" + idOfTheKey(), bearer(here)).status())
                .isEqualTo(204);
        assertThat(get("/api/v1/auth/me", bearer(elsewhere)).status()).isEqualTo(401);
        assertThat(get("/api/v1/auth/me", bearer(here)).status()).isEqualTo(200);
    }

    @Test
    void aSignInUnderWayDoesNotSurviveThatItsKeyIsRemoved() throws Exception {
        var id = idOfTheKey();
        doesNotSurvive(() -> delete("/api/v1/auth/passkeys/" + id, bearer(here)));
    }

    @Test
    void aSignInUnderWayDoesNotSurviveThatItsKeyIsDenied() throws Exception {
        var notice = db.sql("select id from identity.notice where member = ? and kind = 'PASSKEY_ADDED'")
                .param(grace.member().value())
                .query(java.util.UUID.class)
                .single();
        doesNotSurvive(() -> post("/api/v1/auth/notices/" + notice + "/not-me", "", bearer(here)));
    }

    /** The member's row is held, so that the sign-in stops after its answer was looked at and before its session is made. */
    private void doesNotSurvive(Callable<Answer> undoing) throws Exception {
        var answer = key.get(challenge());
        try (var threads = Executors.newFixedThreadPool(2)) {
            var coming = new AtomicReference<Future<Answer>>();
            var undone = new TransactionTemplate(transactions).execute(status -> {
                db.sql("select id from identity.member where id = ? for update")
                        .param(grace.member().value())
                        .query(java.util.UUID.class)
                        .single();
                var signingIn = threads.submit(() -> signIn(answer));
                coming.set(signingIn);
                Eventually.holds(() -> signingIn.isDone() || waiting() >= 1);
                var undo = threads.submit(undoing);
                Eventually.holds(() -> undo.isDone() || waiting() >= 2);
                return undo;
            });
            assertThat(undone.get().status()).isEqualTo(204);
            var in = coming.get().get();
            if (in.status() == 200)
                assertThat(get(
                                        "/api/v1/auth/me",
                                        bearer(in.json().get("accessToken").asString()))
                                .status())
                        .isEqualTo(401);
            else assertThat(in.status()).isEqualTo(401);
        }
    }

    private int waiting() {
        return db.sql("select count(distinct pid) from pg_locks where not granted")
                .query(Integer.class)
                .single();
    }

    private String idOfTheKey() {
        return get("/api/v1/auth/passkeys", bearer(here))
                .json()
                .get("items")
                .get(0)
                .get("id")
                .asString();
    }

    @Test
    void addingOneTakesAFreshProof() {
        clock.turnOn(Duration.ofMinutes(8));
        var waiting = options();
        clock.turnOn(Duration.ofMinutes(3));
        here = tokens.first(sessions.standing(session()).orElseThrow()).accessToken();
        var due = add(new SoftKey(house()).create(waiting));
        assertThat(due.status()).isEqualTo(401);
        assertThat(due.json().get("type").asString()).endsWith("/step-up-required");
        assertThat(due.header("WWW-Authenticate"))
                .contains("insufficient_user_authentication")
                .contains("max_age=\"600\"");
        assertThat(proveWith(key, proofChallenge()).status()).isEqualTo(204);
        assertThat(add(new SoftKey(house()).create(waiting)).status()).isEqualTo(201);
    }

    @Test
    void whoHasOneAndNoAppProvesItWithThatAndNotWithThePassword() {
        var refused = prove(PASSWORD);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("errors").get(0).get("field").asString()).isEqualTo("credential");
        var secret = switchOn(here, PASSWORD);
        clock.turnOn(Duration.ofMinutes(1)); // The code of now was used.
        assertThat(prove(PASSWORD).status()).isEqualTo(400);
        assertThat(prove(Totp.code(secret, clock.instant())).status())
                .as("a code, where there is an app too")
                .isEqualTo(204);
    }

    @Test
    void whoHasOneDoesNotComeInWithThePasswordAlone() {
        var refused = login(grace.email(), PASSWORD, from());
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.json().get("type").asString()).endsWith("/passkey-required");
        assertThatThrownBy(() -> tokenOf(grace)).hasMessageContaining("does not stand"); // However it would come to be.
        assertThat(login(grace.email(), "wrong", from()).json().get("type").asString())
                .as("whoever does not know the password hears nothing of it")
                .endsWith("/wrong-credentials");
    }

    @Test
    void whoKnowsThePasswordBesideItLeavesATraceAndItsOwnerIsTold() {
        assertThat(login(grace.email(), PASSWORD, from()).status()).isEqualTo(401);
        assertThat(failures(grace.organization(), "passkey-due")).isEqualTo(1);
        assertThat(toldOfThePassword()).isEqualTo(1);
        login(grace.email(), PASSWORD, from());
        assertThat(failures(grace.organization(), "passkey-due")).isEqualTo(2);
        assertThat(toldOfThePassword()).as("once a day").isEqualTo(1);
        clock.turnOn(Duration.ofDays(1));
        login(grace.email(), PASSWORD, "Cookie", cookieOf(signIn(key.get(challenge()))));
        assertThat(toldOfThePassword()).as("not of where they are known").isEqualTo(1);
        login(grace.email(), PASSWORD, from());
        assertThat(toldOfThePassword()).isEqualTo(2);
    }

    private long toldOfThePassword() {
        return lettersTo(grace.email()).stream()
                .filter(letter -> letter.subject().contains("Your password was given"))
                .count();
    }

    @Test
    void whoReadsTheMailboxDoesNotComeInBesideIt() {
        people.proved(grace.member()); // Otherwise somebody else may have made the account and its keys.
        post("/api/v1/auth/password/forgot", "{\"email\":\"" + grace.email() + "\"}", from());
        var reset = "{\"token\":\"" + linkIn(grace.email()) + "\",\"password\":\"another horse entirely 7\"}";
        assertThat(post("/api/v1/auth/password/reset", reset, from()).status()).isEqualTo(204);
        assertThat(login(grace.email(), "another horse entirely 7", from())
                        .json()
                        .get("type")
                        .asString())
                .endsWith("/passkey-required");
        assertThat(signIn(key.get(challenge())).status()).isEqualTo(200);
    }

    @Test
    void addingOneEndsTheOtherSessionsAndTheOneItWasAddedInGoesOn() {
        var hers = member(grace.organization(), Role.EMPLOYEE);
        var elsewhere = tokenOf(hers);
        var inside = tokenOf(hers);
        var options = post("/api/v1/auth/passkeys/options", "", bearer(inside)).json();
        assertThat(add(new SoftKey(house()).create(options), inside).status()).isEqualTo(201);
        assertThat(get("/api/v1/auth/me", bearer(elsewhere)).status()).isEqualTo(401);
        assertThat(get("/api/v1/auth/me", bearer(inside)).status()).isEqualTo(200);
    }

    @Test
    void aNewPasswordIsNoFreshProofForWhoHasOne() {
        db.sql("update identity.session set proved_at = null where member = ?")
                .param(grace.member().value())
                .update();
        assertThat(stepUpIsAsked(post("/api/v1/auth/passkeys/options", "", bearer(here))))
                .isTrue();
        assertThat(stepUpIsAsked(post("/api/v1/auth/mfa/totp", "{\"password\":\"" + PASSWORD + "\"}", bearer(here))))
                .as("nor to make an app, whose codes would be one")
                .isTrue();
        var fresh = "another horse entirely 7";
        assertThat(post(
                                "/api/v1/auth/password",
                                "{\"password\":\"%s\",\"fresh\":\"%s\"}".formatted(PASSWORD, fresh),
                                bearer(here))
                        .status())
                .isEqualTo(204);
        assertThat(stepUpIsAsked(post("/api/v1/auth/passkeys/options", "", bearer(here))))
                .isTrue();
        assertThat(proveWith(key, proofChallenge()).status()).isEqualTo(204);
        assertThat(post("/api/v1/auth/passkeys/options", "", bearer(here)).status())
                .isEqualTo(200);
    }

    private static boolean stepUpIsAsked(Answer answer) {
        return answer.status() == 401 && answer.json().get("type").asString().endsWith("/step-up-required");
    }

    private java.util.UUID session() {
        return db.sql("select id from identity.session where member = ? order by started_at desc limit 1")
                .param(grace.member().value())
                .query(java.util.UUID.class)
                .single();
    }

    private Answer prove(String proof) {
        return post("/api/v1/auth/step-up", "{\"proof\":\"" + proof + "\"}", bearer(here));
    }

    private JsonNode options() {
        var answer = post("/api/v1/auth/passkeys/options", "", bearer(here));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private JsonNode challenge(String... headers) {
        return post("/api/v1/auth/passkeys/login/options", "", headers.length > 0 ? headers : from())
                .json();
    }

    private Answer add(String credential) {
        return add(credential, here);
    }

    private Answer add(String credential, String token) {
        return post("/api/v1/auth/passkeys", "{\"label\":\"laptop\",\"credential\":" + credential + "}", bearer(token));
    }

    private Answer signIn(String credential, String... headers) {
        return post("/api/v1/auth/passkeys/login", credential, headers.length > 0 ? headers : from());
    }

    private String house() {
        return "http://localhost:" + port;
    }

    private static String[] from() {
        return new String[] {"X-Forwarded-For", "2001:db8:9:" + Integer.toHexString(COUNT.incrementAndGet()) + "::1"};
    }
}
