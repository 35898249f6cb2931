package io.velvetastro.views.history;

import io.velvetastro.language.AlertRaised;
import io.velvetastro.language.DefenseEvent;
import io.velvetastro.language.DefenseEvent.NetworkAllowed;
import io.velvetastro.language.DefenseEvent.NetworkBlocked;
import io.velvetastro.language.DefenseEvent.RuleLifted;
import io.velvetastro.language.EvidenceEvent;
import io.velvetastro.language.FindingRaised;
import io.velvetastro.language.FindingRaised.Entity;
import io.velvetastro.language.IncidentEvent;
import io.velvetastro.language.IncidentEvent.ContainmentAdvised;
import io.velvetastro.language.IncidentEvent.IncidentAbsorbed;
import io.velvetastro.language.Network;
import io.velvetastro.language.PlaybookEvent;
import io.velvetastro.language.PrivacyEvent.ErasureOrdered;
import io.velvetastro.language.PrivacyEvent.PersonErased;
import io.velvetastro.language.Pseudonyms;
import io.velvetastro.language.Telemetry;
import io.velvetastro.views.Clean;
import io.velvetastro.views.Told;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** What the events of a batch are about, beyond the principal and the source that a line has room for. */
final class SubjectRows {
    private static final String MEMBER = "member:";

    private record Subject(UUID tenant, UUID subject, OffsetDateTime at, long position) {}

    private final Pseudonyms pseudonyms;
    private final List<Subject> rows = new ArrayList<>();

    SubjectRows(Pseudonyms pseudonyms) {
        this.pseudonyms = pseudonyms;
    }

    void add(Told told, Instant at) {
        for (var subject : of(told))
            rows.add(new Subject(told.tenant().value(), subject, Clean.column(at), told.position()));
    }

    void write(DSLContext db) {
        if (rows.isEmpty()) return;
        db.execute(
                "insert into history_about (tenant, subject, at, position) select * from"
                        + " unnest(?::uuid[], ?::uuid[], ?::timestamptz[], ?::bigint[])",
                rows.stream().map(Subject::tenant).toArray(UUID[]::new),
                rows.stream().map(Subject::subject).toArray(UUID[]::new),
                rows.stream().map(Subject::at).toArray(OffsetDateTime[]::new),
                rows.stream().map(Subject::position).toArray(Long[]::new));
    }

    private Set<UUID> of(Told told) {
        var subjects = new LinkedHashSet<UUID>();
        if (told.payload() instanceof Telemetry telemetry) {
            if (telemetry instanceof AlertRaised alert && alert.target() != null)
                subjects.add(alert.target().value());
            return subjects;
        }
        add(subjects, told.actor().startsWith(MEMBER) ? told.actor().substring(MEMBER.length()) : null);
        switch (told.payload()) {
            case FindingRaised finding -> {
                subjects.add(finding.series().value());
                for (var entity : finding.entities())
                    if (entity.kind() == Entity.Kind.USER || entity.kind() == Entity.Kind.ADDRESS)
                        add(subjects, entity.id());
            }
            case IncidentEvent event -> {
                subjects.add(event.incidentId().value());
                if (event instanceof IncidentAbsorbed absorbed)
                    subjects.add(absorbed.into().value());
                if (event instanceof ContainmentAdvised advised) add(subjects, told, advised.network());
            }
            case PlaybookEvent event -> {
                subjects.add(event.runId().value());
                subjects.add(event.incident().value());
            }
            case DefenseEvent event -> {
                subjects.add(event.ruleId().value());
                if (event instanceof NetworkBlocked blocked && blocked.incident() != null)
                    subjects.add(blocked.incident().value());
                add(
                        subjects,
                        told,
                        switch (event) {
                            case NetworkBlocked blocked -> blocked.network();
                            case NetworkAllowed allowed -> allowed.network();
                            case RuleLifted lifted -> lifted.network();
                        });
            }
            case EvidenceEvent event -> subjects.add(event.exportId().value());
            case ErasureOrdered ordered -> subjects.add(ordered.person().value());
            case PersonErased erased -> subjects.add(erased.person().value());
            default -> {} // A line of its own it has, and nobody to be found under.
        }
        return subjects;
    }

    /** A single address, and what one sender has, go by the same opaque names as in telemetry; a larger range has none. */
    private void add(Set<UUID> subjects, Told told, Network network) {
        if (network.isSingle())
            subjects.add(pseudonyms.source(told.tenant(), network.base()).value());
        if (network.isSingle() || network.equals(Network.ofSender(network.base())))
            subjects.add(pseudonyms.sender(told.tenant(), network.base()).value());
    }

    private static void add(Set<UUID> subjects, @Nullable String id) {
        try {
            if (id != null) subjects.add(UUID.fromString(id));
        } catch (IllegalArgumentException noId) {
            // Some entities are called by what they are.
        }
    }
}
