package io.velvetastro.decisions.telemetry;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.velvetastro.decisions.door.Together;
import io.velvetastro.decisions.plan.Allowance;
import io.velvetastro.language.Address;
import io.velvetastro.language.AlertRaised;
import io.velvetastro.language.Attempt;
import io.velvetastro.language.Envelope;
import io.velvetastro.language.EventId;
import io.velvetastro.language.Fact;
import io.velvetastro.language.Journal;
import io.velvetastro.language.LoginFailed;
import io.velvetastro.language.LoginSucceeded;
import io.velvetastro.language.Place;
import io.velvetastro.language.PrincipalId;
import io.velvetastro.language.Pseudonyms;
import io.velvetastro.language.Sealed;
import io.velvetastro.language.Seals;
import io.velvetastro.language.SourceId;
import io.velvetastro.language.Stream;
import io.velvetastro.language.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes events of what parsers understood: gives each its place, device and opaque names, seals what is personal, and stores them batch by batch. */
@Component
final class Recorder {
    private static final JsonStringEncoder QUOTES = JsonStringEncoder.getInstance();
    private static final int REMEMBERED = 100_000;
    /** Batches up to this size share a transaction with others that come at the same time: one login a request costs little then. */
    private static final int SMALL = 32;

    private static final int MOST_TOGETHER = 128;

    private final Journal journal;
    private final Seals seals;
    private final Pseudonyms pseudonyms;
    private final Places places;
    private final Devices devices;
    private final Quota quota;

    private final Together<Batch, Integer> small = new Together<>(MOST_TOGETHER, this::recordAll);
    private final Cache<TenantsAddress, Origin> origins = remembering();
    private final Cache<TenantsAddress, SourceId> machines = remembering();
    private final Cache<TenantsName, PrincipalId> principals = remembering();

    Recorder(Journal journal, Seals seals, Pseudonyms pseudonyms, Places places, Devices devices, Quota quota) {
        this.journal = journal;
        this.seals = seals;
        this.pseudonyms = pseudonyms;
        this.places = places;
        this.devices = devices;
        this.quota = quota;
    }

    /** For whom and by whom a batch is recorded, as part of what, and out of which day's allowance. */
    record Sender(TenantId tenant, String actor, String correlation, Allowance allowance) {
        Sender(TenantId tenant, String actor, String correlation) {
            this(tenant, actor, correlation, Allowance.UNLIMITED);
        }
    }

    /** Something to record under its id. */
    record Named(EventId id, Parsed.Kept what) {}

    private record Batch(Sender sender, List<Named> events) {}

    /** Before a batch that can wait: throws while what happens now needs the room. */
    void giveWay() {
        journal.giveWay();
    }

    /** Stores those of the batch that are new and answers how many they were; durable when it returns. */
    int record(Sender sender, List<Named> events) {
        if (events.isEmpty()) return 0;
        quota.check(sender.tenant());
        quota.charge(sender.tenant(), events.size());
        var batch = new Batch(sender, events);
        return events.size() <= SMALL
                ? small.ask(batch)
                : recordAll(List.of(batch)).getFirst();
    }

    private List<Integer> recordAll(List<Batch> batches) {
        // By organisation too: what one of them sends never stands for what another sent.
        var facts = new LinkedHashMap<TenantsEvent, Fact>();
        for (var batch : batches)
            for (var named : batch.events())
                facts.computeIfAbsent(TenantsEvent.of(batch, named), id -> fact(batch.sender(), named));
        var fresh = journal.append(Stream.TELEMETRY, List.copyOf(facts.values()));
        var counts = new ArrayList<Integer>(batches.size());
        var counted = new HashSet<TenantsEvent>();
        for (var batch : batches) {
            int count = 0;
            for (var named : batch.events())
                if (fresh.contains(named.id()) && counted.add(TenantsEvent.of(batch, named))) count++;
            counts.add(count);
        }
        return counts;
    }

    private Fact fact(Sender sender, Named named) {
        return switch (named.what()) {
            case Parsed.Login login -> fact(sender, named.id(), login.withoutTypedPassword());
            case Parsed.Alert alert -> fact(sender, named.id(), alert);
        };
    }

