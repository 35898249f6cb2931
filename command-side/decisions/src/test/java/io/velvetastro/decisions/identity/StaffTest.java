package io.velvetastro.decisions.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.MemberId;
import io.velvetastro.language.Plan;
import io.velvetastro.language.Role;
import io.velvetastro.language.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** People join, become something else, and go; one administrator always stays. */
class StaffTest extends Door {
    private static final AtomicInteger COUNT = new AtomicInteger();

    @Autowired
    Housekeeping housekeeping;

    private TenantId ours;
    private Person boss;
    private String admin;
    private Person grace;

    @BeforeEach
    void anOrganisation() {
        ours = organization("Ours");
        boss = member(ours, Role.ORG_ADMIN);
        admin = tokenOf(boss);
        grace = member(ours, Role.EMPLOYEE);
    }

    @Test
    void whoIsInvitedJoinsWithTheirOwnPasswordAndTheRoleThatWasMeant() {
        var email = email();
        var token = token(email, "it_security");
        assertThat(join(token).status()).isEqualTo(201);
        var signedIn = login(email, PASSWORD, from());
        assertThat(signedIn.status()).isEqualTo(200);
        var me =
                get("/api/v1/auth/me", bearer(signedIn.json().get("accessToken").asString()));
        assertThat(me.json().get("role").asString()).isEqualTo("it_security");
        assertThat(me.json().get("organization").get("id").asString()).isEqualTo(ours.toString());
        assertThat(facts(ours, "MemberInvited")).isEqualTo(1);
        assertThat(facts(ours, "MemberJoined")).isEqualTo(1);
    }

    @Test
    void whoReadsTheMailboxTakesTheAccountBackFromWhoMadeItInTheirName() {
        var victim = email();
        join(token(victim, "employee")); // The link was passed on by hand, and somebody else took it.
        var eve = people.by(new Email(victim)).orElseThrow().member();
        leaveASecondFactorIn(eve);
        reset(victim);
        assertThat(login(victim, "another horse entirely 7", from()).status()).isEqualTo(200);
        leaveASecondFactorIn(eve);
        reset(victim);
        assertThat(login(victim, "another horse entirely 7", from()).status())
                .as("whose mailbox it is has been proved: now a mailbox alone is not enough")
                .isEqualTo(401);
    }

    private void leaveASecondFactorIn(MemberId member) {
        db.sql("delete from identity.totp where member = ?")
                .param(member.value())
                .update();
        db.sql("insert into identity.totp (member, secret, begun_at, confirmed_at) values (?, ?, now(), now())")
                .params(member.value(), new byte[60])
                .update();
    }

    private void reset(String email) {
        post("/api/v1/auth/password/forgot", "{\"email\":\"" + email + "\"}", from());
        var reset = "{\"token\":\"" + linkIn(email) + "\",\"password\":\"another horse entirely 7\"}";
        assertThat(post("/api/v1/auth/password/reset", reset, from()).status()).isEqualTo(204);
    }

    @Test
    void nobodysMailboxIsFilledWithInvitations() {
        var email = email();
        for (int i = 0; i < 3; i++)
            assertThat(invite(email, "employee", admin).status()).isEqualTo(201);
        var fourth = invite(email, "employee", admin);
        assertThat(fourth.status()).isEqualTo(429);
        assertThat(fourth.header("Retry-After")).isNotEmpty();
    }

    @Test
    void ofFewAddressesADayItIsToldThatTheyHaveAnAccountAndThenOfNoneEitherWay() {
        var elsewhere = organization("Elsewhere");
        for (int i = 0; i < 5; i++) {
            var known = token(member(elsewhere, Role.EMPLOYEE).email(), "employee");
            assertThat(join(known).status()).isEqualTo(409);
            if (i == 0)
                assertThat(join(known).status())
                        .as("the same one tells nothing more")
                        .isEqualTo(409);
        }
        var sixth = member(elsewhere, Role.EMPLOYEE);
        var hasOne = token(sixth.email(), "employee");
        var hasNone = token(email(), "employee");
        var refused = join(hasOne);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(join(hasNone).body()).isEqualTo(refused.body());
        assertThat(post("/api/v1/auth/invitations", "{\"invitation\":\"" + hasOne + "\"}", bearer(tokenOf(sixth)))
                        .status())
                .as("with the account they have")
                .isEqualTo(201);
        clock.turnOn(Duration.ofDays(1));
        assertThat(join(hasNone).status()).isEqualTo(201);
    }

