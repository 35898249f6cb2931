package io.velvetastro.decisions.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.Attendance;
import io.velvetastro.language.Role;
import io.velvetastro.language.TenantId;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;

/** Whoever only listens is asked about again and again: a member by their session, a program by its key. */
class ListeningStreamsTest extends Door {
    @Autowired
    Attendance attendance;

    @Autowired
    ApiKeys apiKeys;

    private TenantId ours;
    private Person grace;
    private SignedIn member;
    private String admin;
    private String accounts;
    private String account;
    private String key;
    private Program program;

    @BeforeEach
    void aMemberAndAProgramListen() {
        ours = organization("Ours");
        grace = member(ours, Role.IT_SECURITY);
        member = sessions.begin(grace.member(), ours, Sessions.Coming.by(Sessions.Kind.API));
        admin = tokenOf(member(ours, Role.ORG_ADMIN));
        accounts = "/api/v1/orgs/" + ours + "/service-accounts";
        account = made(accounts, "{\"name\":\"siem\",\"authorities\":[\"incidents:read\",\"defense:read\"]}", "id");
        var made = post(accounts + "/" + account + "/keys", "{\"name\":\"k\",\"expiresInDays\":1}", bearer(admin))
                .json();
        key = made.get("id").asString();
        program = apiKeys.standing(made.get("key").asString()).orElseThrow();
    }

    private boolean mayHear(Principal who) {
        return attendance.unchangedAmong(List.of(member, program)).contains(who);
    }

    @Test
    void whileNothingChangesBothListenOn() {
        assertThat(attendance.unchangedAmong(List.of(member, program))).containsExactlyInAnyOrder(member, program);
    }

    @Test
    void toBeAskedAboutIsNoUse() {
        clock.turnOn(Duration.ofMinutes(5));
        attendance.unchangedAmong(List.of(member, program));
        assertThat(db.sql("select last_seen_at from identity.session where id = ? and last_seen_at > ?")
                        .params(
                                member.session(),
                                clock.instant().minusSeconds(60).atOffset(java.time.ZoneOffset.UTC))
                        .query()
                        .listOfRows())
                .isEmpty();
    }

    @Test
    void aSignOutIsTheEnd() {
        sessions.end(member.session(), "test");
        assertThat(mayHear(member)).isFalse();
        assertThat(mayHear(program)).isTrue();
    }

    @Test
    void anotherRoleIsTheEnd() {
        people.give(grace.member(), ours, Role.EMPLOYEE);
        assertThat(mayHear(member)).isFalse();
    }

    @Test
    void aLockIsTheEnd() {
        people.disable(grace.member());
        assertThat(mayHear(member)).isFalse();
    }

    @Test
    void aRevokedKeyIsTheEnd() {
        assertThat(delete(accounts + "/" + account + "/keys/" + key, bearer(admin))
                        .status())
                .isEqualTo(204);
        assertThat(mayHear(program)).isFalse();
        assertThat(mayHear(member)).isTrue();
    }

    @Test
    void anAccountThatIsDisabledIsTheEndOfItsKeys() {
        assertThat(delete(accounts + "/" + account, bearer(admin)).status()).isEqualTo(204);
        assertThat(mayHear(program)).isFalse();
    }

    @Test
    void aRightTakenFromItsAccountIsTheEndOfAKeyThatHadIt() {
        db.sql("update identity.service_account set authorities = array['defense:read'] where id = ?::uuid")
                .param(account)
                .update();
        assertThat(mayHear(program)).isFalse();
    }

    @Test
    void aKeyThatHasRunOutIsTheEnd() {
        clock.turnOn(Duration.ofDays(2));
        assertThat(mayHear(program)).isFalse();
    }

    @Test
    void aStrangerToSessionsAndKeysIsNotKnownToBeIn() {
        var stranger = UsernamePasswordAuthenticationToken.authenticated("stranger", null, List.of());
        assertThat(attendance.unchangedAmong(List.of(stranger))).isEmpty();
    }

    private String made(String path, String body, String what) {
        return post(path, body, bearer(admin)).json().get(what).asString();
    }
}
