package io.velvetastro.decisions.identity;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.decisions.plan.Runs;
import io.velvetastro.language.Plan;
import io.velvetastro.language.Role;
import io.velvetastro.language.TenantId;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** One person in several organisations, and plans that end somewhere. */
class TenancyTest extends Door {
    private static final AtomicInteger COUNT = new AtomicInteger();

    @Autowired
    Runs runs;

    @Autowired
    Housekeeping housekeeping;

    private TenantId ours;
    private TenantId theirs;
    private Person boss;
    private Person theirBoss;
    private String admin;
    private String theirAdmin;

    @BeforeEach
    void twoOrganisations() {
        ours = organization("Ours");
        theirs = organization("Theirs");
        boss = member(ours, Role.ORG_ADMIN);
        theirBoss = member(theirs, Role.ORG_ADMIN);
        admin = tokenOf(boss);
        theirAdmin = tokenOf(theirBoss);
    }

    @Test
    void whoIsInvitedElsewhereJoinsWithTheAccountTheyHaveAndSwitches() {
        var token = invited(theirs, boss.email(), "it_security", theirAdmin);
        assertThat(post("/api/v1/auth/invitations", invitation(token), bearer(admin))
                        .status())
                .isEqualTo(201);
        var mine = get("/api/v1/orgs", bearer(admin)).json().get("items");
        assertThat(mine.findValuesAsString("name")).containsExactly("Ours", "Theirs");
        assertThat(mine.findValuesAsString("current")).containsExactly("true", "false");
        var pair = post("/api/v1/auth/switch", "{\"organization\":\"" + theirs + "\"}", bearer(admin));
        assertThat(pair.status()).as(pair.body()).isEqualTo(200);
        var there = pair.json().get("accessToken").asString();
        var me = get("/api/v1/auth/me", bearer(there)).json();
        assertThat(me.get("organization").get("name").asString()).isEqualTo("Theirs");
        assertThat(me.get("role").asString()).isEqualTo("it_security");
        assertThat(get("/api/v1/auth/me", bearer(admin))
                        .json()
                        .get("organization")
                        .get("name")
                        .asString())
                .isEqualTo("Ours");
        assertThat(get("/api/v1/orgs/" + theirs + "/members", bearer(there)).status())
                .as("what they are there, and not what they are at home")
                .isEqualTo(403);
        assertThat(facts(theirs, "MemberJoined")).isEqualTo(1);
    }

