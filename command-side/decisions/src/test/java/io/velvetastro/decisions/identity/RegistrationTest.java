package io.velvetastro.decisions.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.language.Role;
import io.velvetastro.language.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.ErrorResponseException;

/** Strangers get an organisation of their own through their mailbox, and nobody else's. */
class RegistrationTest extends Door {
    private static final AtomicInteger COUNT = new AtomicInteger();

    @Autowired
    Staff staff;

    @Autowired
    Newcomers newcomers;

    @Autowired
    Links links;

    @Autowired
    PasswordRules rules;

    @Autowired
    GuessingBrake brake;

    @Test
    void whoRegistersAndReadsTheLetterFoundsAnOrganisationAndRunsIt() {
        var email = email();
        assertThat(register(email).status()).isEqualTo(202);
        assertThat(login(email, PASSWORD, from()).status()).isEqualTo(401);
        assertThat(verify(linkIn(email), PASSWORD).status()).isEqualTo(201);
        var me = get(
                "/api/v1/auth/me",
                bearer(login(email, PASSWORD, from()).json().get("accessToken").asString()));
        assertThat(me.json().get("role").asString()).isEqualTo("org_admin");
        assertThat(me.json().get("organization").get("plan").asString()).isEqualTo("free");
        assertThat(me.json().get("organization").get("name").asString()).isEqualTo("Lovelace & Sons");
        var organization = TenantId.of(me.json().get("organization").get("id").asString());
        assertThat(facts(organization, "OrganizationFounded")).isEqualTo(1);
    }

    @Test
    void whoHasAnAccountIsAnsweredTheSameAndToldSoByLetter() {
        var known = member(organization("Acme"), Role.EMPLOYEE);
        var stranger = email();
        var one = register(known.email());
        var other = register(stranger);
        assertThat(one.status()).isEqualTo(other.status()).isEqualTo(202);
        assertThat(one.body()).isEqualTo(other.body()).isEmpty();
        assertThat(lettersTo(known.email()).getFirst().subject()).contains("account already");
        assertThat(lettersTo(known.email()).getFirst().text()).doesNotContain("#");
        assertThat(lettersTo(stranger).getFirst().subject()).contains("Confirm");
    }

    @Test
    void thePasswordIsChosenByWhoReadsTheLetter() {
        var early = post(
                "/api/v1/auth/register",
                "{\"email\":\"%s\",\"name\":\"Eve\",\"organization\":\"Eve\",\"password\":\"%s\"}"
                        .formatted(email(), PASSWORD),
                from());
        assertThat(early.status()).isEqualTo(400);
        assertThat(early.json().get("errors").findValuesAsString("field")).containsExactly("password");
    }

    @Test
    void aLinkIsGoodOnceHoweverManyFollowItAtOnce() throws Exception {
        var email = email();
        register(email);
        var link = linkIn(email);
        Callable<Integer> follow = () -> verify(link, PASSWORD).status();
        try (var threads = Executors.newFixedThreadPool(3)) {
            assertThat(threads.invokeAll(List.of(follow, follow, follow)).stream()
                            .map(each -> each.resultNow())
                            .sorted())
                    .containsExactly(201, 404, 404);
        }
    }

    @Test
    void aLinkGrowsOldAndOpensNothingItIsNotFor() {
        var email = email();
        register(email);
        var link = linkIn(email);
        assertThat(reset(link, PASSWORD).status()).isEqualTo(404);
        clock.turnOn(Duration.ofHours(24));
        assertThat(verify(link, PASSWORD).status()).isEqualTo(404);
    }

    @Test
    void twoWhoRegisterOneAddressMakeOneAccount() {
        var email = email();
        register(email);
        var first = linkIn(email);
        register(email);
        var second = linkIn(email);
        assertThat(second).isNotEqualTo(first);
        assertThat(verify(first, PASSWORD).status()).isEqualTo(201);
        assertThat(verify(second, PASSWORD).status()).isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource({
        "password1234,too easy",
        "short pass,12 characters",
        "lovelacelovelace,too easy",
        "velvetastro2026,too easy",
        "ada.lovelace.1815,too easy"
    })
    void aPasswordThatCanBeGuessedWillNotDo(String password, String why) {
        var email = email();
        register(email);
        var answer = verify(linkIn(email), password);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("errors").get(0).get("detail").asString()).contains(why);
    }

    @ParameterizedTest
    @CsvSource({"http://evil.example/,Ada", "Acme,see www.evil.example", "Win at evil.example,Ada"})
    void nobodysNameIsALink(String organization, String name) {
        assertThat(post(
                                "/api/v1/auth/register",
                                "{\"email\":\"%s\",\"name\":\"%s\",\"organization\":\"%s\"}"
                                        .formatted(email(), name, organization),
                                from())
                        .status())
                .isEqualTo(400);
    }