    @Test
    void whoIsInvitedTakesUpRoomInThePlan() {
        var free = new TenantId(UUID.randomUUID());
        people.found(free, "Small", Plan.FREE);
        var alone = tokenOf(member(free, Role.ORG_ADMIN));
        for (int i = 0; i < 4; i++)
            assertThat(inviteTo(free, email(), alone).status()).isEqualTo(201);
        assertThat(inviteTo(free, email(), alone).status()).isEqualTo(402);
    }

    private Answer inviteTo(TenantId organization, String email, String as) {
        return post(
                "/api/v1/orgs/" + organization + "/invitations",
                "{\"email\":\"" + email + "\",\"role\":\"employee\"}",
                bearer(as));
    }

    @Test
    void anInvitationIsForOnePersonOnce() throws Exception {
        var token = token(email(), "employee");
        Callable<Integer> join = () -> join(token).status();
        try (var threads = Executors.newFixedThreadPool(3)) {
            assertThat(threads.invokeAll(List.of(join, join, join)).stream()
                            .map(each -> each.resultNow())
                            .sorted())
                    .containsExactly(201, 404, 404);
        }
    }

    @Test
    void anInvitationGrowsOldIsWithdrawnAndIsReplaced() {
        var old = token(email(), "employee");
        clock.turnOn(Duration.ofDays(7));
        assertThat(join(old).status()).isEqualTo(404);
        admin = tokenOf(boss); // A token lives ten minutes.
        var email = email();
        var first = token(email, "employee");
        var second = invite(email, "employee", admin);
        assertThat(join(first).status()).isEqualTo(404);
        var listed = get(path("/invitations"), bearer(admin));
        assertThat(listed.json().get("items").size()).isEqualTo(1);
        assertThat(listed.body()).doesNotContain(second.json().get("token").asString());
        var id = second.json().get("id").asString();
        assertThat(delete(path("/invitations/" + id), bearer(admin)).status()).isEqualTo(204);
        assertThat(join(second.json().get("token").asString()).status()).isEqualTo(404);
        assertThat(delete(path("/invitations/" + id), bearer(admin)).status()).isEqualTo(404);
    }

    @Test
    void whoMayNotInviteAnyMoreHasInvitedNobody() {
        var demoted = member(ours, Role.ORG_ADMIN);
        var removed = member(ours, Role.ORG_ADMIN);
        var one = invite(email(), "org_admin", tokenOf(demoted));
        var other = invite(email(), "employee", tokenOf(removed));
        var mine = token(email(), "employee");
        assertThat(give(demoted.member(), "it_security", admin)).isEqualTo(204);
        assertThat(remove(removed.member(), admin)).isEqualTo(204);
        assertThat(join(one.json().get("token").asString()).status()).isEqualTo(404);
        assertThat(join(other.json().get("token").asString()).status()).isEqualTo(404);
        assertThat(facts(ours, "InvitationWithdrawn")).isEqualTo(2);
        assertThat(join(mine).status()).as("nobody else's").isEqualTo(201);
    }

    @Test
    void whoWasInvitedLongAgoIsForgotten() {
        invite(email(), "employee", admin);
        clock.turnOn(Duration.ofDays(13));
        housekeeping.sweep();
        assertThat(invitations()).isEqualTo(1);
        clock.turnOn(Duration.ofDays(2));
        housekeeping.sweep();
        assertThat(invitations()).isZero();
    }

    private int invitations() {
        return db.sql("select count(*) from identity.invitation where organization = ?")
                .param(ours.value())
                .query(Integer.class)
                .single();
    }

    @Test
    void aPasswordThatCanBeGuessedWillNotDo() {
        var answer = post(
                "/api/v1/auth/register",
                "{\"invitation\":\"" + token(email(), "employee")
                        + "\",\"name\":\"Eve\",\"password\":\"password1234\"}",
                from());
        assertThat(answer.json().get("errors").findValuesAsString("field")).containsExactly("password");
    }

    @Test
    void aNewRoleCountsAtTheNextRequest() {
        var token = tokenOf(grace);
        assertThat(give(grace.member(), "it_security", admin)).isEqualTo(204);
        assertThat(get("/api/v1/auth/me", bearer(token)).json().get("role").asString())
                .isEqualTo("it_security");
        assertThat(give(grace.member(), "it_security", admin)).isEqualTo(204);
        assertThat(facts(ours, "RoleGiven")).isEqualTo(1);
    }

