package io.velvetastro.decisions.identity;

import static java.time.ZoneOffset.UTC;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.velvetastro.decisions.telemetry.Whereabouts;
import io.velvetastro.language.Address;
import io.velvetastro.language.Journal;
import io.velvetastro.language.Overloaded;
import io.velvetastro.language.Pseudonyms;
import io.velvetastro.language.Role;
import io.velvetastro.language.Sealed;
import io.velvetastro.language.Seals;
import io.velvetastro.language.Shredder;
import io.velvetastro.language.SignInDenied;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Members hear what happens to their way in, and whoever says it was not them is alone again in their account. */
class NoticesTest extends Door {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String FRESH = "another horse entirely 7";

    private static final String SAFARI =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1";
    private static final String SOMEWHERE = "2001:db8:bad::1";

    @Autowired
    Housekeeping housekeeping;

    @Autowired
    Journal journal;

    @Autowired
    Pseudonyms names;

    @Autowired
    Seals seals;

    @Autowired
    Shredder shredder;

    @Autowired
    Whereabouts whereabouts;

    private Person grace;
    private String here;

    @BeforeEach
    void grace() {
        grace = member(organization("Acme"), Role.ORG_ADMIN);
        here = tokenOf(grace);
    }

    @Test
    void aChangedPasswordIsToldAndEndsTheOtherSessions() {
        var elsewhere = tokenOf(grace);
        assertThat(change("wrong", FRESH).json().get("errors").findValuesAsString("field"))
                .containsExactly("password");
        assertThat(change(PASSWORD, "password1234").json().get("errors").findValuesAsString("field"))
                .containsExactly("fresh");
        assertThat(change(PASSWORD, FRESH).status()).isEqualTo(204);
        assertThat(get("/api/v1/auth/me", bearer(elsewhere)).status()).isEqualTo(401);
        assertThat(get("/api/v1/auth/me", bearer(here)).status()).isEqualTo(200);
        assertThat(login(grace.email(), FRESH, from()).status()).isEqualTo(200);
        assertThat(notices().get(0).get("kind").asString()).isEqualTo("PASSWORD_CHANGED");
        assertThat(lettersTo(grace.email()).getFirst().text()).contains("/not-me#");
    }

    @Test
    void whoFollowsTheLinkAndSaysItWasNotThemGetsTheirAccountBack() {
        change(PASSWORD, FRESH); // By somebody else.
        var link = linkIn(grace.email());
        var answer = notMe(link);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(get("/api/v1/auth/me", bearer(here)).status())
                .as("the thief is out")
                .isEqualTo(401);
        assertThat(login(grace.email(), FRESH, from()).status())
                .as("and stays out")
                .isEqualTo(401);
        var reset = post(
                "/api/v1/auth/password/reset",
                "{\"token\":\"%s\",\"password\":\"a third horse entirely 8\"}"
                        .formatted(answer.json().get("resetToken").asString()),
                from());
        assertThat(reset.status()).isEqualTo(204);
        assertThat(login(grace.email(), "a third horse entirely 8", from()).status())
                .isEqualTo(200);
        assertThat(notMe(link).status()).as("once").isEqualTo(404);
        assertThat(facts(grace.organization(), "NoticeDenied")).isEqualTo(1);
    }

    @Test
    void aDisabledAccountIsNotTakenBackByAnOldLetter() {
        change(PASSWORD, FRESH);
        var link = linkIn(grace.email());
        people.disable(grace.member());
        assertThat(notMe(link).status()).isEqualTo(404);
        people.enable(grace.member());
        assertThat(login(grace.email(), FRESH, from()).status())
                .as("they sign in with what they had")
                .isEqualTo(200);
        assertThat(notMe(link).status()).as("and say now what they could not").isEqualTo(200);
    }

    @Test
    void aPasskeyThatSomebodyElseAddedGoesWithTheNotice() {
        var key = new SoftKey("http://localhost:" + port);
        var mine = new SoftKey("http://localhost:" + port);
        add(mine);
        clock.turnOn(Duration.ofMinutes(1));
        add(key);
        assertThat(notMe(linkIn(grace.email())).status()).isEqualTo(200);
        assertThat(signIn(key)).isEqualTo(401);
        assertThat(signIn(mine)).isEqualTo(200);
    }

