package io.velvetastro.app.access;

import io.velvetastro.language.Role;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Lets organisations and people into the house by its back door, and has them sign in by the front. */
final class Residents {
    private final JdbcClient db;
    private final Messenger messenger;
    private final JsonMapper json = new JsonMapper();

    Residents(JdbcClient db, Messenger messenger) {
        this.db = db;
        this.messenger = messenger;
    }

    record Person(UUID id, String email) {}

    UUID organization(String name) {
        var id = UUID.randomUUID();
        db.sql("insert into identity.organization (id, name, plan, created_at) values (?, ?, 'ENTERPRISE', now())")
                .params(id, name)
                .update();
        return id;
    }

    Person member(UUID organization, Role role) {
        var id = UUID.randomUUID();
        var email = id + "@example.org";
        db.sql(
                        "insert into identity.member (id, name, email, email_key, created_at) values (?, 'Somebody', ?, ?, now())")
                .params(id, email, email)
                .update();
        db.sql("""
                insert into identity.credential (member, phc, changed_at)
                select ?, phc, now() from identity.credential c join identity.member m on m.id = c.member where m.email = 'admin@velvet.com'""").param(id).update();
        db.sql("insert into identity.membership (organization, member, role, since) values (?, ?, ?, now())")
                .params(organization, id, role.name())
                .update();
        return new Person(id, email);
    }

    /** An access token. */
    String login(Person who) {
        var answer = messenger.ask(
                "POST", "/api/v1/auth/login", "{\"email\":\"" + who.email + "\",\"password\":\"password\"}", null);
        if (answer.status() != 200) throw new IllegalStateException("No way in: " + answer);
        return json.readTree(answer.body()).get("accessToken").asString();
    }

    String newcomer(UUID organization, Role role) {
        return login(member(organization, role));
    }

    /** As if they had added one, and not with a device that is here. */
    UUID passkey(Person whose) {
        var id = UUID.randomUUID();
        db.sql("""
                insert into identity.passkey (id, member, credential_id, credential, sign_count, backed_up, transports, label, created_at)
                values (:id, :member, decode(replace(cast(:id as text), '-', ''), 'hex'), '\\x00', 0, false, '{}', 'a key', now())""").param("id", id).param("member", whose.id).update();
        return id;
    }

    /** As if they had signed in with one more. */
    UUID device(Person whose) {
        var id = UUID.randomUUID();
        db.sql("""
                insert into identity.device (id, hash, member, first_seen_at, last_seen_at)
                values (:id, decode(replace(cast(:id as text), '-', ''), 'hex'), :member, now(), now())""").param("id", id).param("member", whose.id).update();
        return id;
    }

    UUID notice(UUID organization, Person whose) {
        var id = UUID.randomUUID();
        db.sql("insert into identity.notice (id, member, organization, kind, at) values (?, ?, ?, 'NEW_DEVICE', now())")
                .params(id, whose.id, organization)
                .update();
        return id;
    }

    /** One more like the one they have, as if they had come in elsewhere too. */
    UUID session(Person whose) {
        var id = UUID.randomUUID();
        db.sql("""
                insert into identity.session (id, origin, member, organization, kind, epoch, started_at, expires_at)
                select :id, :id, member, organization, kind, epoch, now(), expires_at
                from identity.session where member = :member order by started_at limit 1""").param("id", id).param("member", whose.id).update();
        return id;
    }
}