    private Fact fact(Sender sender, EventId id, Parsed.Login login) {
        var tenant = sender.tenant();
        var principal = principal(tenant, login.realm(), login.user());
        var origin = origin(tenant, login.source());
        var userAgent = login.userAgent();
        var attempt = new Attempt(
                id,
                tenant,
                login.at(),
                login.sensor(),
                login.service(),
                login.method(),
                principal,
                origin == null ? null : origin.source(),
                login.host(),
                origin == null ? null : origin.place(),
                userAgent == null ? login.device() : devices.of(userAgent),
                sealed(tenant, principal, login.at(), login.user(), login.source(), null, userAgent, login.line()));
        var payload = login.succeeded() ? new LoginSucceeded(attempt) : new LoginFailed(attempt, login.cause());
        return new Fact(id, payload, envelope(sender, login.at(), login.simulated(), attempt.place()));
    }

    private Fact fact(Sender sender, EventId id, Parsed.Alert alert) {
        var tenant = sender.tenant();
        var principal = principal(tenant, alert.realm(), alert.user());
        var origin = origin(tenant, alert.source());
        var payload = new AlertRaised(
                id,
                tenant,
                alert.at(),
                alert.sensor(),
                alert.name(),
                alert.severity(),
                origin == null ? null : origin.source(),
                machine(tenant, alert.target()),
                principal,
                alert.host(),
                origin == null ? null : origin.place(),
                sealed(
                        tenant,
                        principal,
                        alert.at(),
                        alert.user(),
                        alert.source(),
                        alert.target(),
                        null,
                        alert.line()));
        return new Fact(id, payload, envelope(sender, alert.at(), alert.simulated(), payload.place()));
    }

    private static Map<String, String> envelope(Sender sender, Instant at, boolean simulated, @Nullable Place place) {
        var envelope = Envelope.of(sender.tenant(), sender.actor(), at);
        envelope.put(Envelope.CORRELATION, sender.correlation());
        if (place != null) envelope.put(Envelope.VERSIONS, "geo:" + place.data());
        if (simulated) envelope.put(Envelope.SIMULATED, "true");
        return envelope;
    }

    /** Names differ in case from tool to tool and mean one person; a Unix log that tells them apart is the rarer case. */
    private @Nullable PrincipalId principal(TenantId tenant, String realm, @Nullable String user) {
        if (user == null) return null;
        return principals.get(
                new TenantsName(tenant, realm, user.toLowerCase(Locale.ROOT)),
                name -> pseudonyms.principal(name.tenant(), name.realm(), name.user()));
    }

    private @Nullable SourceId machine(TenantId tenant, @Nullable Address address) {
        if (address == null) return null;
        return machines.get(
                new TenantsAddress(tenant, address), there -> pseudonyms.source(there.tenant(), there.address()));
    }

    private @Nullable Origin origin(TenantId tenant, @Nullable Address address) {
        if (address == null) return null;
        return origins.get(
                new TenantsAddress(tenant, address),
                from -> new Origin(pseudonyms.sender(from.tenant(), from.address()), places.of(from.address())));
    }

    private Sealed sealed(
            TenantId tenant,
            @Nullable PrincipalId principal,
            Instant at,
            @Nullable String user,
            @Nullable Address source,
            @Nullable Address target,
            @Nullable String userAgent,
            @Nullable String line) {
        var json = new StringBuilder(line == null ? 160 : 192 + line.length());
        member(json, "user", user);
        member(json, "address", source == null ? null : source.text());
        member(json, "target", target == null ? null : target.text());
        member(json, "userAgent", userAgent);
        member(json, "line", line);
        return seals.seal(
                tenant,
                principal,
                at,
                json.append(json.isEmpty() ? "{}" : "}").toString(),
                Arrays.asList(
                        user,
                        source == null ? null : source.text(),
                        target == null ? null : target.text(),
                        userAgent,
                        line));
    }

    /** The JSON form of {@link io.velvetastro.language.Personal}, written by hand because there is one in every event. */
    private static void member(StringBuilder json, String name, @Nullable String value) {
        if (value == null) return;
        json.append(json.isEmpty() ? "{\"" : ",\"").append(name).append("\":\"");
        QUOTES.quoteAsString(value, json);
        json.append('"');
    }

    private static <K, V> Cache<K, V> remembering() {
        return Caffeine.newBuilder().maximumSize(REMEMBERED).build();
    }

    private record TenantsEvent(TenantId tenant, EventId id) {
        static TenantsEvent of(Batch batch, Named named) {
            return new TenantsEvent(batch.sender().tenant(), named.id());
        }
    }

    private record TenantsAddress(TenantId tenant, Address address) {}

    private record TenantsName(TenantId tenant, String realm, String user) {}

    private record Origin(SourceId source, @Nullable Place place) {}
}