    @Test
    void whoeverDeniesTheFirstNoticeTakesAwayWhatWasAddedAfterIt() {
        var mine = new SoftKey("http://localhost:" + port);
        add(mine);
        clock.turnOn(Duration.ofMinutes(1));
        change(PASSWORD, FRESH); // By somebody else, who then makes themselves at home.
        var link = linkIn(grace.email());
        var theirs = new SoftKey("http://localhost:" + port);
        clock.turnOn(Duration.ofMinutes(1));
        add(theirs);
        switchOn(here, FRESH);
        assertThat(notMe(link).status()).isEqualTo(200);
        assertThat(signIn(theirs)).isEqualTo(401);
        assertThat(signIn(mine)).isEqualTo(200);
        assertThat(rows("totp")).isZero();
        assertThat(rows("recovery_code")).isZero();
        assertThat(lettersTo(grace.email()))
                .as("and hears what went")
                .extracting(letter -> letter.subject())
                .contains("Velvet Astro: A passkey was removed", "Velvet Astro: Two-step sign-in is off");
        assertThat(facts(grace.organization(), "PasskeyRemoved")).isEqualTo(1);
        assertThat(facts(grace.organization(), "SecondFactorSwitchedOff")).isEqualTo(1);
    }

    @Test
    void anOldLetterIsNoWayAroundASecondStepThatWasMadeLater() {
        change(PASSWORD, FRESH);
        var old = linkIn(grace.email());
        clock.turnOn(Duration.ofHours(25));
        here = tokenOf(grace);
        var mine = new SoftKey("http://localhost:" + port);
        add(mine);
        switchOn(here, FRESH);
        var way = notMe(old);
        assertThat(way.status()).as("who got it hears it").isEqualTo(200);
        assertThat(rows("totp")).isEqualTo(1);
        assertThat(rows("recovery_code")).isPositive();
        assertThat(signIn(mine)).isEqualTo(200);
    }

    @Test
    void recoveryCodesThatSomebodyElseMadeAreVoid() {
        var secret = switchOn(here, PASSWORD);
        clock.turnOn(Duration.ofMinutes(1));
        assertThat(post(
                                "/api/v1/auth/mfa/recovery-codes",
                                "{\"code\":\"" + Totp.code(secret, clock.instant()) + "\"}",
                                bearer(here))
                        .status())
                .isEqualTo(200);
        assertThat(notMe(linkIn(grace.email())).status()).isEqualTo(200);
        assertThat(rows("recovery_code")).isZero();
        assertThat(rows("totp")).as("the app was there before").isEqualTo(1);
    }

    @Test
    void whoeverSitsThereCannotSwitchTheSecondStepOffByDenyingIt() {
        switchOn(here, PASSWORD);
        var on = notices().get(0).get("id").asString();
        clock.turnOn(Duration.ofMinutes(11));
        here = tokens.first(sessions.standing(session()).orElseThrow()).accessToken();
        var due = post("/api/v1/auth/notices/" + on + "/not-me", "", bearer(here));
        assertThat(due.json().get("type").asString()).endsWith("/step-up-required");
        assertThat(rows("totp")).isEqualTo(1);
        assertThat(notices().get(0).get("denied").asBoolean()).isFalse();
    }

    @Test
    void whatIsOlderThanAWeekIsNoNewsAndDeniesNothing() {
        add(new SoftKey("http://localhost:" + port));
        var old = notices().get(0).get("id").asString();
        clock.turnOn(Duration.ofDays(7));
        var withPasskey = new Sessions.Coming(Sessions.Kind.API, null, null, null, true);
        var later = tokens.first(sessions.begin(grace.member(), grace.organization(), withPasskey))
                .accessToken();
        assertThat(deny(old, later)).isEqualTo(409);
        assertThat(rows("passkey")).isEqualTo(1);
    }

    @Test
    void afterHalfAYearTheyAreForgotten() {
        change(PASSWORD, FRESH);
        clock.turnOn(Duration.ofDays(179));
        housekeeping.sweep();
        assertThat(rows("notice")).isEqualTo(1);
        clock.turnOn(Duration.ofDays(2));
        housekeeping.sweep();
        assertThat(rows("notice")).isZero();
    }

    @Test
    void whoHasToHaveASecondStepDoesNotDenyTheirOnlyOne() {
        switchOn(here, PASSWORD);
        db.sql("update identity.organization set second_step_since = now() where id = ?")
                .param(grace.organization().value())
                .update();
        assertThat(deny(notices().get(0).get("id").asString(), here)).isEqualTo(409);
        assertThat(rows("totp")).isEqualTo(1);
        assertThat(notMe(linkIn(grace.email())).status())
                .as("with the letter they do, for that voids the password too")
                .isEqualTo(200);
    }