    @Test
    void anInvitationIsForWhoItWasMadeOutTo() {
        var token = invited(theirs, "somebody" + COUNT.incrementAndGet() + "@example.org", "employee", theirAdmin);
        assertThat(post("/api/v1/auth/invitations", invitation(token), bearer(admin))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void nobodyEntersWhereTheyDoNotBelong() {
        var there = post("/api/v1/auth/switch", "{\"organization\":\"" + theirs + "\"}", bearer(admin));
        var nowhere = post("/api/v1/auth/switch", "{\"organization\":\"" + UUID.randomUUID() + "\"}", bearer(admin));
        assertThat(there.status()).isEqualTo(404);
        assertThat(there.body()).isEqualTo(nowhere.body());
    }

    @Test
    void nobodySwitchesToWhereTheyAre() {
        var same = post("/api/v1/auth/switch", "{\"organization\":\"" + ours + "\"}", bearer(admin));
        assertThat(same.status()).isEqualTo(409);
        assertThat(sessionsOf(boss)).as("a token at hand makes no session").isEqualTo(1);
    }

    @Test
    void signingOutEndsWhatWasSwitchedToAsWellWhicheverOfThemDoesIt() {
        join(boss, theirs, theirAdmin);
        for (boolean there : List.of(true, false)) {
            var here = tokenOf(boss);
            var pair = switchedPair(here, theirs);
            var elsewhere = pair.get("accessToken").asString();
            assertThat(post("/api/v1/auth/logout", "", bearer(there ? elsewhere : here))
                            .status())
                    .isEqualTo(204);
            assertThat(get("/api/v1/auth/me", bearer(here)).status()).isEqualTo(401);
            assertThat(get("/api/v1/auth/me", bearer(elsewhere)).status()).isEqualTo(401);
            assertThat(refresh(pair).status()).isEqualTo(401);
        }
        assertThat(get("/api/v1/auth/me", bearer(admin)).status())
                .as("another sign-in of theirs")
                .isEqualTo(200);
    }

    @Test
    void aRefreshTokenUsedTwiceEndsWhatWasSwitchedToAsWell() {
        join(boss, theirs, theirAdmin);
        var first = login(boss.email(), PASSWORD, from()).json();
        var there = switchedPair(first.get("accessToken").asString(), theirs);
        assertThat(refresh(first).status()).isEqualTo(200);
        clock.turnOn(Duration.ofSeconds(11));
        assertThat(refresh(first).status()).isEqualTo(401);
        assertThat(get("/api/v1/auth/me", bearer(there.get("accessToken").asString()))
                        .status())
                .isEqualTo(401);
        assertThat(refresh(there).status()).isEqualTo(401);
    }

    @Test
    void aSessionThatNobodyUsedTakesAlongWhatWasSwitchedToFromIt() {
        join(boss, theirs, theirAdmin);
        var first = login(boss.email(), PASSWORD, from()).json();
        var there = switchedPair(first.get("accessToken").asString(), theirs);
        for (int i = 0; i < 2; i++) {
            clock.turnOn(Duration.ofMinutes(20));
            var next = refresh(there);
            assertThat(next.status()).isEqualTo(200);
            there = next.json();
        }
        assertThat(refresh(first).status()).as("not used for long enough").isEqualTo(401);
        assertThat(refresh(there).status()).isEqualTo(401);
    }

    @Test
    void switchingByTokenTakesAFreshProof() {
        join(boss, theirs, theirAdmin);
        db.sql("update identity.session set proved_at = ? where member = ?")
                .params(
                        clock.instant().minus(Duration.ofMinutes(11)).atOffset(UTC),
                        boss.member().value())
                .update();
        var due = post("/api/v1/auth/switch", "{\"organization\":\"" + theirs + "\"}", bearer(admin));
        assertThat(due.status()).isEqualTo(401);
        assertThat(due.json().get("type").asString()).endsWith("/step-up-required");
        assertThat(post("/api/v1/auth/step-up", "{\"proof\":\"" + PASSWORD + "\"}", bearer(admin))
                        .status())
                .isEqualTo(204);
        var there = switched(admin, theirs);
        assertThat(post("/api/v1/auth/switch", "{\"organization\":\"" + ours + "\"}", bearer(there))
                        .status())
                .as("nobody goes on and on with what one proof gave")
                .isEqualTo(401);
    }

    @Test
    void ofOneSignInOneSessionStandsInEachOrganisationForHalfADay() {
        join(boss, theirs, theirAdmin);
        var here = tokenOf(boss);
        var before = switched(here, theirs);
        int sessions = sessionsOf(boss);
        var after = switchedPair(here, theirs);
        assertThat(sessionsOf(boss)).isEqualTo(sessions);
        assertThat(get("/api/v1/auth/me", bearer(before)).status()).isEqualTo(401);
        for (var lasted = Duration.ZERO; lasted.compareTo(Duration.ofHours(12)) < 0; ) {
            after = refresh(after).json();
            clock.turnOn(Duration.ofMinutes(29));
            lasted = lasted.plus(Duration.ofMinutes(29));
        }
        assertThat(refresh(after).status()).isEqualTo(401);
    }

    @Test
    void ofManyWhoSwitchAtOnceOneSessionStandsThere() throws Exception {
        join(boss, theirs, theirAdmin);
        var here = tokenOf(boss);
        var switches = Collections.nCopies(8, (Callable<Integer>)
                () -> post("/api/v1/auth/switch", "{\"organization\":\"" + theirs + "\"}", bearer(here))
                        .status());
        try (var threads = Executors.newFixedThreadPool(switches.size())) {
            assertThat(threads.invokeAll(switches).stream().map(each -> each.resultNow()))
                    .containsOnly(200);
        }
        assertThat(sessionsThere()).isEqualTo(1);
    }

    private int sessionsThere() {
        return db.sql("select count(*) from identity.session where member = ? and organization = ?")
                .params(boss.member().value(), theirs.value())
                .query(Integer.class)
                .single();
    }

    @Test
    void whoSwitchesBackStillHasOneSignInThatEndsAsOne() {
        join(boss, theirs, theirAdmin);
        var here = tokenOf(boss);
        var there = switched(here, theirs);
        assertThat(post("/api/v1/auth/step-up", "{\"proof\":\"" + PASSWORD + "\"}", bearer(there))
                        .status())
                .isEqualTo(204);
        var back = switched(there, ours);
        assertThat(get("/api/v1/auth/me", bearer(here)).status())
                .as("one in each organisation: the one that was there gives way")
                .isEqualTo(401);
        assertThat(get("/api/v1/auth/me", bearer(back)).status()).isEqualTo(200);
        var current = get("/api/v1/auth/sessions", bearer(there)).json().get("items").values().stream()
                .filter(session -> session.get("current").asBoolean())
                .findFirst()
                .orElseThrow();
        assertThat(delete("/api/v1/auth/sessions/" + current.get("id").asString(), bearer(there))
                        .status())
                .isEqualTo(204);
        assertThat(get("/api/v1/auth/me", bearer(back)).status())
                .as("and what was switched to from it ends with it")
                .isEqualTo(401);
    }

    @Test
    void whoHasJustAddedAPasskeyIsToldToSignInWithItBeforeTheySwitch() {
        join(boss, theirs, theirAdmin);
        var here = tokenOf(boss);
        var before = switched(here, theirs);
        var key = new SoftKey("http://localhost:" + port);
        var options = post("/api/v1/auth/passkeys/options", "", bearer(here)).json();
        var added = post(
                "/api/v1/auth/passkeys",
                "{\"label\":\"laptop\",\"credential\":" + key.create(options) + "}",
                bearer(here));
        assertThat(added.status()).as(added.body()).isEqualTo(201);
        int sessions = sessionsOf(boss);
        var refused = post("/api/v1/auth/switch", "{\"organization\":\"" + theirs + "\"}", bearer(here));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("detail").asString()).contains("passkey").doesNotContain("asks for");
        assertThat(sessionsOf(boss)).as("nothing is left of it").isEqualTo(sessions);
        assertThat(get("/api/v1/auth/me", bearer(before)).status()).isEqualTo(401);
        var challenge = post("/api/v1/auth/passkeys/login/options", "", from()).json();
        var in = post("/api/v1/auth/passkeys/login", key.get(challenge), from()).json();
        switched(in.get("accessToken").asString(), theirs);
    }

    @Test
    void aSessionThatWasSwitchedToSaysFromWhereItWas() {
        join(boss, theirs, theirAdmin);
        post(
                "/api/v1/auth/switch",
                "{\"organization\":\"" + theirs + "\"}",
                "Authorization",
                "Bearer " + admin,
                "User-Agent",
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
        var newest =
                get("/api/v1/auth/sessions", bearer(admin)).json().get("items").get(0);
        assertThat(newest.get("device").asString()).startsWith("Firefox on ");
    }

    @Test
    void whoIsRemovedInOneStaysInTheOther() {
        join(boss, theirs, theirAdmin);
        var there = switched(admin, theirs);
        assertThat(delete("/api/v1/orgs/" + theirs + "/members/" + boss.member(), bearer(theirAdmin))
                        .status())
                .isEqualTo(204);
        assertThat(get("/api/v1/auth/me", bearer(there)).status()).isEqualTo(401);
        assertThat(get("/api/v1/auth/me", bearer(admin)).status()).isEqualTo(200);
    }

    @Test
    void whoWasRemovedIsInvitedAgainAndNothingOldOpensTheAccount() {
        var grace = member(ours, Role.EMPLOYEE);
        delete("/api/v1/orgs/" + ours + "/members/" + grace.member(), bearer(admin));
        var token = invited(ours, grace.email(), "employee", admin);
        var back = post(
                "/api/v1/auth/register",
                "{\"invitation\":\"" + token + "\",\"name\":\"Grace\",\"password\":\"another long and odd phrase\"}",
                from());
        assertThat(back.status()).as(back.body()).isEqualTo(201);
        assertThat(login(grace.email(), PASSWORD, from()).status()).isEqualTo(401);
        assertThat(login(grace.email(), "another long and odd phrase", from()).status())
                .isEqualTo(200);
    }

    @Test
    void anAccountThatOpensSomethingIsNotTakenOverByAnInvitation() {
        var token = invited(ours, theirBoss.email(), "employee", admin);
        var taken = post(
                "/api/v1/auth/register",
                "{\"invitation\":\"" + token + "\",\"name\":\"Eve\",\"password\":\"another long and odd phrase\"}",
                from());
        assertThat(taken.status()).isEqualTo(409);
        assertThat(login(theirBoss.email(), PASSWORD, from()).status()).isEqualTo(200);
    }

    @Test
    void anAdministratorMakesAnotherOrganisationOnTheSmallestPlan() {
        var made = post("/api/v1/orgs", "{\"name\":\"Second\"}", bearer(admin));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        var id = made.json().get("id").asString();
        var there = switched(admin, TenantId.of(id));
        var me = get("/api/v1/auth/me", bearer(there)).json();
        assertThat(me.get("organization").get("plan").asString()).isEqualTo("free");
        assertThat(me.get("role").asString()).isEqualTo("org_admin");
        assertThat(facts(TenantId.of(id), "OrganizationFounded")).isEqualTo(1);
        assertThat(patch("/api/v1/orgs/" + id, "{\"name\":\"Third\"}", bearer(there))
                        .status())
                .isEqualTo(204);
        assertThat(get("/api/v1/orgs/" + id, bearer(there)).json().get("name").asString())
                .isEqualTo("Third");
        assertThat(patch("/api/v1/orgs/" + id, "{\"name\":\"Fourth\"}", bearer(admin))
                        .status())
                .as("from within another one")
                .isEqualTo(404);
        assertThat(post("/api/v1/orgs", "{\"name\":\"<b>\"}", bearer(admin)).status())
                .isEqualTo(400);
    }

    @Test
    void theFreePlanIsForOneOrganisationOfEachPersonsAlsoOnceTheyHaveLeftIt() {
        var first = TenantId.of(post("/api/v1/orgs", "{\"name\":\"First\"}", bearer(admin))
                .json()
                .get("id")
                .asString());
        var second = post("/api/v1/orgs", "{\"name\":\"Second\"}", bearer(admin));
        assertThat(second.status()).isEqualTo(402);
        assertThat(second.json().get("type").asString()).endsWith("/beyond-the-plan");
        people.join(first, theirBoss.member(), Role.ORG_ADMIN);
        people.remove(boss.member(), first);
        assertThat(post("/api/v1/orgs", "{\"name\":\"Second\"}", bearer(admin)).status())
                .isEqualTo(402);
        var chief = tokenOf(member(ours, Role.SUPER_ADMIN));
        assertThat(put("/api/v1/orgs/" + first + "/plan", "{\"plan\":\"pro\"}", bearer(chief)))
                .isEqualTo(204);
        assertThat(post("/api/v1/orgs", "{\"name\":\"Second\"}", bearer(admin)).status())
                .isEqualTo(201);
    }

    @Test
    void oneWhoRunsTheHouseSeesAllAndGivesPlans() {
        var chief = tokenOf(member(ours, Role.SUPER_ADMIN));
        for (var organization : List.of(ours, theirs))
            assertThat(get("/api/v1/platform/organizations?name=" + people.nameOf(organization), bearer(chief))
                            .status())
                    .isEqualTo(200);
        assertThat(put("/api/v1/orgs/" + theirs + "/plan", "{\"plan\":\"free\"}", bearer(chief)))
                .isEqualTo(204);
        assertThat(get("/api/v1/orgs/" + theirs + "/plan", bearer(theirAdmin))
                        .json()
                        .get("plan")
                        .asString())
                .isEqualTo("free");
        assertThat(facts(theirs, "PlanChanged")).isEqualTo(1);
        assertThat(put("/api/v1/orgs/" + theirs + "/plan", "{\"plan\":\"free\"}", bearer(theirAdmin)))
                .isEqualTo(403);
        assertThat(get("/api/v1/platform/organizations", bearer(admin)).status())
                .isEqualTo(403);
        assertThat(get("/api/v1/orgs/" + theirs + "/plan", bearer(admin)).status())
                .isEqualTo(404);
    }

    @Test
    void organisationsAreFoundByPartOfTheirNameAndFollowEachOtherPageByPage() {
        var chief = tokenOf(member(ours, Role.SUPER_ADMIN));
        var mark = "Quill" + UUID.randomUUID();
        var made = new ArrayList<String>();
        for (var letter : List.of("a", "B", "c", "D", "e"))
            made.add(organization(letter + " " + mark).toString());
        var found = new ArrayList<String>();
        var path = "/api/v1/platform/organizations?limit=2&name=" + mark.toLowerCase(Locale.ROOT);
        var page = get(path, bearer(chief)).json();
        while (true) {
            assertThat(page.get("items").size()).isLessThanOrEqualTo(2);
            found.addAll(page.get("items").findValuesAsString("id"));
            if (page.get("next").isNull()) break;
            page = get(path + "&cursor=" + page.get("next").asString(), bearer(chief))
                    .json();
        }
        assertThat(found).containsExactlyElementsOf(made);
        assertThat(get("/api/v1/platform/organizations?cursor=x", bearer(chief)).status())
                .isEqualTo(400);
    }

    @Test
    void whoRunsTheHouseFindsTheAccountTheyAreAskedAboutByItsWholeAddress() {
        join(boss, theirs, theirAdmin);
        var chief = tokenOf(member(ours, Role.SUPER_ADMIN));
        var found = account(boss.email().toUpperCase(Locale.ROOT), chief);
        assertThat(found.status()).as(found.body()).isEqualTo(200);
        assertThat(found.json().get("member").asString())
                .isEqualTo(boss.member().toString());
        assertThat(found.json().get("disabled").asBoolean()).isFalse();
        assertThat(found.json().get("secondStep").asBoolean()).isFalse();
        assertThat(found.json().get("belongsTo").findValuesAsString("organization"))
                .containsExactly(ours.toString(), theirs.toString());
        assertThat(found.json().get("belongsTo").findValuesAsString("role")).containsExactly("org_admin", "employee");
        assertThat(found.body()).doesNotContain("Grace");
        assertThat(account("nobody@example.org", chief).status()).isEqualTo(404);
        assertThat(account("no address", chief).status()).isEqualTo(404);
        assertThat(account(boss.email(), admin).status())
                .as("nobody else asks who has an account")
                .isEqualTo(403);
    }

    private Answer account(String email, String token) {
        return post("/api/v1/platform/accounts", "{\"email\":\"" + email + "\"}", bearer(token));
    }

    @Test
    void whoAdministersIsToldWhatASmallerPlanWillEndAndNobodyElseIs() {
        var chief = tokenOf(member(ours, Role.SUPER_ADMIN));
        var their = member(theirs, Role.ORG_ADMIN);
        var colleague = member(theirs, Role.EMPLOYEE);
        put("/api/v1/orgs/" + theirs + "/plan", "{\"plan\":\"enterprise\"}", bearer(chief));
        assertThat(lettersTo(their.email()))
                .as("nothing ends because of a larger one")
                .isEmpty();
        var before = endOfTheGrace();
        put("/api/v1/orgs/" + theirs + "/plan", "{\"plan\":\"free\"}", bearer(chief));
        var letter = lettersTo(their.email()).getFirst();
        assertThat(letter.subject()).contains("keeps names for one month");
        assertThat(letter.text()).contains("plan Free", "/admin").containsAnyOf(before, endOfTheGrace());
        assertThat(lettersTo(colleague.email())).isEmpty();
    }

    private String endOfTheGrace() {
        return DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH)
                .format(clock.instant().plus(Plan.GRACE).atOffset(UTC));
    }

    @Test
    void ofManyWhoTakeTheLastPlaceOneGetsIt() throws Exception {
        on(Plan.PRO); // With room for all of them when they were invited.
        for (int i = 0; i < 3; i++) member(ours, Role.EMPLOYEE);
        var joins = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 4; i++) {
            var token = invited(ours, "late" + COUNT.incrementAndGet() + "@example.org", "employee", admin);
            joins.add(() -> post(
                            "/api/v1/auth/register",
                            "{\"invitation\":\"" + token + "\",\"name\":\"L\",\"password\":\"" + PASSWORD + "\"}",
                            from())
                    .status());
        }
        on(Plan.FREE);
        try (var threads = Executors.newFixedThreadPool(4)) {
            var statuses = new ArrayList<>(threads.invokeAll(joins).stream()
                    .map(each -> each.resultNow())
                    .toList());
            assertThat(Collections.frequency(statuses, 201)).as("%s", statuses).isEqualTo(1);
            assertThat(Collections.frequency(statuses, 402)).as("%s", statuses).isEqualTo(3);
        }
        assertThat(people.of(ours)).hasSize(5);
        var meters = get("/api/v1/orgs/" + ours + "/plan", bearer(admin)).json().get("meters");
        assertThat(meters.get(0).get("state").asString()).isEqualTo("full");
    }

