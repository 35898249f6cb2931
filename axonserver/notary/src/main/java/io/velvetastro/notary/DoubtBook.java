package io.velvetastro.notary;

import io.velvetastro.language.DoubtEvent.DoubtAcknowledged;
import io.velvetastro.language.DoubtsId;
import io.velvetastro.language.Envelope;
import io.velvetastro.language.Sealed;
import io.velvetastro.language.StoredBytes;
import io.velvetastro.language.StoredBytes.Row;
import io.velvetastro.language.StoredBytes.Vouched;
import io.velvetastro.language.TenantId;
import io.velvetastro.notary.LedgerTables.Doubt;
import io.velvetastro.notary.LedgerTables.Log;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The doubts of an organisation's ledger with what was said about them. None is ever taken away, and what was said counts as far as the ledger or its own MAC vouches for it. */
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
                    row.map(Row::id).orElse(null),
                    row.map(Row::payloadType).orElse(null),
                    doubt.foundAt(),
                    said.get(leaf.get())));
        }
        return entries;
    }

    boolean has(TenantId tenant, long leaf) {
        return tables.find(tenant).stream()
                .flatMap(log ->
                        tables.doubts(log.number()).stream().flatMap(doubt -> leaf(log.number(), doubt).stream()))
                .anyMatch(doubted -> doubted == leaf);
    }

    private Optional<Long> leaf(int log, Doubt doubt) {
        for (var batch : tables.batchesAt(log, List.of(doubt.position()))) {
            var at = batch.indexOf(doubt.position());
            if (at.isPresent()) return Optional.of(batch.first() + at.getAsInt());
        }
        return Optional.empty();
    }

    /** About how many doubts of all organisations somebody has said that they have looked at them. */
    long countAcknowledged() {
        return tables.doubted().stream().mapToLong(this::countAcknowledged).sum();
    }

    long countAcknowledged(TenantId tenant) {
        var said = said(tenant).keySet();
        if (said.isEmpty()) return 0;
        return tables.find(tenant).stream()
                .flatMap(log ->
                        tables.doubts(log.number()).stream().flatMap(doubt -> leaf(log.number(), doubt).stream()))
                .filter(said::contains)
                .count();
    }

    private Map<Long, Said> said(TenantId tenant) {
        var said = new HashMap<Long, Said>();
        var vouched = vouched(tenant);
        if (vouched.isEmpty()) return said;
        var all = decisions.readEvents(DoubtsId.of(tenant).toString());
        while (all.hasNext()) {
            var event = all.next();
            if (vouched.contains(event.getIdentifier()) && event.getPayload() instanceof DoubtAcknowledged acknowledged)
                said.put(
                        acknowledged.leaf(),
                        new Said(
                                String.valueOf(event.getMetaData().get(Envelope.ACTOR)),
                                acknowledged.reason(),
                                acknowledged.at()));
        }
        return said;
    }

    /** The ids of what was really said: a row that only somebody with the database has written says nothing. */
    private Set<String> vouched(TenantId tenant) {
        var log = tables.find(tenant);
        if (log.isEmpty()) return Set.of();
        var positions = store.ofAggregate(tenant, DoubtsId.of(tenant).toString());
        return store.at(tenant, positions).stream()
                .filter(row -> row.vouched() != Vouched.CHANGED)
                .filter(row ->
                        isLeaf(log.get(), row) || row.vouched() == Vouched.INTACT && row.position() > tables.place())
                .map(Row::id)
                .collect(Collectors.toSet());
    }

    private boolean isLeaf(Log log, Row row) {
        return tables.batchesAt(log.number(), List.of(row.position())).stream().anyMatch(batch -> {
            var at = batch.indexOf(row.position());
            return at.isPresent()
                    && batch.hash(at.getAsInt())
                            .equals(Leaves.of(row).leaf(log.name()).hash());
        });
    }
}
