package io.velvetastro.store.journal;

import io.velvetastro.language.Envelope;
import io.velvetastro.language.EventId;
import io.velvetastro.language.Fact;
import io.velvetastro.language.Journal;
import io.velvetastro.language.StillBeingStored;
import io.velvetastro.language.Stream;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The journal on a store that refuses no duplicate: ids are reserved in PostgreSQL, the events appended, the ids confirmed. Only a confirmed id is a duplicate. A crash in between leaves a reservation of which nobody knows whether its event is stored: whoever brings the event again is asked to come back, and after a minute appends it. So an event may be appended twice but never lost; every reader ignores an id it has seen.
 */
public final class ServerJournal implements Journal {
    private static final String RESERVE = """
            INSERT INTO store.admission (tenant, event_id) SELECT * FROM unnest(?::uuid[], ?::uuid[])
            ON CONFLICT (tenant, event_id) DO UPDATE SET reserved_at = now()
                WHERE NOT admission.confirmed AND admission.reserved_at < now() - interval '1 minute'
            RETURNING tenant, event_id""";
    private static final String SETTLED =
            "SELECT count(*) FROM store.admission WHERE confirmed AND (tenant, event_id) IN (SELECT * FROM unnest(?::uuid[], ?::uuid[]))";
    private static final String CONFIRM =
            "UPDATE store.admission SET confirmed = true WHERE (tenant, event_id) IN (SELECT * FROM unnest(?::uuid[], ?::uuid[]))";
    private static final String RELEASE =
            "DELETE FROM store.admission WHERE NOT confirmed AND (tenant, event_id) IN (SELECT * FROM unnest(?::uuid[], ?::uuid[]))";

    private static final String FORGET = "DELETE FROM store.admission WHERE reserved_at < now() - interval '90 days'";
    private static final long FORGET_EVERY_NANOS = TimeUnit.HOURS.toNanos(6);
    private static final Duration SETTLES_WITHIN = Duration.ofSeconds(2);

    private final EventBus events;
    private final JdbcClient db;
    private final TransactionTemplate apart;
    private final Admission admission;
    private final AtomicLong forgetAt = new AtomicLong(System.nanoTime());

    private record Key(UUID tenant, UUID event) {}

    public ServerJournal(EventBus events, JdbcClient db, PlatformTransactionManager transactions, Admission admission) {
        this.events = events;
        this.db = db;
        this.apart = new TransactionTemplate(transactions);
        this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.admission = admission;
    }

    @Override
    public void giveWay() {
        admission.checkWhatCanWait();
    }

    @Override
    public Set<EventId> append(Stream stream, List<Fact> facts) {
        if (stream == Stream.DECISIONS)
            throw new IllegalArgumentException("Decisions are appended by their aggregates");
        if (facts.isEmpty()) return Set.of();
        admission.check(stream);
        forgetTheOldest();
        var byKey = new LinkedHashMap<Key, Fact>();
        facts.forEach(fact -> byKey.putIfAbsent(keyOf(fact), fact));
        byKey.keySet().retainAll(reserve(byKey.keySet()));
        if (!byKey.isEmpty()) publish(byKey);
        return byKey.values().stream().map(Fact::id).collect(Collectors.toSet());
    }

    private void publish(Map<Key, Fact> facts) {
        if (CurrentUnitOfWork.isStarted()) {
            publishWithin(CurrentUnitOfWork.get(), facts);
            return;
        }
        var unit = DefaultUnitOfWork.startAndGet(null);
        var result = unit.executeWithResult(() -> {
            publishWithin(unit, facts);
            return null;
        });
        if (result.isExceptional())
            throw new IllegalStateException("The store did not take the events", result.exceptionResult());
    }

    private void publishWithin(UnitOfWork<?> unit, Map<Key, Fact> facts) {
        unit.afterCommit(done -> settle(CONFIRM, facts.keySet()));
        unit.onRollback(undone -> settle(RELEASE, facts.keySet()));
        events.publish(facts.values().stream().map(ServerJournal::asMessage).toList());
    }

    /** Those nobody has stored; none is left reserved where it cannot be said of all. */
    private Set<Key> reserve(Set<Key> keys) {
        return apart.execute(status -> {
            var reserved = db.sql(RESERVE)
                    .params(array(keys, Key::tenant), array(keys, Key::event))
                    .query((row, number) -> new Key(row.getObject(1, UUID.class), row.getObject(2, UUID.class)))
                    .set();
            var others = new HashSet<>(keys);
            others.removeAll(reserved);
            if (!areSettled(others)) throw new StillBeingStored(SETTLES_WITHIN);
            return reserved;
        });
    }

    private boolean areSettled(Set<Key> keys) {
        return keys.isEmpty()
                || keys.size()
                        == db.sql(SETTLED)
                                .params(array(keys, Key::tenant), array(keys, Key::event))
                                .query(Long.class)
                                .single();
    }

    private void settle(String sql, Collection<Key> keys) {
        apart.executeWithoutResult(status -> db.sql(sql)
                .params(array(keys, Key::tenant), array(keys, Key::event))
                .update());
    }

    private void forgetTheOldest() {
        long due = forgetAt.get();
        if (System.nanoTime() - due >= 0 && forgetAt.compareAndSet(due, System.nanoTime() + FORGET_EVERY_NANOS))
            apart.executeWithoutResult(status -> db.sql(FORGET).update());
    }

    private static Key keyOf(Fact fact) {
        var tenant = fact.envelope().get(Envelope.TENANT);
        if (tenant == null) throw new IllegalArgumentException("No event without its tenant");
        return new Key(UUID.fromString(tenant), fact.id().value());
    }

    private static GenericEventMessage<Object> asMessage(Fact fact) {
        var message = new GenericMessage<>(fact.id().toString(), fact.payload(), MetaData.from(fact.envelope()));
        return new GenericEventMessage<>(message, GenericEventMessage.clock::instant);
    }

    private static String array(Collection<Key> keys, Function<Key, UUID> field) {
        return keys.stream().map(field).map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
    }
}
