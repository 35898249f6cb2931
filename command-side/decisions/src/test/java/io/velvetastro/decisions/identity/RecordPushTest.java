package io.velvetastro.decisions.identity;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.Role;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Audit.RecordEnd;
import io.velvetastro.questions.Audit.RecordEndAnswer;
import java.time.Duration;
import java.util.UUID;
import org.axonframework.queryhandling.QueryHandler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Who says to whom an organisation's record goes, and what is told of it. */
@Import(RecordPushTest.ReadRecord.class)
class RecordPushTest extends Door {
    private static final String SIEM = "{\"url\":\"https://siem.example/in?token=planted-token\"}";

    @Autowired
    RecordPushLetters letters;

    private TenantId ours;
    private Person mira;
    private String admin;
    private String path;

    /** As the room that shows it would answer. */
    @Configuration
    static class ReadRecord {
        static class Answers {
            @QueryHandler
            RecordEndAnswer answer(RecordEnd asked) {
                return new RecordEndAnswer(4_711, asked.after() >= 4_711 ? 0 : 3);
            }
        }

        @Bean
        Answers readRecord() {
            return new Answers();
        }
    }

    @BeforeEach
    void anOrganisation() {
        ours = organization("Ours");
        mira = member(ours, Role.ORG_ADMIN);
        admin = tokenOf(mira);
        path = "/api/v1/orgs/" + ours + "/record-push";
    }

    private void longAgo() {
        db.sql("update identity.session set proved_at = ? where member = ?")
                .params(
                        clock.instant().minus(Duration.ofHours(1)).atOffset(UTC),
                        mira.member().value())
                .update();
    }

    private String state() {
        return get(path, bearer(admin)).json().get("state").asString();
    }

