package io.velvetastro.store;

import static io.velvetastro.store.Logins.HERE;
import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.DefenseEvent.NetworkBlocked;
import io.velvetastro.language.Envelope;
import io.velvetastro.language.Network;
import io.velvetastro.language.RuleId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.annotation.DeadlineHandler;
import org.axonframework.deadline.dbscheduler.DbSchedulerDeadlineManager;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.SagaLifecycle;
import org.axonframework.modelling.saga.StartSaga;
import org.axonframework.spring.stereotype.Saga;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

@OnAFreshStore
@Import(SagasOnThisStoreTest.Waiting.class)
class SagasOnThisStoreTest {
    @Autowired
    EventBus events;

    @Autowired
    JdbcClient db;

    @Autowired
    DeadlineManager deadlines;

    @Test
    void aSagaWaitsInTheDatabaseAndItsDeadlineComes() {
        assertThat(deadlines).isInstanceOf(DbSchedulerDeadlineManager.class);
        Await.until(
                "the saga's processor listens", () -> count("store.tokens WHERE processorName LIKE 'Waiting%'") == 2);
        var blocked = new NetworkBlocked(
                new RuleId(UUID.randomUUID()),
                HERE,
                Network.of("192.0.2.1"),
                Instant.EPOCH,
                "because",
                null,
                Instant.EPOCH);
        events.publish(
                new GenericEventMessage<>(blocked, MetaData.from(Envelope.of(HERE, "playbook:test", Instant.EPOCH))));
        Await.until("the saga waits", () -> count("store.sagas") == 1);
        var state = db.sql("SELECT convert_from(serializedSaga, 'UTF8') FROM store.sagas")
                .query(String.class)
                .single();
        assertThat(state).isEqualTo("{\"until\":\"1970-01-01T00:00:00Z\"}");
        assertThat(db.sql("SELECT associationValue FROM store.saga_associations")
                        .query(String.class)
                        .list())
                .containsExactly(blocked.ruleId().toString());
        Await.until(
                "the deadline has ended the saga",
                () -> count("store.sagas") == 0 && count("store.scheduled_tasks") == 0);
        assertThat(count("store.saga_associations")).isZero();
    }

    private long count(String table) {
        return db.sql("SELECT count(*) FROM " + table).query(Long.class).single();
    }

    /** Waits a moment, then ends. */
    @Saga
    public static class Waiting {
        @SuppressWarnings("UnusedVariable") // What a saga remembers is stored with it.
        private Instant until;

        @StartSaga
        @SagaEventHandler(associationProperty = "ruleId")
        public void on(NetworkBlocked event, DeadlineManager deadlines) {
            until = event.until();
            deadlines.schedule(Duration.ofSeconds(5), "waited enough");
        }

        @DeadlineHandler(deadlineName = "waited enough")
        public void enough() {
            SagaLifecycle.end();
        }
    }
}