    @Test
    void whoIsRemovedIsOutAtOnceAndStaysOut() {
        var token = tokenOf(grace);
        assertThat(remove(grace.member(), admin)).isEqualTo(204);
        assertThat(get("/api/v1/auth/me", bearer(token)).status()).isEqualTo(401);
        assertThat(login(grace.email(), PASSWORD, from()).status()).isEqualTo(401);
        assertThat(remove(grace.member(), admin)).isEqualTo(404);
        assertThat(facts(ours, "MemberRemoved")).isEqualTo(1);
    }

    @Test
    void onlyMailboxesOfTheNamedDomainsAreInvited() {
        var elsewhere = invite("kim@elsewhere.example", "employee", admin);
        assertThat(elsewhere.status()).isEqualTo(201);
        assertThat(inviteOnly("\"Acme.Example\"").status()).isEqualTo(204);
        assertThat(join(elsewhere.json().get("token").asString()).status())
                .as("it was withdrawn")
                .isNotEqualTo(201);
        assertThat(invite("kim@elsewhere.example", "employee", admin).status()).isEqualTo(409);
        assertThat(invite("kim@sub.acme.example", "employee", admin).status()).isEqualTo(409);
        assertThat(invite("kim@acme.example", "employee", admin).status()).isEqualTo(201);
        assertThat(get(path("/invitation-domains"), bearer(admin))
                        .json()
                        .get("domains")
                        .get(0)
                        .asString())
                .isEqualTo("acme.example");
        assertThat(inviteOnly("").status()).isEqualTo(204);
        assertThat(invite("lee@elsewhere.example", "employee", admin).status()).isEqualTo(201);
        assertThat(facts(ours, "InvitationDomainsSet")).isEqualTo(2);
    }

    @Test
    void noInvitationOfAnotherDomainStaysOpenHoweverManyThereAre() {
        var first = invite("kim@elsewhere.example", "employee", admin).json();
        db.sql("""
                insert into identity.invitation (id, hash, organization, email, email_key, role, invited_by, invited_at, expires_at)
                select gen_random_uuid(), sha256(convert_to(organization::text || n, 'UTF8')), organization, n || '@acme.example', n || '@acme.example', role,
                       invited_by, invited_at + interval '1 second', expires_at + interval '1 second'
                from identity.invitation, generate_series(1, 201) n where organization = ?""").param(ours.value()).update();
        assertThat(inviteOnly("\"acme.example\"").status()).isEqualTo(204);
        assertThat(join(first.get("token").asString()).status()).isEqualTo(404);
        assertThat(facts(ours, "InvitationWithdrawn")).isEqualTo(1);
    }

    @Test
    void whatIsNoDomainIsSaidByName() {
        assertThat(inviteOnly("\"a@b.example\"").json().get("errors").findValuesAsString("field"))
                .containsExactly("domains");
    }

    private Answer inviteOnly(String domains) {
        return send("PUT", path("/invitation-domains"), "{\"domains\":[" + domains + "]}", bearer(admin));
    }

    @Test
    void whoIsDisabledIsOutAtOnceAndComesBackAsTheyWereOnceEnabled() {
        var token = tokenOf(grace);
        assertThat(disable(grace, true, admin)).isEqualTo(204);
        assertThat(get("/api/v1/auth/me", bearer(token)).status()).isEqualTo(401);
        assertThat(login(grace.email(), PASSWORD, from()).status()).isEqualTo(401);
        assertThat(disable(grace, true, admin)).as("once more changes nothing").isEqualTo(204);
        var listed =
                get("/api/v1/orgs/" + ours + "/members", bearer(admin)).json().get("items");
        assertThat(listed).hasSize(2);
        assertThat(listed.get(1).get("disabled").asBoolean()).isTrue();

        assertThat(disable(grace, false, admin)).isEqualTo(204);
        assertThat(get("/api/v1/auth/me", bearer(token)).status())
                .as("what had ended stays ended")
                .isEqualTo(401);
        assertThat(login(grace.email(), PASSWORD, from()).status()).isEqualTo(200);
        assertThat(facts(ours, "MemberDisabled")).isEqualTo(1);
        assertThat(facts(ours, "MemberEnabled")).isEqualTo(1);
    }