    @Test
    void whoIsInsideSaysSoInTheirAccountAndStays() {
        change(PASSWORD, FRESH);
        var elsewhere = tokenOf(grace);
        var id = notices().get(0).get("id").asString();
        var stranger = tokenOf(member(grace.organization(), Role.ORG_ADMIN));
        assertThat(deny(id, stranger)).isEqualTo(404);
        assertThat(deny(id, here)).isEqualTo(204);
        assertThat(get("/api/v1/auth/me", bearer(elsewhere)).status()).isEqualTo(401);
        assertThat(get("/api/v1/auth/me", bearer(here)).status()).isEqualTo(200);
        assertThat(notices().get(0).get("denied").asBoolean()).isTrue();
        assertThat(deny(id, here)).isEqualTo(404);
    }

    @Test
    void theDeviceItIsSaidFromStaysKnownAndAllOthersAreStrangers() {
        var mine = login(grace.email(), PASSWORD, from());
        var theirs = login(grace.email(), PASSWORD, from());
        here = mine.json().get("accessToken").asString();
        assertThat(change(PASSWORD, FRESH).status()).isEqualTo(204);
        assertThat(deny(notices().get(0).get("id").asString(), here)).isEqualTo(204);
        assertThat(isKnown(mine)).isTrue();
        assertThat(isKnown(theirs)).isFalse();
    }

    @Test
    void whoeverDeniesTheNewDeviceTakesAwayTheSecondStepThatWasMadeWithIt() {
        login(grace.email(), PASSWORD, from());
        db.sql("update identity.organization set second_step_since = now() where id = ?")
                .param(grace.organization().value())
                .update();
        clock.turnOn(Duration.ofMinutes(1));
        var owed = login(grace.email(), PASSWORD, "User-Agent", SAFARI)
                .json()
                .get("mfaToken")
                .asString();
        var secret = secretIn(post("/api/v1/auth/mfa/enrol", "{\"mfaToken\":\"" + owed + "\"}", from()));
        assertThat(post(
                                "/api/v1/auth/mfa",
                                "{\"mfaToken\":\"%s\",\"code\":\"%s\"}"
                                        .formatted(owed, Totp.code(secret, clock.instant())),
                                "User-Agent",
                                SAFARI)
                        .status())
                .isEqualTo(200);
        var newDevice = lettersTo(grace.email()).stream()
                .filter(letter -> letter.subject().contains("New sign-in"))
                .findFirst()
                .orElseThrow();
        assertThat(notMe(newDevice.text().replaceAll("(?s).*#([A-Za-z0-9_-]{43}).*", "$1"))
                        .status())
                .isEqualTo(200);
        assertThat(rows("totp")).isZero();
    }

    @Test
    void aDeniedSignInIsHeardByDetectionOnce() {
        comesFromSomewhereNew();
        assertThat(notices().get(0).get("kind").asString()).isEqualTo("NEW_DEVICE");
        var id = notices().get(0).get("id").asString();
        assertThat(denials()).isEmpty();
        assertThat(deny(id, here)).isEqualTo(204);
        assertThat(deny(id, here)).isEqualTo(404);
        housekeeping.hearDenials();

        assertThat(denials()).singleElement().satisfies(row -> {
            var denial = row.payload();
            assertThat(row.id())
                    .isEqualTo(SignInDenied.idOf(grace.organization(), UUID.fromString(id))
                            .value());
            assertThat(row.envelope().get("actor").asString()).isEqualTo("member:" + grace.member());
            assertThat(denial.get("gotIn").asBoolean()).isTrue();
            assertThat(denial.get("method").asString()).isEqualTo("password");
            var signIn = json.readTree(db.sql(
                            "select convert_from(payload, 'UTF8') from store.telemetry where tenant = ? and event_id = ? and payload_type like '%LoginSucceeded'")
                    .params(
                            grace.organization().value(),
                            UUID.fromString(denial.get("signIn").asString()))
                    .query(String.class)
                    .single());
            for (var same : List.of("principal", "source"))
                assertThat(denial.get(same)).isEqualTo(signIn.get("attempt").get(same));
            assertThat(denial.get("signInAt")).isEqualTo(signIn.get("attempt").get("occurredAt"));
            assertThat(seals.open(
                            grace.organization(),
                            Sealed.of(denial.get("personal").asString())))
                    .hasValueSatisfying(
                            clear -> assertThat(clear).contains(grace.email()).contains(SOMEWHERE));
            assertThat(row.payload().toString()).doesNotContain(grace.email()).doesNotContain(SOMEWHERE);
        });
    }

