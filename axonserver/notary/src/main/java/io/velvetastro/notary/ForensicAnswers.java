package io.velvetastro.notary;

import io.velvetastro.language.EventId;
import io.velvetastro.language.StoredBytes;
import io.velvetastro.language.StoredBytes.Row;
import io.velvetastro.language.TenantId;
import io.velvetastro.ledger.Cosignature;
import io.velvetastro.ledger.NotProven;
import io.velvetastro.ledger.Note;
import io.velvetastro.ledger.SingleEvent;
import io.velvetastro.ledger.VerifierKey;
import io.velvetastro.questions.Forensics.EventEvidence;
import io.velvetastro.questions.Forensics.Evidence;
import io.velvetastro.questions.Forensics.EvidenceAnswer;
import io.velvetastro.questions.Forensics.LedgerAnswer;
import io.velvetastro.questions.Forensics.LedgerState;
import io.velvetastro.questions.Forensics.Standing;
import io.velvetastro.questions.Forensics.Unchanged;
import io.velvetastro.questions.Forensics.UnchangedAnswer;
import io.velvetastro.questions.Forensics.WitnessSeen;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers the screens what the REST door answers auditors: how the ledger stands, and one event with its proof. */
@Component
class ForensicAnswers {
    /** A state is signed and witnessed every second; what takes longer than this is no longer on its way. */
    private static final Duration LATE = Duration.ofSeconds(30);
    /** Of all organisations' events that the ledger has not come to; who waits behind more is told so a little later. */
    private static final int MOST_COUNTED = 1_000;

    private final Proofs proofs;
    private final LedgerTables tables;
    private final LedgerKeys keys;
    private final StoredBytes store;
    private final Notary notary;
    private final PrivacyBook privacy;
    private final DoubtBook doubts;
    private final Clock clock;

    ForensicAnswers(
            Proofs proofs,
            LedgerTables tables,
            LedgerKeys keys,
            StoredBytes store,
            Notary notary,
            PrivacyBook privacy,
            DoubtBook doubts,
            Clock clock) {
        this.privacy = privacy;
        this.doubts = doubts;
        this.proofs = proofs;
        this.tables = tables;
        this.keys = keys;
        this.store = store;
        this.notary = notary;
        this.clock = clock;
    }

    @QueryHandler
    LedgerAnswer answer(LedgerState asked) {
        var failure = failure(asked.tenant());
        var state = proofs.state(asked.tenant());
        if (state.isEmpty()) return none(asked.tenant(), failure);
        var here = state.get();
        long size = here.anchored().size();
        var waiting = waiting(asked.tenant(), size);
        return new LedgerAnswer(
                standing(failure, waiting.since()),
                failure == null ? "" : failure,
                size,
                waiting.events(),
                here.anchored().root().base64(),
                here.platformSize(),
                keys.verifier().toString(),
                keys.witnesses().stream()
                        .map(witness -> seen(here.checkpoint(), witness.verifier()))
                        .toList(),
                here.checkpoint().toString());
    }

    private @Nullable String failure(TenantId tenant) {
        var log = notary.doubts() == 0 ? Optional.<LedgerTables.Log>empty() : tables.find(tenant);
        long changed = log.map(own -> tables.countDoubts(own.number())).orElse(0L);
        if (changed == 0) return notary.failure();
        long looked = doubts.countAcknowledged(tenant);
        return Notary.CONTRADICTS + ": " + changed
                + " of your events had been changed in the store before the ledger had them"
                + (looked == 0 ? "" : ", and an administrator has looked at " + looked + " of these");
    }

    private LedgerAnswer none(TenantId tenant, @Nullable String failure) {
        var waiting = waiting(tenant, 0);
        var standing = waiting.events() == 0 && failure == null ? Standing.EMPTY : standing(failure, waiting.since());
        return new LedgerAnswer(
                standing,
                Objects.requireNonNullElse(failure, ""),
                0,
                waiting.events(),
                "",
                0,
                keys.verifier().toString(),
                keys.witnesses().stream()
                        .map(witness -> new WitnessSeen(witness.verifier().toString(), null))
                        .toList(),
                "");
    }

    /** What no witness has seen yet, and since when the oldest of it waits; {@code null} when nothing does. */
    private record Waiting(long events, @Nullable Instant since) {}

    private Waiting waiting(TenantId tenant, long proven) {
        var notTaken = notTaken(tenant);
        var log = tables.find(tenant).map(LedgerTables.Log::number);
        long leaves =
                log.map(number -> Math.max(0, tables.size(number) - proven)).orElse(0L);
        var since = log.filter(number -> leaves > 0)
                .flatMap(
                        number -> tables.batchesFrom(number, proven, 1).stream().findFirst())
                .map(batch -> Instant.ofEpochMilli(batch.from()))
                .or(() -> notTaken.stream().findFirst().map(Row::recordedAt));
        return new Waiting(leaves + notTaken.size(), since.orElse(null));
    }

    /** What lies in the store and is no leaf yet: whoever should take it may hang. */
    private List<Row> notTaken(TenantId tenant) {
        if (notary.standing().isUpToDate()) return List.of();
        return store.behind(tables.place(), MOST_COUNTED).rows().stream()
                .filter(row -> Leaves.of(row).tenant().equals(tenant))
                .toList();
    }

    private Standing standing(@Nullable String failure, @Nullable Instant waitingSince) {
        if (failure != null) return failure.startsWith(Notary.CONTRADICTS) ? Standing.CONTRADICTED : Standing.LATE;
        if (waitingSince == null) return Standing.INTACT;
        return waitingSince.isBefore(clock.instant().minus(LATE)) ? Standing.LATE : Standing.CATCHING_UP;
    }

    private static WitnessSeen seen(Note checkpoint, VerifierKey witness) {
        try {
            return new WitnessSeen(witness.toString(), Cosignature.require(checkpoint, witness));
        } catch (NotProven unseen) {
            return new WitnessSeen(witness.toString(), null);
        }
    }

    @QueryHandler
    EvidenceAnswer answer(EventEvidence asked) {
        var position = store.positions(asked.tenant(), List.of(asked.id().toString()))
                .get(asked.id().toString());
        if (position == null) return new EvidenceAnswer(null);
        var row = store.at(asked.tenant(), List.of(position)).stream().findFirst();
        return new EvidenceAnswer(
                row.map(found -> evidence(asked.tenant(), asked.id(), found)).orElse(null));
    }

    private Evidence evidence(TenantId tenant, EventId id, Row row) {
        var proven = proofs.single(tenant, row.position());
        return new Evidence(
                id,
                row.payloadType(),
                row.stream(),
                row.recordedAt(),
                row.payload(),
                proven.map(SingleEvent::envelope).orElse(null),
                proven.map(SingleEvent::proof).orElse(null),
                privacy.expiry(tenant, row).orElse(null));
    }

    @QueryHandler
    UnchangedAnswer answer(Unchanged asked) {
        var state = proofs.state(asked.tenant());
        if (state.isEmpty()) return new UnchangedAnswer(null, "");
        var here = state.get();
        boolean within = asked.since() > 0 && asked.since() <= here.platformSize();
        return new UnchangedAnswer(
                within
                        ? here.platformTree()
                                .connect(asked.since(), here.platformSize())
                                .text()
                        : null,
                here.checkpoint().toString());
    }
}
