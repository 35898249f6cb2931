package io.velvetastro.notary;

import io.velvetastro.language.Envelope;
import io.velvetastro.language.HoldId;
import io.velvetastro.language.PrincipalId;
import io.velvetastro.language.PrivacyEvent.ErasureOrdered;
import io.velvetastro.language.PrivacyEvent.HoldLifted;
import io.velvetastro.language.PrivacyEvent.HoldPlaced;
import io.velvetastro.language.PrivacyEvent.MonthEnded;
import io.velvetastro.language.PrivacyEvent.PersonErased;
import io.velvetastro.language.PrivacyEvent.PlanRetentionSet;
import io.velvetastro.language.PrivacyEvent.RetentionSet;
import io.velvetastro.language.PrivacyId;
import io.velvetastro.language.StoredBytes;
import io.velvetastro.language.StoredBytes.Row;
import io.velvetastro.language.TenantId;
import io.velvetastro.ledger.Expiry;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What an organisation has decided so far about keeping and forgetting, read from those decisions themselves. */
@Component
class PrivacyBook {
    private final EventStore decisions;
    private final StoredBytes store;

    PrivacyBook(EventStore decisions, StoredBytes store) {
        this.decisions = decisions;
        this.store = store;
    }

    /**
     * Where it stands.
     *
     * @param keeping how long months live
     * @param holds those that were not lifted, the oldest first
     * @param ended when each month ended last
     * @param toBeErased since when it was ordered, of whom it was not done yet
     */
    record Page(
            Keeping keeping,
            List<HoldPlaced> holds,
            Map<String, Instant> ended,
            Map<PrincipalId, Instant> toBeErased) {}

    Page of(TenantId tenant) {
        var keeping = Keeping.FOR_EVER;
        var holds = new LinkedHashMap<HoldId, HoldPlaced>();
        var ended = new TreeMap<String, Instant>();
        var toBeErased = new LinkedHashMap<PrincipalId, Instant>();
        var all = decisions.readEvents(PrivacyId.of(tenant).toString());
        while (all.hasNext()) {
            switch (all.next().getPayload()) {
                case RetentionSet set -> keeping = keeping.after(set);
                case PlanRetentionSet set -> keeping = keeping.after(set);
                case ErasureOrdered order -> toBeErased.put(order.person(), order.at());
                case PersonErased erased -> toBeErased.remove(erased.person());
                case HoldPlaced placed -> holds.put(placed.hold(), placed);
                case HoldLifted lifted -> holds.remove(lifted.hold());
                case MonthEnded month -> ended.put(month.month(), month.at());
                default -> {}
            }
        }
        return new Page(keeping, List.copyOf(holds.values()), ended, toBeErased);
    }

    /** When it was said last of each month that it has ended, by the clock of the store. */
    Map<String, Instant> said(TenantId tenant) {
        var said = new TreeMap<String, Instant>();
        for (var row : ended(tenant))
            Expiry.of(Leaves.of(row).leaf("")).ifPresent(end -> said.put(end.month(), row.recordedAt()));
        return said;
    }

    /** Where the ends of months lie in the store, in order. */
    List<Long> ends(TenantId tenant) {
        return ended(tenant).stream().map(Row::position).toList();
    }

    /** When what is sealed in an event could be opened by nobody any more. */
    Optional<Instant> expiry(TenantId tenant, Row event) {
        if (!Expiry.isSealed(event.payloadType(), event.payload())) return Optional.empty();
        var month = month(event);
        if (month == null) return Optional.empty();
        return ended(tenant).stream()
                .filter(end -> end.position() > event.position())
                .flatMap(end -> Expiry.of(Leaves.of(end).leaf("")).stream())
                .filter(end -> end.month().equals(month))
                .map(Expiry::at)
                .findFirst();
    }

    private static @Nullable String month(Row event) {
        var at = Leaves.of(event).metadata().entries().get(Envelope.OCCURRED_AT);
        return at == null ? null : Expiry.month(at.content());
    }

    private List<Row> ended(TenantId tenant) {
        return store.at(tenant, store.ofAggregate(tenant, PrivacyId.of(tenant).toString())).stream()
                .filter(row -> Expiry.of(Leaves.of(row).leaf("")).isPresent())
                .toList();
    }
}