    @Test
    void aSmallerPlanTakesNothingAway() {
        for (int i = 0; i < 3; i++)
            post(
                    "/api/v1/orgs/" + ours + "/service-accounts",
                    "{\"name\":\"a" + i + "\",\"authorities\":[\"monitor:read\"]}",
                    bearer(admin));
        for (int i = 0; i < 6; i++) member(ours, Role.EMPLOYEE);
        on(Plan.FREE);
        admin = tokenOf(boss);
        assertThat(people.of(ours)).hasSize(7);
        var meters = get("/api/v1/orgs/" + ours + "/plan", bearer(admin)).json().get("meters");
        assertThat(meters.findValuesAsString("state")).containsExactly("over", "over", "fine", "fine");
        var invitation = post(
                "/api/v1/orgs/" + ours + "/invitations",
                "{\"email\":\"one@example.org\",\"role\":\"employee\"}",
                bearer(admin));
        assertThat(invitation.status()).isEqualTo(402);
        assertThat(invitation.json().get("type").asString()).endsWith("beyond-the-plan");
        assertThat(post(
                                "/api/v1/orgs/" + ours + "/service-accounts",
                                "{\"name\":\"b\",\"authorities\":[\"monitor:read\"]}",
                                bearer(admin))
                        .status())
                .isEqualTo(402);
        assertThat(get("/api/v1/orgs/" + ours + "/service-accounts", bearer(admin))
                        .json()
                        .get("items")
                        .size())
                .isEqualTo(3);
    }

