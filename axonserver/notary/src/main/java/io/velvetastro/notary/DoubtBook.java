package io.velvetastro.notary;

import io.velvetastro.language.DoubtEvent.DoubtAcknowledged;
import io.velvetastro.language.DoubtsId;
import io.velvetastro.language.Envelope;
import io.velvetastro.language.Sealed;
import io.velvetastro.language.StoredBytes;
import io.velvetastro.language.TenantId;
import io.velvetastro.notary.LedgerTables.Doubt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The doubts of an organisation's ledger with what was said about them. None is ever taken away. */
@Component
class DoubtBook {
    private final EventStore decisions;
    private final StoredBytes store;
    private final LedgerTables tables;

    DoubtBook(EventStore decisions, StoredBytes store, LedgerTables tables) {
        this.decisions = decisions;
        this.store = store;
        this.tables = tables;
    }

    /**
     * An event that was not what had been stored when the ledger came to it.
     *
     * @param leaf where it stands in the organisation's log, as it was found
     * @param eventId absent when it is gone by now
     */
    record Entry(
            long leaf,
            @Nullable String eventId,
            @Nullable String type,
            Instant foundAt,
            @Nullable Said said) {}

    /** Who has looked at it and why it may stand there. */
    record Said(String actor, Sealed reason, Instant at) {}

    List<Entry> of(TenantId tenant) {
        var log = tables.find(tenant);
        if (log.isEmpty()) return List.of();
        var said = said(tenant);
        var entries = new ArrayList<Entry>();
        for (var doubt : tables.doubts(log.get().number())) {
            var leaf = leaf(log.get().number(), doubt);
            if (leaf.isEmpty()) continue;
            var row = store.at(tenant, List.of(doubt.position())).stream().findFirst();
            entries.add(new Entry(
                    leaf.get(),
                    row.map(StoredBytes.Row::id).orElse(null),
                    row.map(StoredBytes.Row::payloadType).orElse(null),
                    doubt.foundAt(),
                    said.get(leaf.get())));
        }
        return entries;
    }

    /** Where the doubt about this leaf lies in the store. */
    Optional<Long> position(TenantId tenant, long leaf) {
        return tables.find(tenant)
                .flatMap(log -> tables.doubts(log.number()).stream()
                        .filter(doubt -> leaf(log.number(), doubt).equals(Optional.of(leaf)))
                        .map(Doubt::position)
                        .findFirst());
    }

    private Optional<Long> leaf(int log, Doubt doubt) {
        for (var batch : tables.batchesAt(log, List.of(doubt.position()))) {
            var at = batch.indexOf(doubt.position());
            if (at.isPresent()) return Optional.of(batch.first() + at.getAsInt());
        }
        return Optional.empty();
    }

    private Map<Long, Said> said(TenantId tenant) {
        var said = new HashMap<Long, Said>();
        var all = decisions.readEvents(DoubtsId.of(tenant).toString());
        while (all.hasNext()) {
            var event = all.next();
            if (event.getPayload() instanceof DoubtAcknowledged acknowledged)
                said.put(
                        acknowledged.leaf(),
                        new Said(
                                String.valueOf(event.getMetaData().get(Envelope.ACTOR)),
                                acknowledged.reason(),
                                acknowledged.at()));
        }
        return said;
    }
}