    @Test
    void itIsSetShownOnceAndTaken() {
        assertThat(state()).isEqualTo("OFF");
        var set = send("PUT", path, SIEM, bearer(admin));
        assertThat(set.status()).as(set.body()).isEqualTo(200);
        assertThat(set.header("Cache-Control")).contains("no-store");
        assertThat(set.json().get("secret").asString()).startsWith("whsec_").hasSize(50);
        var state = get(path, bearer(admin));
        assertThat(state.body()).doesNotContain("whsec_", "planted-token");
        assertThat(state.json().get("state").asString()).isEqualTo("ON");
        assertThat(state.json().get("url").asString()).isEqualTo("https://siem.example/in?…");
        assertThat(state.json().get("waiting").asInt()).as("from now on").isZero();
        assertThat(facts(ours, "RecordPushSet")).isEqualTo(1);
        var another = post(path + "/secret", "", bearer(admin));
        assertThat(another.json().get("secret").asString())
                .isNotEqualTo(set.json().get("secret").asString());
        assertThat(get(path, bearer(admin)).json().has("oldSecretUntil")).isTrue();
        assertThat(facts(ours, "RecordPushSecretRenewed")).isEqualTo(1);
        assertThat(post(path + "/test", "", bearer(admin)).status()).isEqualTo(202);
        assertThat(get(path, bearer(admin)).json().get("trial").has("askedAt")).isTrue();
        assertThat(facts(ours, "RecordPushTried")).isEqualTo(1);
        assertThat(delete(path, bearer(admin)).status()).isEqualTo(204);
        assertThat(delete(path, bearer(admin)).status()).isEqualTo(204);
        assertThat(state()).isEqualTo("OFF");
        assertThat(facts(ours, "RecordPushRemoved")).isEqualTo(1);
        assertThat(db.sql("select coalesce(string_agg(convert_from(payload, 'UTF8'), ''), '') from store.decisions")
                        .query(String.class)
                        .single())
                .doesNotContain("planted-token", "siem.example", "whsec_");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://siem.example/ | must begin with https://",
                "https://user:word@siem.example/ | must hold no user name and no password",
                "https://siem.example:22/ | must use port 443 or 8443",
                "https://10.0.0.1/ | must be an address on the open internet",
                "https://169.254.169.254/latest/meta-data/ | must be an address on the open internet",
                "https://[::1]/ | must be an address on the open internet",
                "nothing | must begin with https://"
            })
    void anAddressThatTheHouseDoesNotGoToIsNamed(String url, String why) {
        var answer = send("PUT", path, "{\"url\":\"" + url + "\"}", bearer(admin));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("errors").get(0).get("field").asString()).isEqualTo("url");
        assertThat(answer.json().get("errors").get(0).get("detail").asString()).isEqualTo(why);
        assertThat(send("PUT", path, "{}", bearer(admin))
                        .json()
                        .get("errors")
                        .get(0)
                        .get("field")
                        .asString())
                .isEqualTo("url");
        assertThat(state()).isEqualTo("OFF");
    }

    @Test
    void whatOutlivesASessionTakesAFreshProof() {
        assertThat(send("PUT", path, SIEM, bearer(admin)).status()).isEqualTo(200);
        longAgo();
        assertThat(send("PUT", path, SIEM, bearer(admin)).status()).isEqualTo(401);
        assertThat(post(path + "/secret", "", bearer(admin)).status()).isEqualTo(401);
        assertThat(delete(path, bearer(admin)).status()).isEqualTo(401);
        assertThat(post(path + "/test", "", bearer(admin)).status()).isEqualTo(202);
        assertThat(state()).isEqualTo("ON");
    }

    @Test
    void nobodyElseSeesItOrSetsIt() {
        assertThat(send("PUT", path, SIEM, bearer(admin)).status()).isEqualTo(200);
        var stranger = tokenOf(member(organization("Theirs"), Role.ORG_ADMIN));
        var colleague = tokenOf(member(ours, Role.IT_SECURITY));
        for (var call :
                new String[][] {{"GET", ""}, {"PUT", ""}, {"DELETE", ""}, {"POST", "/test"}, {"POST", "/secret"}}) {
            var theirs = send(call[0], path + call[1], SIEM, bearer(stranger));
            assertThat(theirs.status()).as(call[0]).isEqualTo(404);
            var missing = send(
                    call[0],
                    path.replace(ours.toString(), UUID.randomUUID().toString()) + call[1],
                    SIEM,
                    bearer(stranger));
            assertThat(theirs.json().get("detail")).isEqualTo(missing.json().get("detail"));
            assertThat(send(call[0], path + call[1], SIEM, bearer(colleague)).status())
                    .as(call[0])
                    .isEqualTo(403);
        }
        assertThat(state()).isEqualTo("ON");
    }

    @Test
    void aPlanWithoutItIsTold() {
        db.sql("update identity.organization set plan = 'FREE' where id = ?")
                .param(ours.value())
                .update();
        assertThat(send("PUT", path, SIEM, bearer(tokenOf(mira))).status()).isEqualTo(402);
        assertThat(state()).isEqualTo("OFF");
    }

    @Test
    void whereNothingIsSetNothingIsTriedAndNoSecretIsRenewed() {
        assertThat(post(path + "/test", "", bearer(admin)).status()).isEqualTo(409);
        assertThat(post(path + "/secret", "", bearer(admin)).status()).isEqualTo(409);
        assertThat(facts(ours, "RecordPushTried")).isZero();
    }

    @Test
    void whenItIsPausedItsAdministratorsAreToldAndTheRecordIs() {
        var since = clock.instant().minus(Duration.ofDays(5));
        new TransactionTemplate(transactions)
                .executeWithoutResult(status -> letters.paused(ours, since, clock.instant()));
        assertThat(facts(ours, "RecordPushPaused")).isEqualTo(1);
        assertThat(lettersTo(mira.email()).getFirst().text()).contains("/record", "Nothing is lost");
    }

    @Autowired
    PlatformTransactionManager transactions;
}
