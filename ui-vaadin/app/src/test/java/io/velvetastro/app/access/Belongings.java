package io.velvetastro.app.access;

import static java.util.stream.Collectors.joining;

import io.velvetastro.app.access.Residents.Person;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Role;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an organisation has, by the path it stands in or by the word for it in a body: somebody broke in there, it has an incident, a program, a rule, and people with things of their own. Others name these; its owner does too, and gets
 * a new one of whatever does not outlive that.
 */
final class Belongings {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Messenger messenger;
    private final Residents residents;
    private final UUID organization;
    private final Person owner;
    private final String token;
    private final String orgs;
    private final Map<String, String> things = new LinkedHashMap<>();
    private final String program;
    private String account = "";

    /** @param owner an administrator of it */
    Belongings(Messenger messenger, Residents residents, UUID organization, Person owner) {
        this.messenger = messenger;
        this.residents = residents;
        this.organization = organization;
        this.owner = owner;
        this.token = residents.login(owner);
        this.orgs = "/api/v1/orgs/" + organization;
        somebodyBreaksIn();
        things.put("/orgs/{organization}", organization.toString());
        things.put("$organization", organization.toString());
        for (var slot : Set.of(
                "/members/{member}",
                "/invitations/{invitation}",
                "/rules/{id}",
                "/holds/{id}",
                "/sessions/{id}",
                "/devices/{id}",
                "/passkeys/{id}",
                "/notices/{id}")) things.put(slot, fresh(slot));
        account = fresh("/service-accounts/{account}");
        var key = key(account, Authority.values());
        things.put("/service-accounts/{account}", account);
        things.put("/keys/{key}", key.get("id").asString());
        program = key.get("key").asString();
        things.put("$member", things.get("/members/{member}"));
        things.put(
                "/imports/{id}",
                messenger
                        .made("/api/v1/monitor/events", "[{\"class_uid\":1}]", token)
                        .get("importId")
                        .asString());
        somethingIsProven();
    }

    private void somebodyBreaksIn() {
        var name = "victim" + COUNT.incrementAndGet();
        var address = "198.51.100." + COUNT.get();
        breakIn(messenger, token, name, address);
        var incident = messenger
                .getWhen("/api/v1/incidents", token, page -> !page.get("items").isEmpty())
                .get("items")
                .get(0)
                .get("id")
                .asString();
        var answered = messenger.getWhen("/api/v1/incidents/" + incident, token, it -> blocked(it) != null);
        var run = java.util.Objects.requireNonNull(blocked(answered));
        var attack = messenger
                .getWhen(
                        "/api/v1/threat/attacks",
                        token,
                        page -> !page.get("items").isEmpty())
                .get("items")
                .get(0)
                .get("id")
                .asString();
        things.put("/incidents/{id}", incident);
        things.put("$incident", incident);
        things.put("/attacks/{id}", attack);
        things.put("/actions/{run}", run.get("run").asString());
        things.put("/{run}/{step}", run.get("step").asString());
        answered.get("entities")
                .valueStream()
                .filter(each -> each.get("kind").asString().equals("user"))
                .findFirst()
                .ifPresent(user -> things.put("$user", user.get("id").asString()));
        var event = answered.get("evidence").get(0).get("eventId").asString();
        things.put("/events/{id}", event);
        things.put("$event", event);
        things.put("/planted/{id}", event);
    }

    /** Five wrong passwords and the right one, within seconds. */
    static void breakIn(Messenger messenger, String token, String user, String address) {
        var end = Instant.now().minusSeconds(1);
        messenger.done(
                "POST",
                "/api/v1/monitor/events",
                IntStream.range(0, 6)
                        .mapToObj(i -> """
                                {"class_uid":3002,"activity_id":1,"time":%d,"status_id":%d,"metadata":{"version":"1.4.0","uid":"%s-%d"},\
                                "user":{"name":"%s"},"src_endpoint":{"ip":"%s"},"dst_endpoint":{"hostname":"portal"}}""".formatted(
                                end.minusSeconds(5L - i).toEpochMilli(), i == 5 ? 1 : 2, user, i, user, address))
                        .collect(joining(",", "[", "]")),
                token);
    }