    @Test
    void aDeniedSignInOfALetterIsHeardToo() {
        comesFromSomewhereNew();
        assertThat(notMe(linkIn(grace.email())).status()).isEqualTo(200);
        assertThat(denials()).hasSize(1);
    }

    @Test
    void whoGaveTheRightPasswordAndDidNotGetInIsDeniedAsATry() {
        add(new SoftKey("http://localhost:" + port));
        assertThat(login(grace.email(), PASSWORD, from()).status()).isEqualTo(401);
        assertThat(notices().get(0).get("kind").asString()).isEqualTo("PASSWORD_GIVEN");
        assertThat(notMe(linkIn(grace.email())).status()).isEqualTo(200);
        assertThat(denials())
                .singleElement()
                .satisfies(row ->
                        assertThat(row.payload().get("gotIn").asBoolean()).isFalse());
    }

    @Test
    void whoGuessesCodesIsDeniedAsATry() {
        switchOn(here, PASSWORD);
        var owed = login(grace.email(), PASSWORD, from()).json().get("mfaToken").asString();
        for (int i = 0; i < 3; i++)
            post("/api/v1/auth/mfa", "{\"mfaToken\":\"" + owed + "\",\"code\":\"000000\"}", from());
        assertThat(notices().get(0).get("kind").asString()).isEqualTo("CODES_GUESSED");
        assertThat(deny(notices().get(0).get("id").asString(), here)).isEqualTo(204);
        assertThat(denials()).singleElement().satisfies(row -> {
            assertThat(row.payload().get("gotIn").asBoolean()).isFalse();
            assertThat(row.payload().get("method").asString()).isEqualTo("totp");
        });
    }

    @Test
    void whatWasChangedInsideIsNoSignInToDeny() {
        change(PASSWORD, FRESH);
        assertThat(deny(notices().get(0).get("id").asString(), here)).isEqualTo(204);
        assertThat(facts(grace.organization(), "NoticeDenied")).isEqualTo(1);
        assertThat(denials()).isEmpty();
    }

    @Test
    void whoIsForgottenIsForgottenInWhatTheyDeniedBeforeAndAfter() {
        comesFromSomewhereNew();
        var first = notices().get(0).get("id").asString();
        clock.turnOn(Duration.ofMinutes(1));
        assertThat(login(grace.email(), PASSWORD, "X-Forwarded-For", "2001:db8:bad:2::1", "User-Agent", "curl/8.5.0")
                        .status())
                .isEqualTo(200);
        var second = notices().get(0).get("id").asString();
        assertThat(deny(first, here)).isEqualTo(204);
        shredder.forget(grace.organization(), names.principal(grace.organization(), "velvet-astro", grace.email()));
        assertThat(deny(second, here)).isEqualTo(204);
        assertThat(denials())
                .hasSize(2)
                .allSatisfy(row -> assertThat(seals.open(
                                grace.organization(),
                                Sealed.of(row.payload().get("personal").asString())))
                        .isEmpty());
    }