    @Test
    void playbooksRunOnBeyondThePlanAndItsAdministratorsHearOfItTwiceAMonth() {
        on(Plan.FREE);
        var midMonth = clock.instant().atOffset(UTC).withDayOfMonth(15).plusMonths(1);
        clock.turnOn(Duration.between(clock.instant(), midMonth.toInstant()));
        member(ours, Role.EMPLOYEE);
        assertThat(toldAfter(79)).isEmpty();
        assertThat(toldAfter(1)).containsExactly("Most of the plan's playbook runs of this month are used");
        assertThat(toldAfter(19)).as("once").isEmpty();
        assertThat(toldAfter(1)).containsExactly("The plan's playbook runs of this month are used up");
        assertThat(toldAfter(40)).as("once").isEmpty();
        var meter = runsMeter();
        assertThat(meter.get("used").asInt()).isEqualTo(140);
        assertThat(meter.get("limit").asInt()).isEqualTo(100);
        assertThat(meter.get("state").asString()).isEqualTo("over");
        assertThat(meter.get("refuses").asBoolean()).isFalse();

        clock.turnOn(Duration.ofDays(31));
        assertThat(runsMeter().get("used").asInt())
                .as("a month begins with none")
                .isZero();
        on(Plan.ENTERPRISE);
        for (int i = 0; i < 200; i++) runs.ran(ours, clock.instant());
        housekeeping.tellWhosePlanFills();
        assertThat(db.sql("select told from identity.runs_of_month where organization = ? order by month desc limit 1")
                        .param(ours.value())
                        .query(Integer.class)
                        .single())
                .as("no limit, no letter")
                .isZero();
    }