    @Test
    void whoBelongsNowhereAnyMoreRegistersAndNothingOldOpensTheAccount() {
        var grace = member(organization("Acme"), Role.EMPLOYEE);
        people.disable(grace.member());
        people.remove(grace.member(), grace.organization());
        register(grace.email());
        var verified = verify(linkIn(grace.email()), "another horse entirely 7");
        assertThat(verified.status()).as(verified.body()).isEqualTo(201);
        assertThat(login(grace.email(), PASSWORD, from()).status()).isEqualTo(401);
        assertThat(login(grace.email(), "another horse entirely 7", from()).status())
                .isEqualTo(200);
    }

    @Test
    void whoHasMadeAFreeOrganisationAndLeftItRegistersNoOther() {
        var email = email();
        register(email);
        verify(linkIn(email), PASSWORD);
        var known = people.by(new Email(email)).orElseThrow();
        people.remove(known.member(), known.organization());
        register(email);
        var again = verify(linkIn(email), PASSWORD);
        assertThat(again.status()).isEqualTo(402);
        assertThat(again.json().get("type").asString()).endsWith("/beyond-the-plan");
    }

    @Test
    void aLetterThatWasAskedForBeforeOpensNoAccountThatWasDisabledSince() {
        var grace = member(organization("Acme"), Role.EMPLOYEE);
        forgot(grace.email());
        var link = linkIn(grace.email());
        people.disable(grace.member());
        assertThat(reset(link, "another horse entirely 7").status()).isEqualTo(404);
        people.enable(grace.member());
        assertThat(login(grace.email(), PASSWORD, from()).status())
                .as("they sign in with what they had")
                .isEqualTo(200);
        assertThat(facts(grace.organization(), "PasswordChanged")).isZero();
    }

    @Test
    void nobodysMailboxIsFilled() {
        var email = email();
        for (int i = 0; i < 6; i++) assertThat(register(email).status()).isEqualTo(202);
        assertThat(lettersTo(email)).hasSize(3);
        clock.turnOn(Duration.ofHours(1));
        register(email);
        assertThat(lettersTo(email)).hasSize(4);
    }

    /** Ten people, one address: whoever holds a link guesses nothing. */
    @Test
    void aWholeOfficeReadsItsLettersAtOnce() {
        var office = new String[] {"X-Forwarded-For", "203.0.113.19"};
        for (int i = 0; i < 10; i++) {
            var email = email();
            assertThat(post("/api/v1/auth/password/forgot", "{\"email\":\"" + email + "\"}", office)
                            .status())
                    .isEqualTo(202);
            register(email);
            assertThat(post(
                                    "/api/v1/auth/verify",
                                    "{\"token\":\"%s\",\"password\":\"%s\"}".formatted(linkIn(email), PASSWORD),
                                    office)
                            .status())
                    .isEqualTo(201);
        }
    }

    @Test
    void whoAsksForManyLettersWaits() {
        var last = 0;
        for (int i = 0; i < 25 && last != 429; i++)
            last = post(
                            "/api/v1/auth/password/forgot",
                            "{\"email\":\"" + email() + "\"}",
                            "X-Forwarded-For",
                            "203.0.113.9")
                    .status();
        assertThat(last).isEqualTo(429);
    }

    @Test
    void aClosedHouseTakesNobodyWithoutAnInvitation() {
        var closed = new JoinDoor(staff, errands, newcomers, links, rules, passwords, brake, false);
        assertThatThrownBy(() -> closed.register(
                        new JoinDoor.Newcomer(null, "Ada", null, email(), "Acme"), new MockHttpServletRequest()))
                .isInstanceOfSatisfying(
                        ErrorResponseException.class,
                        refused -> assertThat(String.valueOf(refused.getBody().getType()))
                                .endsWith("registration-closed"));
    }

    @Test
    void aNewPasswordEndsEverySessionAndTheSecondStepStays() {
        var grace = member(organization("Acme"), Role.EMPLOYEE);
        var session = tokenOf(grace);
        assertThat(forgot(grace.email()).status()).isEqualTo(202);
        var link = linkIn(grace.email());
        assertThat(reset(link, "another horse entirely 7").status()).isEqualTo(204);
        assertThat(get("/api/v1/auth/me", bearer(session)).status()).isEqualTo(401);
        assertThat(login(grace.email(), PASSWORD, from()).status()).isEqualTo(401);
        assertThat(login(grace.email(), "another horse entirely 7", from()).status())
                .isEqualTo(200);
        assertThat(reset(link, "a third horse entirely 8").status()).isEqualTo(404);
        assertThat(lettersTo(grace.email()).getFirst().subject()).contains("was changed");
        assertThat(facts(grace.organization(), "PasswordChanged")).isEqualTo(1);
    }

    @Test
    void theNewestPasswordLinkIsTheLastOneThatWorks() {
        var grace = member(organization("Acme"), Role.EMPLOYEE);
        forgot(grace.email());
        var first = linkIn(grace.email());
        forgot(grace.email());
        var second = linkIn(grace.email());
        assertThat(reset(second, "another horse entirely 7").status()).isEqualTo(204);
        assertThat(reset(first, "a third horse entirely 8").status()).isEqualTo(404);
    }