    @Test
    void nobodyDisablesThemselvesOrWhoHasMoreOrBelongsElsewhereToo() {
        assertThat(disable(boss, true, admin)).isEqualTo(409);
        var chief = member(ours, Role.SUPER_ADMIN);
        assertThat(disable(chief, true, admin)).isEqualTo(403);
        people.join(organization("Elsewhere"), grace.member(), Role.EMPLOYEE);
        assertThat(disable(grace, true, admin)).isEqualTo(403);
        assertThat(disable(grace, true, tokenOf(chief)))
                .as("whoever runs the house may")
                .isEqualTo(204);
        assertThat(disable(member(organization("Foreign"), Role.EMPLOYEE), true, admin))
                .isEqualTo(404);
    }

    @Test
    void whoIsDisabledTakesUpNoPlaceAndIsEnabledOnlyWhereThereIsOne() {
        assertThat(disable(grace, true, admin)).isEqualTo(204);
        db.sql("update identity.organization set plan = 'FREE' where id = ?")
                .param(ours.value())
                .update();
        while (people.of(ours).size() < Plan.FREE.members()) member(ours, Role.EMPLOYEE);
        assertThat(disable(grace, false, admin)).isEqualTo(402);
    }

    private int disable(Person who, boolean disabled, String token) {
        return disableIn(ours, who, disabled, token).status();
    }

    private Answer disableIn(TenantId organization, Person who, boolean disabled, String token) {
        var path = "/api/v1/orgs/" + organization + "/members/" + who.member() + "/disabled";
        return send("PUT", path, "{\"disabled\":" + disabled + "}", bearer(token));
    }

    @Test
    void theOnlyAdministratorWhoLostTheirSecondStepIsHelpedByWhoRunsTheHouse() {
        var theirs = organization("Theirs");
        var alone = member(theirs, Role.ORG_ADMIN);
        leaveASecondFactorIn(alone.member());
        var chief = member(ours, Role.SUPER_ADMIN);
        assertThat(login(alone.email(), PASSWORD, from()).status()).isEqualTo(401);
        assertThat(resetIn(theirs, alone, admin)).as("nobody else of another").isEqualTo(404);
        assertThat(resetIn(theirs, grace, tokenOf(chief)))
                .as("who does not belong there")
                .isEqualTo(404);
        assertThat(resetIn(new TenantId(UUID.randomUUID()), alone, tokenOf(chief)))
                .isEqualTo(404);
        assertThat(resetIn(theirs, alone, tokenOf(chief))).isEqualTo(204);
        assertThat(login(alone.email(), PASSWORD, from()).status()).isEqualTo(200);
        assertThat(facts(theirs, "SecondFactorReset")).isEqualTo(1);
        assertThat(says(theirs, "SecondFactorReset"))
                .as("their own record says who it was")
                .contains(chief.member().toString());
        assertThat(facts(ours, "SecondFactorReset")).isZero();
    }

    private int resetIn(TenantId organization, Person who, String token) {
        return delete("/api/v1/orgs/" + organization + "/members/" + who.member() + "/second-step", bearer(token))
                .status();
    }

    private String says(TenantId tenant, String type) {
        return db.sql(
                        "select convert_from(payload, 'UTF8') from store.decisions where payloadType like ? and convert_from(metaData, 'UTF8') like ?")
                .params("%" + type, "%" + tenant + "%")
                .query(String.class)
                .single();
    }