    private JsonNode runsMeter() {
        return get("/api/v1/orgs/" + ours + "/plan", bearer(tokenOf(boss)))
                .json()
                .get("meters")
                .get(3);
    }

    private List<String> toldAfter(int more) {
        var before = lettersTo(boss.email()).size();
        for (int i = 0; i < more; i++) runs.ran(ours, clock.instant());
        housekeeping.tellWhosePlanFills();
        housekeeping.tellWhosePlanFills();
        var letters = lettersTo(boss.email());
        return letters.subList(0, letters.size() - before).stream()
                .map(letter -> letter.subject().replace("Velvet Astro: ", ""))
                .toList();
    }

    private void on(Plan plan) {
        db.sql("update identity.organization set plan = ? where id = ?")
                .params(plan.name(), ours.value())
                .update();
    }

    private void join(Person person, TenantId organization, String by) {
        var token = invited(organization, person.email(), "employee", by);
        assertThat(post("/api/v1/auth/invitations", invitation(token), bearer(tokenOf(person)))
                        .status())
                .isEqualTo(201);
    }

    private String switched(String token, TenantId organization) {
        return switchedPair(token, organization).get("accessToken").asString();
    }

    private JsonNode switchedPair(String token, TenantId organization) {
        return post("/api/v1/auth/switch", "{\"organization\":\"" + organization + "\"}", bearer(token))
                .json();
    }

    private Answer refresh(JsonNode pair) {
        return post(
                "/api/v1/auth/refresh",
                "{\"refreshToken\":\"" + pair.get("refreshToken").asString() + "\"}");
    }

    private int sessionsOf(Person person) {
        return db.sql("select count(*) from identity.session where member = ?")
                .param(person.member().value())
                .query(Integer.class)
                .single();
    }

    private String invited(TenantId organization, String email, String role, String by) {
        var made = post(
                "/api/v1/orgs/" + organization + "/invitations",
                "{\"email\":\"" + email + "\",\"role\":\"" + role + "\"}",
                bearer(by));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json().get("token").asString();
    }

    private static String invitation(String token) {
        return "{\"invitation\":\"" + token + "\"}";
    }

    private int put(String path, String body, String... headers) {
        return send("PUT", path, body, headers).status();
    }

    private static String[] from() {
        return new String[] {"X-Forwarded-For", "2001:db8:d:" + Integer.toHexString(COUNT.incrementAndGet()) + "::1"};
    }
}