    @Test
    void whoAsksForLettersInSomebodysNameDoesNotKeepThemFromTheirOwn() {
        var grace = member(organization("Acme"), Role.EMPLOYEE);
        for (int i = 0; i < 3; i++) forgot(grace.email());
        var link = linkIn(grace.email());
        clock.turnOn(Duration.ofMinutes(55));
        forgot(grace.email());
        assertThat(lettersTo(grace.email())).as("no more of them").hasSize(3);
        assertThat(reset(link, "another horse entirely 7").status()).isEqualTo(204);
    }

    @Test
    void whoForgetsAPasswordIsAnsweredTheSameWithoutAnAccountOrLocked() {
        var grace = member(organization("Acme"), Role.EMPLOYEE);
        var locked = member(organization("Acme"), Role.EMPLOYEE);
        people.disable(locked.member());
        var stranger = email();
        var answers = List.of(forgot(grace.email()), forgot(locked.email()), forgot(stranger));
        assertThat(answers).extracting(Answer::status).containsOnly(202);
        assertThat(answers).extracting(Answer::body).containsOnly("");
        assertThat(lettersTo(stranger)).isEmpty();
        assertThat(lettersTo(locked.email())).isEmpty();
        assertThat(lettersTo(grace.email())).hasSize(1);
    }

    @Test
    void aLinkLeadsToTheHouseAndNotWhereTheRequestSays() {
        var grace = member(organization("Acme"), Role.EMPLOYEE);
        post(
                "/api/v1/auth/password/forgot",
                "{\"email\":\"" + grace.email() + "\"}",
                "X-Forwarded-For",
                "2001:db8:7:" + Integer.toHexString(COUNT.incrementAndGet()) + "::1",
                "X-Forwarded-Host",
                "evil.example");
        assertThat(lettersTo(grace.email()).getFirst().text())
                .contains("http://localhost:" + port + "/reset#")
                .doesNotContain("evil.example");
    }

    @Test
    void noLinkLiesInTheDatabaseInClearOrInAnEvent() {
        var grace = member(organization("Acme"), Role.EMPLOYEE);
        forgot(grace.email());
        var link = linkIn(grace.email());
        reset(link, "another horse entirely 7");
        var everything = String.join("\n", db.sql("""
                        select row_to_json(t)::text from identity.link t
                        union all select row_to_json(l)::text || encode(coalesce(l.words, ''), 'escape') from identity.letter l
                        union all select convert_from(payload, 'UTF8') || convert_from(metaData, 'UTF8') from store.decisions""").query(String.class).list());
        assertThat(everything).contains(grace.member().toString()).doesNotContain(link, "another horse");
    }

    @Test
    void lettersAreReadByWhoRunsTheHouseAndEachReadingIsOnTheRecord() {
        var ours = organization("House");
        var boss = tokenOf(member(ours, Role.SUPER_ADMIN));
        var grace = member(ours, Role.ORG_ADMIN);
        forgot(grace.email());
        errands.run();
        var list = get("/api/v1/outbox", bearer(boss)).json().get("items");
        var letter = list.findParents("to").stream()
                .filter(it -> it.get("to").asString().equals(grace.email()))
                .findFirst()
                .orElseThrow();
        assertThat(list.toString()).doesNotContain("#");
        var path = "/api/v1/outbox/" + letter.get("id").asString();
        var read = get(path, bearer(boss));
        assertThat(read.json().get("text").asString()).contains("/reset#");
        assertThat(read.header("Cache-Control")).contains("no-store");
        assertThat(facts(ours, "LetterOpened")).isEqualTo(1);
        assertThat(get(path, bearer(tokenOf(grace))).status()).isEqualTo(403);
        clock.turnOn(Duration.ofHours(1));
        assertThat(get(path, bearer(tokenOf(member(ours, Role.SUPER_ADMIN)))).status())
                .isEqualTo(404);
    }

    private Answer register(String email) {
        return post(
                "/api/v1/auth/register",
                "{\"email\":\"%s\",\"name\":\"Ada Lovelace\",\"organization\":\"Lovelace & Sons\"}".formatted(email),
                from());
    }

    private Answer verify(String token, String password) {
        return post("/api/v1/auth/verify", "{\"token\":\"%s\",\"password\":\"%s\"}".formatted(token, password), from());
    }

    private Answer forgot(String email) {
        return post("/api/v1/auth/password/forgot", "{\"email\":\"" + email + "\"}", from());
    }

    private Answer reset(String token, String password) {
        return post(
                "/api/v1/auth/password/reset",
                "{\"token\":\"%s\",\"password\":\"%s\"}".formatted(token, password),
                from());
    }

    private static String email() {
        return "ada" + COUNT.incrementAndGet() + "@lovelace.example";
    }

    private static String[] from() {
        return new String[] {"X-Forwarded-For", "2001:db8:5:" + Integer.toHexString(COUNT.incrementAndGet()) + "::1"};
    }
}