    @Test
    void anAccountOfTwoCustomersIsClosedAndOpenedByWhoRunsTheHouseAndByNeitherOfThem() {
        var theirs = organization("Theirs");
        var theirBoss = tokenOf(member(theirs, Role.ORG_ADMIN));
        people.join(theirs, grace.member(), Role.EMPLOYEE);
        var chief = member(organization("House"), Role.SUPER_ADMIN);
        var session = tokenOf(grace);
        assertThat(disable(grace, true, admin)).isEqualTo(403);
        assertThat(disableIn(theirs, grace, true, theirBoss).status()).isEqualTo(403);
        var stale = tokenOf(chief);
        db.sql("update identity.session set proved_at = null where member = ?")
                .param(chief.member().value())
                .update();
        assertThat(disableIn(theirs, grace, true, stale).status())
                .as("a stolen token of who runs the house closes nobody's account elsewhere")
                .isEqualTo(401);
        assertThat(get("/api/v1/auth/me", bearer(session)).status()).isEqualTo(200);
        assertThat(disableIn(theirs, grace, true, tokenOf(chief)).status()).isEqualTo(204);
        assertThat(get("/api/v1/auth/me", bearer(session)).status()).isEqualTo(401);
        assertThat(login(grace.email(), PASSWORD, from()).status()).isEqualTo(401);
        for (var organization : List.of(ours, theirs))
            assertThat(says(organization, "MemberDisabled"))
                    .as("each of them finds it in its record")
                    .contains(chief.member().toString());
        assertThat(disable(grace, false, tokenOf(chief)))
                .as("whichever of them it is asked in")
                .isEqualTo(204);
        assertThat(login(grace.email(), PASSWORD, from()).status()).isEqualTo(200);
        assertThat(facts(theirs, "MemberEnabled")).isEqualTo(1);
    }

