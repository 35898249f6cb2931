package io.velvetastro.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.language.Envelope;
import io.velvetastro.store.testing.Administrator;
import java.time.Instant;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.gateway.EventGateway;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.axonframework.modelling.saga.repository.jdbc.JdbcSagaStore;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.json.JacksonSerializer;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

@OnAFreshStore
class AxonOnThisStoreTest {
    @Autowired
    ApplicationContext house;

    @Autowired
    JdbcClient db;

    @Autowired
    Administrator administrator;

    @Autowired
    EventGateway events;

    @Autowired
    TransactionManager transactions;

    @Test
    void transactionsAreRealAndEventsAreKept() {
        assertThat(transactions).isInstanceOf(SpringTransactionManager.class);
        assertThat(house.getBean(EventStore.class).getClass().getSimpleName()).isEqualTo("DecisionStore");
        assertThat(house.getBean(SagaStore.class)).isInstanceOf(JdbcSagaStore.class);
    }

    @Test
    void everythingIsWrittenAsJson() {
        assertThat(house.getBeansOfType(Serializer.class).values())
                .isNotEmpty()
                .allMatch(JacksonSerializer.class::isInstance);
        assertThat(house.getBean("messageSerializer").getClass().getSimpleName())
                .isEqualTo("MessageJson");
        assertThatThrownBy(() -> Class.forName("com.thoughtworks.xstream.XStream"))
                .isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void nobodyIsToldThatWeRun() {
        assertThat(System.getProperty("axoniq.update-checker.disabled")).isEqualTo("true");
    }

    @Test
    void aHandlerThatThrowsLeavesNeitherRowNorEvent() {
        administrator
                .template()
                .execute("CREATE TABLE IF NOT EXISTS left_behind (n int); GRANT ALL ON left_behind TO PUBLIC");
        long before = count("store.decisions");
        var unit = DefaultUnitOfWork.startAndGet(GenericEventMessage.asEventMessage("a command"));
        unit.attachTransaction(transactions);
        var result = unit.executeWithResult(() -> {
            db.sql("INSERT INTO left_behind VALUES (1)").update();
            events.publish(new GenericEventMessage<>(
                    "something happened", MetaData.from(Envelope.of(Logins.HERE, "service:test", Instant.EPOCH))));
            throw new IllegalStateException("too bad");
        });
        assertThat(result.isExceptional()).isTrue();
        assertThat(count("left_behind")).isZero();
        assertThat(count("store.decisions")).isEqualTo(before);
    }

    private long count(String table) {
        return db.sql("SELECT count(*) FROM " + table).query(Long.class).single();
    }
}
