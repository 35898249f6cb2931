package io.velvetastro.app.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.velvetastro.app.access.Messenger.Answer;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Plan;
import io.velvetastro.language.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Everybody there is: an organisation with one of each role, its programs, those whose way in is over, and its neighbour. */
final class Callers {
    private static final Set<String> EXISTING = ConcurrentHashMap.newKeySet();
    /** Whoever calls these is out afterwards. */
    private static final Set<String> LAST_CALLS =
            Set.of("POST /api/v1/auth/logout", "DELETE /api/v1/auth/sessions", "POST /api/v1/auth/mfa/totp/confirm");

    private static final Set<Authority> ALL_SCOPES = Arrays.stream(Authority.values())
            .filter(Authority::isForPrograms)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Authority.class)));

    private final JdbcClient db;
    private final Messenger messenger;
    private final Residents residents;
    private final UUID here;
    private final Map<Role, String> tokens = new EnumMap<>(Role.class);
    private final Map<String, String> spare = new LinkedHashMap<>();
    private final Belongings ours;
    private final Belongings theirs;
    private final String neighbour;
    private final String colleague;
    private final Set<String> over;
    private final String expired;
    private final String ended;
    private final String revoked;
    private final String disabled;
    private final String revokedKey;
    private final Map<Set<Authority>, String> programs = new HashMap<>();
    /** Of its own, for it gets keys while others are watched for changes. */
    private final String scoped;

    /** @param data where the house keeps the key it signs with */
    Callers(JdbcClient db, int port, Path data) {
        this.db = db;
        messenger = new Messenger(port);
        residents = new Residents(db, messenger);
        here = residents.organization("Here");
        var there = residents.organization("There");
        for (var role : List.of(Role.EMPLOYEE, Role.IT_SECURITY, Role.ORG_ADMIN, Role.SUPER_ADMIN)) {
            tokens.put(role, residents.newcomer(here, role));
            // Made before anybody guesses wrong and is told to wait.
            for (var last : LAST_CALLS) spare.put(last + role, residents.newcomer(here, role));
        }
        ours = new Belongings(messenger, residents, here, residents.member(here, Role.SUPER_ADMIN));
        theirs = new Belongings(messenger, residents, there, residents.member(there, Role.ORG_ADMIN));
        EXISTING.addAll(ours.all().values());
        neighbour = theirs.token();
        colleague = residents.newcomer(here, Role.ORG_ADMIN);
        scoped = ours.own("/service-accounts/{account}");
        expired = over(data);
        ended = residents.newcomer(here, Role.ORG_ADMIN);
        messenger.done("POST", "/api/v1/auth/logout", "", ended);
        var twice = residents.member(here, Role.ORG_ADMIN);
        revoked = residents.login(twice);
        messenger.done("DELETE", "/api/v1/auth/sessions", null, residents.login(twice));
        var closed = residents.member(here, Role.ORG_ADMIN);
        disabled = residents.login(closed);
        messenger.done(
                "PUT",
                "/api/v1/orgs/" + here + "/members/" + closed.id() + "/disabled",
                "{\"disabled\":true}",
                ours.token());
        var key = key(ALL_SCOPES);
        revoke(key.getValue());
        revokedKey = key.getKey();
        over = Set.of(expired, ended, revoked, disabled, revokedKey);
    }

    static boolean exists(String id) {
        return EXISTING.contains(id);
    }

    /** Signed as ours are and of a session that stands, but for the time, which is up. */
    private String over(Path data) {
        try {
            var real = SignedJWT.parse(tokens.get(Role.ORG_ADMIN));
            var now = Instant.now();
            var fresh = signedAnew(real, data, now, now.plus(Duration.ofMinutes(5)));
            messenger.get("/api/v1/auth/me", fresh); // So that the other fails for its one flaw.
            return signedAnew(real, data, now.minus(Duration.ofHours(2)), now.minus(Duration.ofHours(1)));
        } catch (ParseException notOurs) {
            throw new IllegalStateException(notOurs);
        }
    }

    private static String signedAnew(SignedJWT real, Path data, Instant from, Instant until) throws ParseException {
        try {
            var key = JWK.parse(Files.readString(data.resolve("keys").resolve("token.jwk")))
                    .toRSAKey();
            var token = new SignedJWT(
                    real.getHeader(),
                    new JWTClaimsSet.Builder(real.getJWTClaimsSet())
                            .issueTime(Date.from(from))
                            .expirationTime(Date.from(until))
                            .build());
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (JOSEException broken) {
            throw new IllegalStateException(broken);
        }
    }

    String of(Role role, Operation operation) {
        return spare.getOrDefault(operation.name() + role, tokens.get(role));
    }

    String expired() {
        return expired;
    }

    String ended() {
        return ended;
    }

    String revoked() {
        return revoked;
    }

    String disabled() {
        return disabled;
    }

    String revokedKey() {
        return revokedKey;
    }

    String program() {
        return ours.program();
    }

    /** What it says to a program that has what was declared, and not a right more. */
    Cell withExactly(Operation operation) {
        return operation.takesScopes() ? door(operation, programWith(operation.authorities())) : Cell.NOTHING;
    }

    /** What it says to a program that has every other right: of several that it takes, each is left out once. */
    Cell withAllBut(Operation operation) {
        if (!operation.takesScopes()) return Cell.NOTHING;
        for (var needed : operation.authorities()) {
            var others = EnumSet.copyOf(ALL_SCOPES);
            others.remove(needed);
            var cell = door(operation, programWith(others));
            if (cell != Cell.NO) return cell;
        }
        return Cell.NO;
    }

    private String programWith(Set<Authority> scopes) {
        return programs.computeIfAbsent(scopes, some -> key(some).getKey());
    }

    /** Somebody of the house whom no other test knows. */
    /** An administrator of an organisation of its own. */
    String administratorOn(Plan plan) {
        var organization = residents.organization("On " + plan);
        db.sql("update identity.organization set plan = ? where id = ?")
                .params(plan.name(), organization)
                .update();
        return residents.newcomer(organization, Role.ORG_ADMIN);
    }

    String newcomer() {
        return residents.newcomer(here, Role.IT_SECURITY);
    }

    /** The live stream, as far as the first thing it tells. */
    InputStream listening(String token) throws IOException, InterruptedException {
        return messenger.listening("/api/v1/threat/stream", token);
    }

    JsonNode get(String path) {
        return messenger.get(path, tokens.get(Role.ORG_ADMIN));
    }

    void signOut(String token) {
        messenger.done("POST", "/api/v1/auth/logout", "", token);
    }

    /** A key of its own, and where it is revoked. */
    Map.Entry<String, String> key(Set<Authority> scopes) {
        var key = ours.key(scoped, scopes.toArray(Authority[]::new));
        return Map.entry(
                key.get("key").asString(),
                "/api/v1/orgs/" + here + "/service-accounts/" + scoped + "/keys/"
                        + key.get("id").asString());
    }

    void revoke(String key) {
        messenger.done("DELETE", key, null, tokens.get(Role.ORG_ADMIN));
    }

    /** What the door says to one caller who names what does not exist, in their own organisation. */
    Cell door(Operation operation, @Nullable String token) {
        var answer = messenger.ask(
                operation.method(),
                operation.path(slot -> slot.equals("/orgs/{organization}") ? here.toString() : missing(slot)),
                operation.body(Callers::missing),
                token);
        // A program has no session and no second factor of its own.
        boolean noneToHave = operation.who().equals("member")
                && answer.status() == 409
                && program().equals(token);
        if (noneToHave) return Cell.NO;
        // Behind a public door a wrong password is answered 401 too; a token that opens nothing never gets there.
        boolean answeredInside =
                operation.isForAnyone() && answer.status() == 401 && (token == null || !over.contains(token));
        return answeredInside ? Cell.IN : Cell.of(answer.status());
    }

    /** Whether somebody who names what is their own comes to it. */
    Cell own(Operation operation) {
        if (!operation.namesThings() || !ours.all().keySet().containsAll(operation.slots())) return Cell.NOTHING;
        var answer = messenger.askUntilKnown(
                operation.method(), operation.path(ours::own), operation.body(ours::own), ours.token());
        return answer.status() == 404 ? Cell.MISSING : Cell.of(answer.status());
    }

    /** Whether somebody of another organisation who names what is ours is answered as if it did not exist. */
    Cell elsewhere(Operation operation) {
        return comparing(
                operation,
                neighbour,
                ours.all(),
                slot -> slot.equals("/orgs/{organization}") ? theirs.of(slot) : missing(slot));
    }

    /** The same for somebody of our own, about what is one member's alone. */
    Cell colleague(Operation operation) {
        return operation.who().equals("member")
                ? comparing(operation, colleague, ours.ofOneMember(), Callers::missing)
                : Cell.NOTHING;
    }

    /** Whether somebody of another organisation, at a thing of their own, who names ours in what they send is answered as if it did not exist. */
    Cell inTheBody(Operation operation) {
        if (operation.named().isEmpty()) return Cell.NOTHING;
        var real = ask(operation, neighbour, theirs::own, ours::of);
        var none = ask(operation, neighbour, theirs::own, Callers::missing);
        return real.withoutIds().equals(none.withoutIds()) && isAnswered(real) ? Cell.MISSING : Cell.TOLD;
    }

    private static boolean isAnswered(Answer answer) {
        return answer.status() < 500 && answer.status() != 401 && answer.status() != 403;
    }

    private Cell comparing(
            Operation operation, String token, Map<String, String> things, UnaryOperator<String> otherwise) {
        var slots = operation.slots();
        if (operation.isForAnyone() || slots.stream().noneMatch(things::containsKey)) return Cell.NOTHING;
        var real = ask(operation, token, slot -> things.getOrDefault(slot, missing(slot)), Callers::missing);
        var none = ask(operation, token, Callers::missing, Callers::missing);
        // Within an organisation of one's own, too, what another one has is missing.
        var own = slots.contains("/orgs/{organization}") && slots.size() > 1
                ? ask(
                        operation,
                        token,
                        slot -> slot.equals("/orgs/{organization}")
                                ? otherwise.apply(slot)
                                : things.getOrDefault(slot, missing(slot)),
                        Callers::missing)
                : none;
        boolean same =
                real.withoutIds().equals(none.withoutIds()) && own.withoutIds().equals(none.withoutIds());
        return same && real.status() >= 400 && real.status() < 500 && real.status() != 401 ? Cell.MISSING : Cell.TOLD;
    }

    private Answer ask(Operation operation, String token, UnaryOperator<String> path, UnaryOperator<String> body) {
        return messenger.askUntilKnown(operation.method(), operation.path(path), operation.body(body), token);
    }

    /** What its administrator sees of it. */
    Map<String, String> everythingOfTheOwner() {
        var seen = new LinkedHashMap<String, String>();
        for (var what : Set.of("members", "service-accounts", "invitations"))
            for (var item : get("/api/v1/orgs/" + here + "/" + what).get("items"))
                if (EXISTING.contains(item.get("id").asString()))
                    seen.put(item.get("id").asString(), item.toString().replaceAll("\"lastUsedAt\":\"[^\"]*\",?", ""));
        seen.put(
                "names",
                get("/api/v1/incidents/" + ours.of("/incidents/{id}"))
                        .path("users")
                        .toString());
        seen.put(
                "written by the neighbour",
                db.sql("""
                                select count(*) from store.decisions
                                where aggregateIdentifier = any(?) and convert_from(metaData, 'UTF8') like ?""")
                        .params(
                                ours.all().values().toArray(String[]::new),
                                "%" + theirs.of("/orgs/{organization}") + "%")
                        .query(String.class)
                        .single());
        seen.put(
                "holds",
                db.sql(
                                "select count(*) from store.decisions where payloadType like '%HoldLifted' and convert_from(metaData, 'UTF8') like ?")
                        .param("%" + here + "%")
                        .query(String.class)
                        .single());
        seen.put(
                "lifted",
                db.sql(
                                "select count(*) from store.decisions where payloadType like '%Lifted' and aggregateIdentifier = ?")
                        .param(ours.of("/rules/{id}"))
                        .query(String.class)
                        .single());
        seen.put(
                "of one member",
                db.sql("""
                                select (select count(*) from identity.passkey where id = :passkey) + (select count(*) from identity.notice where id = :notice and denied_at is null)
                                     + (select count(*) from identity.session where id = :session and ended_at is null)""")
                        .param("passkey", UUID.fromString(ours.of("/passkeys/{id}")))
                        .param("notice", UUID.fromString(ours.of("/notices/{id}")))
                        .param("session", UUID.fromString(ours.of("/sessions/{id}")))
                        .query(String.class)
                        .single());
        return seen;
    }

    private static String missing(String slot) {
        if (slot.endsWith("{path}")) return "0/000";
        if (slot.endsWith("{name}") || slot.endsWith("{step}")) return "nothing";
        return UUID.randomUUID().toString();
    }
}
