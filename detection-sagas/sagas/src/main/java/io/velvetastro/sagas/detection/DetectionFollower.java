package io.velvetastro.sagas.detection;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.velvetastro.engines.Found;
import io.velvetastro.engines.alert.Alerts;
import io.velvetastro.engines.login.Denials;
import io.velvetastro.engines.login.Login;
import io.velvetastro.engines.login.Logins;
import io.velvetastro.language.Address;
import io.velvetastro.language.AlertRaised;
import io.velvetastro.language.BatchFollower;
import io.velvetastro.language.Engine;
import io.velvetastro.language.Envelope;
import io.velvetastro.language.EventArchive;
import io.velvetastro.language.EventId;
import io.velvetastro.language.Fact;
import io.velvetastro.language.Journal;
import io.velvetastro.language.LoginFailed;
import io.velvetastro.language.LoginSucceeded;
import io.velvetastro.language.Personal;
import io.velvetastro.language.Seals;
import io.velvetastro.language.SignInDenied;
import io.velvetastro.language.Stream;
import io.velvetastro.language.Telemetry;
import io.velvetastro.language.TenantId;
import io.velvetastro.sagas.memory.Memories;
import io.velvetastro.sagas.memory.TenantMemory;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.axonframework.eventhandling.EventMessage;
import org.jspecify.annotations.Nullable;

/**
 * Runs the engines over telemetry. Memory, findings and the place in the stream are one transaction: a crash loses and doubles nothing.
 */
final class DetectionFollower implements BatchFollower {
    /** From this age on, what is found is history: it is told and does not act. */
    static final Duration HISTORY = Duration.ofMinutes(15);

    private final Logins logins;
    private final Alerts alerts;
    private final Denials denials;
    private final RuleTexts texts;
    private final Egresses egresses;
    private final Memories memories;
    private final Journal journal;
    private final Seals seals;
    private final EventArchive archive;
    private final ObjectMapper json;
    private final Clock clock;
    private LocalDate tidiedOn = LocalDate.MIN;

    DetectionFollower(
            Logins logins,
            Alerts alerts,
            Denials denials,
            RuleTexts texts,
            Egresses egresses,
            Memories memories,
            Journal journal,
            Seals seals,
            EventArchive archive,
            ObjectMapper json,
            Clock clock) {
        this.logins = logins;
        this.alerts = alerts;
        this.denials = denials;
        this.texts = texts;
        this.egresses = egresses;
        this.memories = memories;
        this.journal = journal;
        this.seals = seals;
        this.archive = archive;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "detection";
    }

    @Override
    public Set<Stream> streams() {
        return Set.of(Stream.TELEMETRY);
    }

    @Override
    public int batchSize() {
        return 1_000;
    }

    @Override
    public void follow(List<? extends EventMessage<?>> batch) {
        memories.claim();
        tidyOnceADay();
        var byTenant = new LinkedHashMap<TenantId, List<EventMessage<?>>>();
        for (var event : batch)
            if (event.getPayload() instanceof Telemetry telemetry)
                byTenant.computeIfAbsent(telemetry.tenant(), none -> new ArrayList<>())
                        .add(event);
        var facts = new ArrayList<Fact>();
        var touched = new ArrayList<TenantMemory>();
        byTenant.forEach((tenant, events) -> touched.add(follow(tenant, events, facts)));
        journal.append(Stream.FINDINGS, facts);
        memories.save(touched);
    }

    private void tidyOnceADay() {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (!today.equals(tidiedOn)) memories.forgetUnused();
        tidiedOn = today;
    }

    private TenantMemory follow(TenantId tenant, List<EventMessage<?>> events, List<Fact> facts) {
        var memory = memories.of(tenant);
        var names = new Names(tenant, seals, archive, json);
        var seen = new ArrayList<Seen>(events.size());
        for (var event : events) {
            var telemetry = (Telemetry) event.getPayload();
            names.know(telemetry);
            seen.add(new Seen(event, telemetry, login(telemetry, names)));
        }
        for (var each : seen) {
            if (each.login != null) logins.willRecall(each.login, memory::want);
            if (each.telemetry instanceof AlertRaised alert) alerts.willRecall(alert, memory::want);
            if (each.telemetry instanceof SignInDenied denial) denials.willRecall(denial, memory::want);
        }
        memory.fetch();
        for (var each : seen) {
            for (var found : step(memory, each)) {
                texts.unrecorded(memory, found, clock.instant()).ifPresent(facts::add);
                facts.add(fact(found, each.event, names));
            }
        }
        return memory;
    }

    private List<Found> step(TenantMemory memory, Seen seen) {
        return switch (seen.telemetry) {
            case LoginSucceeded _, LoginFailed _ -> logins.step(memory, requireNonNull(seen.login()));
            case AlertRaised alert -> alerts.step(memory, alert);
            case SignInDenied denial -> denials.step(memory, denial);
        };
    }

    private @Nullable Login login(Telemetry telemetry, Names names) {
        return switch (telemetry) {
            case LoginSucceeded login -> Login.of(login, egresses.of(login.tenant(), () -> address(login.id(), names)));
            case LoginFailed login ->
                Login.of(login, Login.Egress.DIRECT); // Only where someone got in is where someone is.
            case AlertRaised _, SignInDenied _ -> null;
        };
    }

    private static @Nullable Address address(EventId event, Names names) {
        return names.open(event).map(Personal::address).map(Address::of).orElse(null);
    }

    private Fact fact(Found found, EventMessage<?> cause, Names names) {
        boolean history = Duration.between(found.lastAt(), clock.instant()).compareTo(HISTORY) > 0;
        boolean simulated = "true".equals(cause.getMetaData().get(Envelope.SIMULATED));
        var raised = found.raised(names.entities(found), history, simulated, texts.hashOf(found));
        var envelope =
                Envelope.of(found.tenant(), "engine:" + found.engine().name().toLowerCase(Locale.ROOT), found.lastAt());
        envelope.put(Envelope.CAUSATION, cause.getIdentifier());
        envelope.put(
                Envelope.CORRELATION,
                String.valueOf(cause.getMetaData().getOrDefault(Envelope.CORRELATION, cause.getIdentifier())));
        envelope.put(Envelope.VERSIONS, versions(found));
        if (simulated) envelope.put(Envelope.SIMULATED, "true");
        return new Fact(new EventId(raised.id().value()), raised, Map.copyOf(envelope));
    }

    /** All that decided beside the event itself: with these at hand the finding can be made again. */
    private String versions(Found found) {
        var versions = new StringJoiner(",").add("rule:" + found.rule() + "@" + found.ruleVersion());
        if (found.engine() == Engine.EXTERNAL) versions.add("mapping:" + alerts.version());
        else egresses.version(found.tenant()).ifPresent(version -> versions.add("networks:" + version));
        if (found.place() != null) versions.add("geo:" + found.place().data());
        return versions.toString();
    }

    private record Seen(
            EventMessage<?> event,
            Telemetry telemetry,
            @Nullable Login login) {}
}
