package io.velvetastro.store.journal;

import static io.velvetastro.store.Logins.ELSEWHERE;
import static io.velvetastro.store.Logins.HERE;
import static io.velvetastro.store.Logins.fresh;
import static io.velvetastro.store.Logins.login;
import static io.velvetastro.store.Logins.logins;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.language.Fact;
import io.velvetastro.language.Journal;
import io.velvetastro.language.Stream;
import io.velvetastro.store.OnAFreshStore;
import io.velvetastro.store.streams.Streams;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@OnAFreshStore
class JdbcJournalTest {
    @Autowired
    Journal journal;

    @Autowired
    Streams streams;

    @Autowired
    PlatformTransactionManager transactions;

    @Test
    void whatIsAppendedIsReadBackAsItWas() {
        var fact = login();
        assertThat(journal.append(Stream.TELEMETRY, List.of(fact))).containsExactly(fact.id());
        var stored = all(Stream.TELEMETRY).stream()
                .filter(event -> event.getIdentifier().equals(fact.id().toString()))
                .findFirst()
                .orElseThrow();
        assertThat(stored.getPayload()).isEqualTo(fact.payload());
        assertThat(Map.copyOf(stored.getMetaData())).isEqualTo(fact.envelope());
    }

    @Test
    void anIdIsTakenOnceHoweverOftenItComes() {
        var fact = login();
        assertThat(journal.append(Stream.TELEMETRY, List.of(fact, fact))).containsExactly(fact.id());
        assertThat(journal.append(Stream.TELEMETRY, List.of(fact))).isEmpty();
        assertThat(all(Stream.TELEMETRY))
                .filteredOn(event -> event.getIdentifier().equals(fact.id().toString()))
                .hasSize(1);
    }

    @Test
    void theSameIdOfAnotherTenantIsAnotherEvent() {
        var id = fresh();
        journal.append(Stream.TELEMETRY, List.of(login(HERE, id)));
        assertThat(journal.append(Stream.TELEMETRY, List.of(login(ELSEWHERE, id))))
                .containsExactly(id);
    }

    @Test
    void duplicatesDoNotCostTheirNeighbours() {
        var facts = logins(100);
        journal.append(Stream.TELEMETRY, facts.subList(0, 50));
        assertThat(journal.append(Stream.TELEMETRY, facts)).hasSize(50);
    }

    @Test
    void twoImportsOfTheSameFileAtOnceStoreItOnce() throws Exception {
        var facts = logins(2_000);
        var backwards = new ArrayList<>(facts);
        Collections.reverse(backwards);
        try (var both = Executors.newFixedThreadPool(2)) {
            var one = both.submit(() -> appendInPieces(facts));
            var other = both.submit(() -> appendInPieces(backwards));
            assertThat(one.get() + other.get()).isEqualTo(2_000);
        }
    }

    @Test
    void anAppendWithinATransactionSharesItsFate() {
        var fact = login();
        var transaction = new TransactionTemplate(transactions);
        transaction.executeWithoutResult(status -> {
            journal.append(Stream.FINDINGS, List.of(fact));
            status.setRollbackOnly();
        });
        assertThat(all(Stream.FINDINGS))
                .noneMatch(event -> event.getIdentifier().equals(fact.id().toString()));
        assertThat(journal.append(Stream.FINDINGS, List.of(fact))).hasSize(1);
    }

    @Test
    void anEventWithoutItsTenantIsRefused() {
        var fact = login();
        var nameless = new Fact(
                fact.id(), fact.payload(), Map.of("actor", "service:test", "occurredAt", "2026-03-01T10:00:00Z"));
        assertThatThrownBy(() -> journal.append(Stream.TELEMETRY, List.of(nameless)))
                .hasMessageContaining("tenant");
    }

    @Test
    void whatHasNoRevisionIsRefused() {
        var fact = login();
        assertThatThrownBy(() ->
                        journal.append(Stream.TELEMETRY, List.of(new Fact(fact.id(), "just text", fact.envelope()))))
                .hasMessageContaining("no revision");
    }

    @Test
    void decisionsComeFromTheirAggregatesOnly() {
        assertThatThrownBy(() -> journal.append(Stream.DECISIONS, logins(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private int appendInPieces(List<Fact> facts) {
        int appended = 0;
        for (int i = 0; i < facts.size(); i += 100)
            appended +=
                    journal.append(Stream.TELEMETRY, facts.subList(i, i + 100)).size();
        return appended;
    }

    private List<TrackedEventMessage<?>> all(Stream stream) {
        var reader = streams.readerOfAll(Set.of(stream));
        var all = new ArrayList<TrackedEventMessage<?>>();
        for (var next = reader.next(); !next.isEmpty(); next = reader.next()) all.addAll(next);
        return all;
    }
}