    @Test
    void nobodyIsDisabledWhoAloneAdministersAnotherOrganisation() {
        var chief = tokenOf(member(ours, Role.SUPER_ADMIN));
        var beta = organization("Beta");
        people.join(beta, grace.member(), Role.ORG_ADMIN);
        var refused = disableIn(ours, grace, true, chief);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body()).contains("Beta");
        assertThat(login(grace.email(), PASSWORD, from()).status()).isEqualTo(200);
        member(beta, Role.ORG_ADMIN);
        assertThat(disableIn(ours, grace, true, chief).status()).isEqualTo(204);
    }

    @Test
    void whoIsDisabledAndThenRemovedIsInvitedAgainLikeAnybody() {
        assertThat(disable(grace, true, admin)).isEqualTo(204);
        assertThat(remove(grace.member(), admin)).isEqualTo(204);
        var token = token(grace.email(), "employee");
        var joined = join(token);
        assertThat(joined.status()).as(joined.body()).isEqualTo(201);
        assertThat(login(grace.email(), PASSWORD, from()).status()).isEqualTo(200);
    }

    @Test
    void theLastAdministratorStays() {
        assertThat(remove(boss.member(), admin)).isEqualTo(409);
        assertThat(give(boss.member(), "employee", admin)).isEqualTo(409);
        assertThat(get("/api/v1/auth/me", bearer(admin)).json().get("role").asString())
                .isEqualTo("org_admin");
    }

    @Test
    void ofTwoAdministratorsWhoRemoveEachOtherAtOnceOneStays() throws Exception {
        var other = member(ours, Role.ORG_ADMIN);
        var others = tokenOf(other);
        Callable<Integer> one = () -> remove(other.member(), admin);
        Callable<Integer> two = () -> remove(boss.member(), others);
        try (var threads = Executors.newFixedThreadPool(2)) {
            threads.invokeAll(List.of(one, two));
        }
        assertThat(people.of(ours).stream().filter(it -> it.role() == Role.ORG_ADMIN))
                .hasSize(1);
    }

    @Test
    void theLastWhoRunsTheHouseGoesOnToRunIt() {
        nobodyRunsTheHouse();
        var owner = member(ours, Role.SUPER_ADMIN);
        var locked = member(ours, Role.SUPER_ADMIN);
        people.disable(locked.member());
        var owners = tokenOf(owner);
        assertThat(give(owner.member(), "org_admin", owners)).isEqualTo(409);
        assertThat(remove(owner.member(), owners)).isEqualTo(409);
        assertThat(get("/api/v1/platform/organizations", bearer(owners)).status())
                .isEqualTo(200);
        member(organization("Theirs"), Role.SUPER_ADMIN);
        assertThat(give(owner.member(), "org_admin", owners))
                .as("another one does, wherever they belong")
                .isEqualTo(204);
    }

    @Test
    void ofTwoInTwoOrganisationsWhoStopRunningTheHouseAtOnceOneStays() throws Exception {
        nobodyRunsTheHouse();
        var theirs = organization("Theirs");
        member(theirs, Role.ORG_ADMIN);
        var stops = Stream.of(ours, theirs)
                .map(it -> member(it, Role.SUPER_ADMIN))
                .map(it -> (Callable<Integer>) () -> patch(
                                "/api/v1/orgs/" + it.organization() + "/members/" + it.member(),
                                "{\"role\":\"org_admin\"}",
                                bearer(tokenOf(it)))
                        .status())
                .toList();
        try (var threads = Executors.newFixedThreadPool(2)) {
            assertThat(threads.invokeAll(stops).stream().map(each -> each.resultNow()))
                    .containsExactlyInAnyOrder(204, 409);
        }
    }

    /** Whoever the other tests of this house have left. */
    private void nobodyRunsTheHouse() {
        db.sql("update identity.membership set role = 'ORG_ADMIN' where role = 'SUPER_ADMIN'")
                .update();
    }

    @Test
    void nobodyGivesMoreThanTheyHaveOrTouchesWhoHasMore() {
        var owner = member(ours, Role.SUPER_ADMIN);
        assertThat(give(grace.member(), "super_admin", admin)).isEqualTo(403);
        assertThat(invite(email(), "super_admin", admin).status()).isEqualTo(403);
        assertThat(give(owner.member(), "employee", admin)).isEqualTo(403);
        assertThat(remove(owner.member(), admin)).isEqualTo(403);
        assertThat(give(grace.member(), "super_admin", tokenOf(owner))).isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource({"IT_SECURITY", "EMPLOYEE"})
    void whoDoesNotAdministerMayNot(Role role) {
        var token = tokenOf(member(ours, role));
        assertThat(get(path("/members"), bearer(token)).status()).isEqualTo(403);
        assertThat(invite(email(), "employee", token).status()).isEqualTo(403);
        assertThat(remove(grace.member(), token)).isEqualTo(403);
        assertThat(give(grace.member(), "it_security", token)).isEqualTo(403);
    }

    @Test
    void anotherOrganisationFindsNobody() {
        var home = organization("Theirs");
        var stranger = tokenOf(member(home, Role.SUPER_ADMIN));
        assertThat(get(path("/members"), bearer(stranger)).status()).isEqualTo(404);
        assertThat(get(path("/invitations"), bearer(stranger)).status()).isEqualTo(404);
        assertThat(remove(grace.member(), stranger)).isEqualTo(404);
        assertThat(delete("/api/v1/orgs/" + home + "/members/" + grace.member(), bearer(stranger))
                        .status())
                .isEqualTo(404);
        assertThat(get(path("/members"), bearer(admin)).body()).contains(grace.email());
    }

    @ParameterizedTest
    @CsvSource({"service", "owner", "EMPLOYEE"})
    void aRoleThatIsNoneIsRefusedByName(String role) {
        var answer = invite(email(), role, admin);
        assertThat(answer.json().get("errors").findValuesAsString("field")).containsExactly("role");
    }

    @Test
    void noEmailAndNoTokenIsInTheRecord() {
        var email = email();
        var token = token(email, "employee");
        join(token);
        var everything = String.join(
                "\n",
                db.sql(
                                "select convert_from(payload, 'UTF8') || convert_from(metaData, 'UTF8') from store.decisions union all select row_to_json(i)::text from identity.invitation i where email <> ?")
                        .param(email)
                        .query(String.class)
                        .list());
        assertThat(everything).isNotEmpty().doesNotContain(email).doesNotContain(token);
    }

    private String token(String email, String role) {
        var made = invite(email, role, admin);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.header("Cache-Control")).contains("no-store");
        return made.json().get("token").asString();
    }

    private Answer invite(String email, String role, String as) {
        return post(path("/invitations"), "{\"email\":\"" + email + "\",\"role\":\"" + role + "\"}", bearer(as));
    }

    private Answer join(String token) {
        return post(
                "/api/v1/auth/register",
                "{\"invitation\":\"" + token + "\",\"name\":\"Joan\",\"password\":\"" + PASSWORD + "\"}",
                from());
    }

    private int give(MemberId member, String role, String as) {
        return patch(path("/members/" + member), "{\"role\":\"" + role + "\"}", bearer(as))
                .status();
    }

    private int remove(MemberId member, String as) {
        return delete(path("/members/" + member), bearer(as)).status();
    }

    private String path(String rest) {
        return "/api/v1/orgs/" + ours + rest;
    }

    private static String email() {
        return "joan" + UUID.randomUUID() + "@example.org";
    }

    private static String[] from() {
        return new String[] {"X-Forwarded-For", "2001:db8:1:" + Integer.toHexString(COUNT.incrementAndGet()) + "::1"};
    }
}