    /** What a playbook did about an incident. */
    private static @Nullable JsonNode blocked(JsonNode incident) {
        return incident.get("actions")
                .valueStream()
                .filter(action -> action.has("run") && action.has("step"))
                .findFirst()
                .orElse(null);
    }

    private void somethingIsProven() {
        messenger.askUntilKnown("GET", "/api/v1/forensics/events/" + of("/events/{id}") + "/proof", null, token);
        var log = messenger.getWhen(
                "/api/v1/forensics/log", token, it -> it.get("size").asLong() > 0);
        things.put("/logs/{name}", log.get("log").asString());
        things.put("/tile/{path}", "0/000.p/1");
    }

    /** Its owner's. */
    String token() {
        return token;
    }

    /** A key that may all that a key may. */
    String program() {
        return program;
    }

    Map<String, String> all() {
        return things;
    }

    /** Those that are one member's alone. */
    Map<String, String> ofOneMember() {
        var theirs = new LinkedHashMap<>(things);
        theirs.keySet().retainAll(Set.of("/sessions/{id}", "/devices/{id}", "/passkeys/{id}", "/notices/{id}"));
        return theirs;
    }

    String of(String slot) {
        return java.util.Objects.requireNonNull(things.get(slot), slot);
    }

    /** Of what does not outlive being asked for a new one, and otherwise what is there. */
    String own(String slot) {
        if (slot.equals("/service-accounts/{account}")) return account = fresh(slot);
        if (slot.equals("/keys/{key}"))
            return key(account, Authority.MONITOR_READ).get("id").asString();
        if (slot.equals("$user")) return UUID.randomUUID().toString(); // Whoever is there is not forgotten.
        return isFresh(slot) ? fresh(slot) : of(slot);
    }

    private static boolean isFresh(String slot) {
        return Set.of(
                        "/members/{member}",
                        "/invitations/{invitation}",
                        "/rules/{id}",
                        "/holds/{id}",
                        "/sessions/{id}",
                        "/devices/{id}",
                        "/passkeys/{id}",
                        "/notices/{id}")
                .contains(slot);
    }

    private String fresh(String slot) {
        int next = COUNT.incrementAndGet();
        return switch (slot) {
            case "/members/{member}" ->
                residents.member(organization, Role.EMPLOYEE).id().toString();
            case "/sessions/{id}" -> residents.session(owner).toString();
            case "/devices/{id}" -> residents.device(owner).toString();
            case "/passkeys/{id}" -> residents.passkey(owner).toString();
            case "/notices/{id}" -> residents.notice(organization, owner).toString();
            case "/service-accounts/{account}" ->
                id(
                        orgs + "/service-accounts",
                        "{\"name\":\"some%d\",\"authorities\":%s}".formatted(next, all(Authority.values())));
            case "/invitations/{invitation}" ->
                id(orgs + "/invitations", "{\"email\":\"asked%d@example.org\",\"role\":\"employee\"}".formatted(next));
            case "/rules/{id}" ->
                id(
                        "/api/v1/defense/rules",
                        "{\"action\":\"block\",\"network\":\"192.0.2.%d\",\"ttlSeconds\":3600,\"reason\":\"mine\"}"
                                .formatted(next % 250 + 1));
            case "/holds/{id}" -> id("/api/v1/forensics/holds", "{\"userId\":\"" + UUID.randomUUID() + "\"}");
            default -> throw new IllegalArgumentException(slot);
        };
    }

    private String id(String path, String body) {
        return messenger.made(path, body, token).get("id").asString();
    }

    /** A key of a program. */
    JsonNode key(String account, Authority... scopes) {
        return messenger.made(
                orgs + "/service-accounts/" + account + "/keys",
                "{\"name\":\"some\",\"scopes\":" + all(scopes) + ",\"expiresInDays\":1}",
                token);
    }

    private static String all(Authority... authorities) {
        return java.util.Arrays.stream(authorities)
                .filter(Authority::isForPrograms)
                .map(it -> '"' + it.text() + '"')
                .collect(joining(",", "[", "]"));
    }
}
