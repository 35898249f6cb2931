package io.velvetastro.app.access;

import io.velvetastro.language.Authority;
import io.velvetastro.language.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Everybody there is: an organisation with one of each role and a program, its neighbour, and things of its own that others might name. */
final class Callers {
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");
    private static final Pattern IDS = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Set<String> EXISTING = ConcurrentHashMap.newKeySet();
    /** Whoever calls these is out afterwards. */
    private static final Set<String> LAST_CALLS =
            Set.of("POST /api/v1/auth/logout", "DELETE /api/v1/auth/sessions", "POST /api/v1/auth/mfa/totp/confirm");

    private static final Set<Authority> ALL_SCOPES = Arrays.stream(Authority.values())
            .filter(Authority::isForPrograms)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Authority.class)));

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();
    private final JdbcClient db;
    private final int port;
    private final UUID here = UUID.randomUUID();
    private final UUID there = UUID.randomUUID();
    private final Map<Role, String> emails = new EnumMap<>(Role.class);
    private final Map<Role, String> tokens = new EnumMap<>(Role.class);
    private final Map<String, String> spare = new LinkedHashMap<>();
    private final String neighbour;
    private final String colleague;
    private final String ended;
    private final String program;
    private final Map<Set<Authority>, String> programs = new HashMap<>();
    /** Where keys for them are made. */
    private @Nullable String scoped;

    /** Of ours, by the path they stand in. */
    private final Map<String, String> things = new LinkedHashMap<>();

    record Answer(int status, String body) {
        /** Less what was asked for. */
        Answer withoutIds() {
            return new Answer(status, IDS.matcher(body).replaceAll("…"));
        }
    }

    Callers(JdbcClient db, int port) {
        this.db = db;
        this.port = port;
        organization(here, "Here");
        organization(there, "There");
        for (var role : Set.of(Role.EMPLOYEE, Role.IT_SECURITY, Role.ORG_ADMIN, Role.SUPER_ADMIN)) {
            emails.put(role, member(here, role));
            tokens.put(role, login(emails.get(role)));
            // Made before anybody guesses wrong and is told to wait.
            for (var last : LAST_CALLS) spare.put(last + role, login(member(here, role)));
        }
        neighbour = login(member(there, Role.ORG_ADMIN));
        colleague = login(member(here, Role.ORG_ADMIN));
        ended = login(emails.get(Role.ORG_ADMIN));
        ask("POST", "/api/v1/auth/logout", "", ended);
        program = ownThings();
    }

    static boolean exists(String id) {
        return EXISTING.contains(id);
    }

    private String ownThings() {
        var orgs = "/api/v1/orgs/" + here;
        var account = made(orgs + "/service-accounts", accountWith("all", ALL_SCOPES));
        var accountId = account.get("id").asString();
        var key = made(orgs + "/service-accounts/" + accountId + "/keys", keyWith(ALL_SCOPES));
        // Of its own, for it gets keys while others are watched for changes.
        scoped = orgs + "/service-accounts/"
                + made(orgs + "/service-accounts", accountWith("scoped", ALL_SCOPES))
                        .get("id")
                        .asString()
                + "/keys";
        var rule = made("/api/v1/defense/rules", """
                {"action":"block","network":"203.0.113.7","ttlSeconds":3600,"reason":"mine"}""");
        var hold = made("/api/v1/forensics/holds", "{}");
        var invitation = made(orgs + "/invitations", "{\"email\":\"asked@example.org\",\"role\":\"employee\"}");
        var importId = made("/api/v1/monitor/events", "[{\"class_uid\":1}]")
                .get("importId")
                .asString();
        var session = get("/api/v1/auth/sessions").get("items").get(0).get("id").asString();
        var member = db.sql("select id from identity.member where email = ?")
                .param(emails.get(Role.EMPLOYEE))
                .query(UUID.class)
                .single();
        var event = db.sql(
                        "select eventIdentifier from store.decisions where convert_from(metaData, 'UTF8') like ? limit 1")
                .param("%" + here + "%")
                .query(String.class)
                .single();
        things.put("/orgs/{organization}", here.toString());
        things.put("/service-accounts/{account}", accountId);
        things.put("/keys/{key}", key.get("id").asString());
        things.put("/members/{member}", member.toString());
        things.put("/invitations/{invitation}", invitation.get("id").asString());
        things.put("/rules/{id}", rule.get("id").asString());
        things.put("/holds/{id}", hold.get("id").asString());
        things.put("/imports/{id}", importId);
        things.put("/sessions/{id}", session);
        things.put("/events/{id}", event);
        things.put("/planted/{id}", event);
        EXISTING.addAll(things.values());
        return key.get("key").asString();
    }

    private static String keyWith(Set<Authority> scopes) {
        return "{\"name\":\"some\",\"scopes\":" + texts(scopes) + ",\"expiresInDays\":1}";
    }

    private static String accountWith(String name, Set<Authority> authorities) {
        return "{\"name\":\"" + name + "\",\"authorities\":" + texts(authorities) + "}";
    }

    private static String texts(Set<Authority> authorities) {
        return authorities.stream().map(it -> '"' + it.text() + '"').collect(Collectors.joining(",", "[", "]"));
    }

    String of(Role role, Operation operation) {
        return spare.getOrDefault(operation.name() + role, tokens.get(role));
    }

    String ended() {
        return ended;
    }

    String program() {
        return program;
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
        return programs.computeIfAbsent(
                scopes, some -> made(scoped, keyWith(some)).get("key").asString());
    }

    /** Somebody of the house whom no other test knows. */
    String newcomer() {
        return login(member(here, Role.IT_SECURITY));
    }

    /** The live stream, as far as the first thing it tells. */
    InputStream listening(String token) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/threat/stream"))
                .header("Authorization", "Bearer " + token)
                .build();
        var answer = http.send(request, BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200) throw new IllegalStateException("No stream: " + answer.statusCode());
        while (answer.body().read() != '{') {} // The data of what it tells first.
        return answer.body();
    }

    void signOut(String token) {
        ask("POST", "/api/v1/auth/logout", "", token);
    }

    /** A key of its own, and where it is revoked. */
    Map.Entry<String, String> key(Set<Authority> scopes) {
        var key = made(scoped, keyWith(scopes));
        return Map.entry(key.get("key").asString(), scoped + "/" + key.get("id").asString());
    }

    void revoke(String key) {
        var answer = ask("DELETE", key, null, tokens.get(Role.ORG_ADMIN));
        if (answer.status != 204) throw new IllegalStateException(key + ": " + answer);
    }

    /** What the door says to one caller who names what does not exist, in their own organisation. */
    Cell door(Operation operation, @Nullable String token) {
        var path = filled(operation, slot -> slot.equals("/orgs/{organization}") ? here.toString() : missing(slot));
        var answer = ask(operation.method(), path, operation.body(), token);
        // A program has no session and no second factor of its own.
        boolean noneToHave = operation.who().equals("member") && answer.status == 409 && program.equals(token);
        if (noneToHave) return Cell.NO;
        // Behind a public door a wrong password is answered 401 too; a token that opens nothing never gets there.
        boolean answeredInside = operation.isForAnyone() && answer.status == 401 && !ended.equals(token);
        return answeredInside ? Cell.IN : Cell.of(answer.status);
    }

    /** Whether somebody of another organisation who names what is ours is answered as if it did not exist. */
    Cell elsewhere(Operation operation) {
        return comparing(operation, neighbour, things, slot -> slot.equals("/orgs/{organization}"));
    }

    /** The same for somebody of our own, about what is one member's alone. */
    Cell colleague(Operation operation) {
        return operation.who().equals("member")
                ? comparing(operation, colleague, Map.of("/sessions/{id}", things.get("/sessions/{id}")), slot -> false)
                : Cell.NOTHING;
    }

    private Cell comparing(
            Operation operation, String token, Map<String, String> theirs, Function<String, Boolean> outermost) {
        var slots = slots(operation);
        if (operation.isForAnyone() || slots.stream().noneMatch(theirs::containsKey)) return Cell.NOTHING;
        var real = ask(
                operation.method(),
                filled(operation, slot -> theirs.getOrDefault(slot, missing(slot))),
                operation.body(),
                token);
        var none = ask(operation.method(), filled(operation, Callers::missing), operation.body(), token);
        // Within an organisation of one's own, too, what another one has is missing.
        var own = slots.contains("/orgs/{organization}") && slots.size() > 1
                ? ask(
                        operation.method(),
                        filled(
                                operation,
                                slot -> outermost.apply(slot)
                                        ? there.toString()
                                        : theirs.getOrDefault(slot, missing(slot))),
                        operation.body(),
                        token)
                : none;
        boolean same =
                real.withoutIds().equals(none.withoutIds()) && own.withoutIds().equals(none.withoutIds());
        return same && real.status >= 400 && real.status < 500 && real.status != 401 ? Cell.MISSING : Cell.TOLD;
    }

    /** What its administrator sees of it. */
    Map<String, String> everythingOfTheOwner() {
        var seen = new LinkedHashMap<String, String>();
        for (var what : Set.of("members", "service-accounts", "invitations"))
            for (var item : get("/api/v1/orgs/" + here + "/" + what).get("items"))
                if (EXISTING.contains(item.get("id").asString()))
                    seen.put(item.get("id").asString(), item.toString().replaceAll("\"lastUsedAt\":\"[^\"]*\",?", ""));
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
                        .param(things.get("/rules/{id}"))
                        .query(String.class)
                        .single());
        return seen;
    }

    private static java.util.List<String> slots(Operation operation) {
        return PARAMETER
                .matcher(operation.path())
                .results()
                .map(found -> slot(operation.path(), found.start()) + found.group())
                .toList();
    }

    private static String filled(Operation operation, Function<String, String> value) {
        var path = operation.path();
        return PARAMETER.matcher(path).replaceAll(found -> value.apply(slot(path, found.start()) + found.group()));
    }

    /** The word before a parameter, with its slashes. */
    private static String slot(String path, int at) {
        return path.substring(path.lastIndexOf('/', at - 2), at);
    }

    private static String missing(String slot) {
        if (slot.endsWith("{path}")) return "0/000";
        if (slot.endsWith("{name}") || slot.endsWith("{step}")) return "nothing";
        return UUID.randomUUID().toString();
    }

    private void organization(UUID id, String name) {
        db.sql("insert into identity.organization (id, name, plan, created_at) values (?, ?, 'ENTERPRISE', now())")
                .params(id, name)
                .update();
    }

    private String member(UUID organization, Role role) {
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
        return email;
    }

    private String login(@Nullable String email) {
        var answer = ask("POST", "/api/v1/auth/login", "{\"email\":\"" + email + "\",\"password\":\"password\"}", null);
        if (answer.status != 200) throw new IllegalStateException("No way in: " + answer);
        return json.readTree(answer.body).get("accessToken").asString();
    }

    private JsonNode made(String path, String body) {
        var answer = ask("POST", path, body, tokens.get(Role.ORG_ADMIN));
        if (answer.status / 100 != 2) throw new IllegalStateException(path + ": " + answer);
        return json.readTree(answer.body);
    }

    JsonNode get(String path) {
        return json.readTree(ask("GET", path, null, tokens.get(Role.ORG_ADMIN)).body);
    }

    private Answer ask(String method, String path, @Nullable String body, @Nullable String token) {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) request.header("Content-Type", "application/json");
        if (token != null) request.header("Authorization", "Bearer " + token);
        try {
            var answer = http.send(request.build(), BodyHandlers.ofInputStream());
            try (var in = answer.body()) {
                var type =
                        answer.headers().firstValue("content-type").orElse("").toLowerCase(Locale.ROOT);
                var text = type.contains("json") || type.contains("text/plain") ? read(in) : "";
                return new Answer(answer.statusCode(), text);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private static String read(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
}