    /** As after a flood: what was said waits in its row. */
    @Test
    void aWordThatCouldNotBeRecordedIsHeardLater() {
        comesFromSomewhereNew();
        db.sql("update identity.notice set denied_at = now() where member = ?")
                .param(grace.member().value())
                .update();
        housekeeping.hearDenials();
        housekeeping.hearDenials();
        assertThat(denials()).hasSize(1);
        assertThat(db.sql("select count(*) from identity.notice where member = ? and heard_at is not null")
                        .param(grace.member().value())
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void aFloodOfTheIntakeKeepsNobodyFromComingInOrFromDenying() {
        Journal flooded = (stream, facts) -> {
            throw new Overloaded("Readers lag behind.", Duration.ofMillis(1));
        };
        var record = new SignInRecord(flooded, names, seals, new ObjectMapper(), clock, whereabouts);
        var origin = new Origin(Address.of(SOMEWHERE), SAFARI, "a device", false);
        var email = new Email(grace.email());
        assertThat(record.succeeded(grace.organization(), email, origin, "password"))
                .isNull();
        assertThat(record.failed(grace.organization(), grace.email(), origin, "wrong-password"))
                .isNull();
        var heard = new SignInRecord(journal, names, seals, new ObjectMapper(), clock, whereabouts)
                .succeeded(grace.organization(), email, origin, "password");
        assertThat(record.denied(grace.member(), UUID.randomUUID(), requireNonNull(heard), clock.instant()))
                .isFalse();
    }

    private void comesFromSomewhereNew() {
        login(grace.email(), PASSWORD, from());
        clock.turnOn(Duration.ofMinutes(1));
        assertThat(login(grace.email(), PASSWORD, "X-Forwarded-For", SOMEWHERE, "User-Agent", SAFARI)
                        .status())
                .isEqualTo(200);
    }

    private record Row(UUID id, tools.jackson.databind.JsonNode payload, tools.jackson.databind.JsonNode envelope) {}

    private List<Row> denials() {
        return db.sql(
                        "select event_id, convert_from(payload, 'UTF8') p, convert_from(envelope, 'UTF8') e from store.telemetry where tenant = ? and payload_type like '%SignInDenied'")
                .param(grace.organization().value())
                .query((row, number) -> new Row(
                        row.getObject("event_id", UUID.class),
                        json.readTree(row.getString("p")),
                        json.readTree(row.getString("e"))))
                .list();
    }

    /** A new password is no proof of more than a password. */
    @Test
    void aNewPasswordIsNoFreshProofBesideASecondStep() {
        var alone = member(grace.organization(), Role.EMPLOYEE);
        var secret = switchOn(here, PASSWORD);
        clock.turnOn(Duration.ofMinutes(11));
        here = tokens.first(sessions.standing(session()).orElseThrow()).accessToken();
        assertThat(change(PASSWORD, PASSWORD).json().get("errors").findValuesAsString("field"))
                .as("nor is the old one once more a new one")
                .containsExactly("fresh");
        assertThat(change(PASSWORD, FRESH).status()).isEqualTo(204);
        var options = post("/api/v1/auth/passkeys/options", "", bearer(here));
        assertThat(options.json().get("type").asString()).endsWith("/step-up-required");
        post("/api/v1/auth/step-up", "{\"proof\":\"" + Totp.code(secret, clock.instant()) + "\"}", bearer(here));
        assertThat(post("/api/v1/auth/passkeys/options", "", bearer(here)).status())
                .isEqualTo(200);
        grace = alone;
        var standing = sessions.begin(grace.member(), grace.organization(), Sessions.Coming.by(Sessions.Kind.API));
        clock.turnOn(Duration.ofMinutes(11));
        here = tokens.first(standing).accessToken();
        assertThat(change(PASSWORD, FRESH).status()).isEqualTo(204);
        assertThat(post("/api/v1/auth/passkeys/options", "", bearer(here)).status())
                .as("where there is only the password it is one")
                .isEqualTo(200);
    }

    private boolean isKnown(Answer came) {
        var cookie = came.header("Set-Cookie").replaceFirst(";.*", "").replaceFirst(".*=", "");
        return db.sql("select exists (select from identity.device where member = ? and hash = ?)")
                .params(grace.member().value(), Secret.sha256(cookie))
                .query(Boolean.class)
                .single();
    }

    @Test
    void aLinkThatIsOldOrForSomethingElseDeniesNothing() {
        change(PASSWORD, FRESH);
        var link = linkIn(grace.email());
        assertThat(post(
                                "/api/v1/auth/password/reset",
                                "{\"token\":\"%s\",\"password\":\"a third horse entirely 8\"}".formatted(link),
                                from())
                        .status())
                .isEqualTo(404);
        clock.turnOn(Duration.ofDays(7));
        assertThat(notMe(link).status()).isEqualTo(404);
    }

    @Test
    void aSessionWhoseTokenWasUsedTwiceIsTold() {
        var first = login(grace.email(), PASSWORD, from())
                .json()
                .get("refreshToken")
                .asString();
        refresh(first);
        clock.turnOn(Duration.ofSeconds(30));
        assertThat(refresh(first).status()).isEqualTo(401);
        assertThat(lettersTo(grace.email()).getFirst().subject()).contains("sessions was ended");
    }

    @Test
    void keysAndRolesTakeAFreshProof() {
        var accounts = "/api/v1/orgs/" + grace.organization() + "/service-accounts";
        var body = "{\"name\":\"shipper\",\"authorities\":[\"monitor:write\"]}";
        var standing = sessions.begin(grace.member(), grace.organization(), Sessions.Coming.by(Sessions.Kind.API));
        clock.turnOn(Duration.ofMinutes(11));
        var late = tokens.first(standing).accessToken();
        assertThat(post(accounts, body, bearer(late)).json().get("type").asString())
                .endsWith("/step-up-required");
        var colleague = member(grace.organization(), Role.EMPLOYEE);
        assertThat(patch(
                                "/api/v1/orgs/" + grace.organization() + "/members/" + colleague.member(),
                                "{\"role\":\"it_security\"}",
                                bearer(late))
                        .status())
                .isEqualTo(401);
        assertThat(get(accounts, bearer(late)).status())
                .as("looking takes none")
                .isEqualTo(200);
        assertThat(post("/api/v1/auth/step-up", "{\"proof\":\"" + PASSWORD + "\"}", bearer(late))
                        .status())
                .isEqualTo(204);
        assertThat(post(accounts, body, bearer(late)).status()).isEqualTo(201);
    }

    @Test
    void whoFloodsTheListHidesNothing() {
        db.sql("""
                insert into identity.notice (id, member, organization, kind, at)
                select gen_random_uuid(), :member, :organization, case n when 1 then 'PASSKEY_ADDED' else 'RECOVERY_CODES' end,
                    cast(:now as timestamptz) + n / 2 * interval '1 second' from generate_series(1, 65) n""")
                .param("member", grace.member().value())
                .param("organization", grace.organization().value())
                .param("now", clock.instant().atOffset(UTC))
                .update();
        var seen = new ArrayList<String>();
        var kinds = new ArrayList<String>();
        for (String path = "/api/v1/auth/notices"; path != null; ) {
            var page = get(path, bearer(here)).json();
            page.get("items").forEach(each -> {
                seen.add(each.get("id").asString());
                kinds.add(each.get("kind").asString());
            });
            path = page.get("next").isNull()
                    ? null
                    : "/api/v1/auth/notices?cursor=" + page.get("next").asString();
        }
        assertThat(seen).hasSize(65).doesNotHaveDuplicates();
        assertThat(kinds.getLast()).isEqualTo("PASSKEY_ADDED");
        var eve = tokenOf(member(grace.organization(), Role.ORG_ADMIN));
        assertThat(get("/api/v1/auth/notices?cursor=" + seen.getFirst(), bearer(eve))
                        .json()
                        .get("items"))
                .as("whose place somebody else's is")
                .isEmpty();
    }

    private tools.jackson.databind.JsonNode notices() {
        return get("/api/v1/auth/notices", bearer(here)).json().get("items");
    }

    private Answer change(String password, String fresh) {
        return post(
                "/api/v1/auth/password",
                "{\"password\":\"%s\",\"fresh\":\"%s\"}".formatted(password, fresh),
                bearer(here));
    }

    private Answer notMe(String token) {
        return post("/api/v1/auth/not-me", "{\"token\":\"" + token + "\"}", from());
    }

    private int deny(String notice, String token) {
        return post("/api/v1/auth/notices/" + notice + "/not-me", "", bearer(token))
                .status();
    }

    private Answer refresh(String token) {
        return post("/api/v1/auth/refresh", "{\"refreshToken\":\"" + token + "\"}");
    }

    private void add(SoftKey key) {
        var options = post("/api/v1/auth/passkeys/options", "", bearer(here)).json();
        var added = post(
                "/api/v1/auth/passkeys",
                "{\"label\":\"laptop\",\"credential\":" + key.create(options) + "}",
                bearer(here));
        assertThat(added.status()).as(added.body()).isEqualTo(201);
    }

    private int rows(String table) {
        return db.sql("select count(*) from identity." + table + " where member = ?")
                .param(grace.member().value())
                .query(Integer.class)
                .single();
    }

    private UUID session() {
        return db.sql("select id from identity.session where member = ? order by started_at desc limit 1")
                .param(grace.member().value())
                .query(UUID.class)
                .single();
    }

    private int signIn(SoftKey key) {
        var challenge = post("/api/v1/auth/passkeys/login/options", "", from()).json();
        return post("/api/v1/auth/passkeys/login", key.get(challenge), from()).status();
    }

    private static String[] from() {
        return new String[] {"X-Forwarded-For", "2001:db8:b:" + Integer.toHexString(COUNT.incrementAndGet()) + "::1"};
    }
}
