package io.velvetastro.store.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.language.Envelope;
import io.velvetastro.store.Logins;
import io.velvetastro.store.OnAFreshStore;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Somebody writes into the tables what commands will be decided on, where no ledger comes by. */
@OnAFreshStore
@TestPropertySource(properties = "velvet.db.role=postgres") // What is forged is seen by the house before it is undone.
class ForgedDecisionsTest {
    private static final String FORGED =
            "INSERT INTO store.decisions SELECT %d, aggregateIdentifier, 2, type, gen_random_uuid()::text, timeStamp, payloadType, payloadRevision, payload, metaData FROM store.decisions WHERE sequenceNumber = 1 AND aggregateIdentifier = '%s'";

    @Autowired
    EventStore decisions;

    private JdbcTemplate db;
    private TransactionTemplate transaction;
    private String aggregate;

    @Autowired
    void aDatabase(DataSource database, PlatformTransactionManager transactions) {
        db = new JdbcTemplate(database);
        transaction = new TransactionTemplate(transactions);
    }

    @BeforeEach
    void twoDecisions() {
        aggregate = UUID.randomUUID().toString();
        decisions.publish(event(0, "placed"), event(1, "looked at"));
    }

    @Test
    void aRowBesideTheNumberLineIsNoDecision() {
        for (long position : List.of(-1L, 0L, 100_000_000_000_000_000L))
            transaction.executeWithoutResult(status -> {
                status.setRollbackOnly();
                db.execute("ALTER TABLE store.decisions DROP CONSTRAINT decisions_given");
                assertThat(db.update(FORGED.formatted(position, aggregate))).isOne();
                assertThat(read()).as("at " + position).containsExactly("placed", "looked at");
            });
    }

    @Test
    void theTableItselfRefusesWhatLiesBeforeItsBeginning() {
        assertThatThrownBy(() -> db.update(FORGED.formatted(-1, aggregate)))
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void aSnapshotIsBelievedOnlyAsTheHouseWroteIt() {
        decisions.storeSnapshot(event(1, "all in one"));
        assertThat(read()).containsExactly("all in one");
        for (var edit : List.of(
                "payload = convert_to('\"nothing happened\"', 'UTF8')",
                "sequenceNumber = 2",
                "type = 'Other'",
                "timeStamp = '2026-03-01T10:00:00.123Z'",
                "metaData = convert_to('{}', 'UTF8')",
                "eventIdentifier = gen_random_uuid()::text"))
            transaction.executeWithoutResult(status -> {
                status.setRollbackOnly();
                assertThat(db.update(
                                "UPDATE store.snapshots SET " + edit + " WHERE aggregateIdentifier = ?", aggregate))
                        .isOne();
                assertThat(read()).as(edit).containsExactly("placed", "looked at");
            });
        assertThat(read()).containsExactly("all in one");
    }

    @Test
    void aSnapshotOfSomethingElseIsNotBelieved() {
        decisions.storeSnapshot(event(1, "all in one"));
        var another = aggregate;
        twoDecisions();
        assertThat(db.update(
                        "UPDATE store.snapshots SET aggregateIdentifier = ? WHERE aggregateIdentifier = ?",
                        aggregate,
                        another))
                .isOne();
        assertThat(read()).containsExactly("placed", "looked at");
    }

    private List<Object> read() {
        return decisions
                .readEvents(aggregate)
                .asStream()
                .<Object>map(DomainEventMessage::getPayload)
                .toList();
    }

    private DomainEventMessage<?> event(long sequence, String payload) {
        return new GenericDomainEventMessage<>(
                "Thing",
                aggregate,
                sequence,
                payload,
                MetaData.from(Envelope.of(Logins.HERE, "service:test", Instant.EPOCH)));
    }
}
