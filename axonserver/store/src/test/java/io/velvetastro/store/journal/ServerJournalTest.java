package io.velvetastro.store.journal;

import static io.velvetastro.store.Logins.HERE;
import static io.velvetastro.store.Logins.login;
import static io.velvetastro.store.Logins.logins;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.language.Backlog;
import io.velvetastro.language.BatchFollower;
import io.velvetastro.language.Fact;
import io.velvetastro.language.Overloaded;
import io.velvetastro.language.StillBeingStored;
import io.velvetastro.language.Stream;
import io.velvetastro.store.Await;
import io.velvetastro.store.OnAFreshStore;
import io.velvetastro.store.archive.LocatedEvents;
import io.velvetastro.store.following.Followers;
import io.velvetastro.store.streams.ServerStreams;
import io.velvetastro.store.streams.Streams;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** A store like Axon Server's: one stream, positions from 0, and the same event twice if it is sent twice. */
@OnAFreshStore
class ServerJournalTest {
    private final EmbeddedEventStore events = EmbeddedEventStore.builder()
            .storageEngine(new InMemoryEventStorageEngine())
            .build();
    private final ServerStreams streams = new ServerStreams(events);
    private final ServerJournal journal;
    private final JdbcClient db;
    private final PlatformTransactionManager transactions;
    private final LocatedEvents archive;

    @Autowired
    ServerJournalTest(
            JdbcClient db,
            PlatformTransactionManager transactions,
            @Qualifier("eventSerializer") Serializer serializer) {
        this.db = db;
        this.transactions = transactions;
        this.journal = new ServerJournal(events, db, transactions, new Admission(() -> 0, 1, Duration.ZERO));
        this.archive = new LocatedEvents(db, streams, serializer);
    }

    @Test
    void anIdIsTakenOnceHoweverOftenItComes() {
        var fact = login();
        assertThat(journal.append(Stream.TELEMETRY, List.of(fact, fact))).containsExactly(fact.id());
        assertThat(journal.append(Stream.TELEMETRY, List.of(fact))).isEmpty();
        assertThat(read(Stream.TELEMETRY)).containsExactly(fact.id().toString());
    }

    @Test
    void anAppendThatIsGivenUpMayBeTriedAgain() {
        var fact = login();
        var unit = DefaultUnitOfWork.startAndGet(null);
        journal.append(Stream.TELEMETRY, List.of(fact));
        unit.rollback();
        assertThat(read(Stream.TELEMETRY)).isEmpty();
        assertThat(journal.append(Stream.TELEMETRY, List.of(fact))).containsExactly(fact.id());
    }

    @Test
    void whatACrashLeftReservedIsNoDuplicateAndIsTakenOverAfterAMinute() {
        var fact = login();
        var companion = login();
        reservedByOneWhoDied(fact);
        assertThatThrownBy(() -> journal.append(Stream.TELEMETRY, List.of(companion, fact)))
                .isInstanceOfSatisfying(
                        StillBeingStored.class,
                        later -> assertThat(later.retryAfter()).isPositive());
        assertThat(read(Stream.TELEMETRY)).as("nothing of the batch").isEmpty();
        assertThat(journal.append(Stream.TELEMETRY, List.of(companion))).containsExactly(companion.id());
        aMinutePasses(fact);
        assertThat(journal.append(Stream.TELEMETRY, List.of(companion, fact))).containsExactly(fact.id());
        assertThat(journal.append(Stream.TELEMETRY, List.of(companion, fact)))
                .as("both confirmed")
                .isEmpty();
    }

    @Test
    void aFollowerDoesNotPassWhatItsPredecessorWasJustStoringWhenItDied() {
        var seen = login();
        var finding = login();
        reservedByOneWhoDied(finding);
        var followers = new Followers(
                List.of(new FindsOne(seen, finding)), streams, db, new SpringTransactionManager(transactions), "next");
        followers.start();
        try {
            journal.append(Stream.TELEMETRY, List.of(seen));
            Await.until("it is asked to come back", () -> progress(followers).failure() != null);
            assertThat(read(Stream.TELEMETRY)).containsExactly(seen.id().toString());
            aMinutePasses(finding);
            Await.until("it has gone on", () -> read(Stream.TELEMETRY).size() == 2);
        } finally {
            followers.stop();
        }
        assertThat(read(Stream.TELEMETRY))
                .containsExactly(seen.id().toString(), finding.id().toString());
    }

    private static Backlog.Progress progress(Followers followers) {
        return followers.followers().getFirst();
    }

    private void reservedByOneWhoDied(Fact fact) {
        db.sql("INSERT INTO store.admission (tenant, event_id) VALUES (?, ?)")
                .params(HERE.value(), fact.id().value())
                .update();
    }

    private void aMinutePasses(Fact fact) {
        db.sql("UPDATE store.admission SET reserved_at = now() - interval '61 seconds' WHERE event_id = ?")
                .param(fact.id().value())
                .update();
    }

    /** Like detection: what it finds in an event it appends, with its place, and asks no further. */
    private final class FindsOne implements BatchFollower {
        private final Fact seen;
        private final Fact finding;

        FindsOne(Fact seen, Fact finding) {
            this.seen = seen;
            this.finding = finding;
        }

        @Override
        public String name() {
            return "finds-one";
        }

        @Override
        public Set<Stream> streams() {
            return Set.of(Stream.TELEMETRY);
        }

        @Override
        public void follow(List<? extends EventMessage<?>> batch) {
            for (var event : batch)
                if (event.getIdentifier().equals(seen.id().toString()))
                    journal.append(Stream.TELEMETRY, List.of(finding));
        }
    }

    @Test
    void anIdIsForgottenAfterNinetyDays() {
        db.sql(
                        "INSERT INTO store.admission VALUES (?, ?, now() - interval '91 days', true), (?, ?, now() - interval '89 days', true)")
                .params(HERE.value(), new UUID(0, 91), HERE.value(), new UUID(0, 89))
                .update();
        journal.append(Stream.TELEMETRY, logins(1));
        assertThat(db.sql("SELECT event_id FROM store.admission WHERE event_id IN (?, ?)")
                        .params(new UUID(0, 91), new UUID(0, 89))
                        .query(UUID.class)
                        .list())
                .containsExactly(new UUID(0, 89));
    }

    @Test
    void aReaderGetsItsStreamsFromItsPlaceOn() {
        var facts = logins(5);
        journal.append(Stream.TELEMETRY, facts);
        var reader = streams.reader(Set.of(Stream.TELEMETRY), 0);
        var first = reader.next();
        assertThat(first).hasSize(5);
        assertThat(streams.ends().get(Stream.TELEMETRY)).isEqualTo(reader.position());
        var rest = streams.reader(Set.of(Stream.TELEMETRY), Streams.position(first.get(2)))
                .next();
        assertThat(rest)
                .extracting(event -> event.getIdentifier())
                .containsExactly(facts.get(3).id().toString(), facts.get(4).id().toString());
        assertThat(streams.reader(Set.of(Stream.FINDINGS), 0).next()).isEmpty();
        assertThat(streams.at(Set.of(Stream.TELEMETRY), Streams.position(first.get(1)))
                        .getIdentifier())
                .isEqualTo(facts.get(1).id().toString());
    }

    @Test
    void whatTheArchiveHasFollowedItFinds() {
        var fact = login();
        journal.append(Stream.TELEMETRY, List.of(fact));
        archive.follow(streams.reader(Set.of(Stream.TELEMETRY), 0).next());
        var found = archive.read(HERE, List.of(fact.id()));
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().payload()).contains("wrong-password");
    }

    @Test
    void telemetryWaitsWhileItsReadersAreFarBehind() {
        var full = new Admission(() -> 11, 10, Duration.ofSeconds(2));
        assertThatThrownBy(() -> full.check(Stream.TELEMETRY))
                .isInstanceOfSatisfying(
                        Overloaded.class,
                        overloaded -> assertThat(overloaded.retryAfter()).isEqualTo(Duration.ofSeconds(2)));
        full.check(Stream.FINDINGS);
        new Admission(() -> 10, 10, Duration.ofSeconds(2)).check(Stream.TELEMETRY);
    }

    private List<String> read(Stream stream) {
        return streams.reader(Set.of(stream), 0).next().stream()
                .map(event -> event.getIdentifier())
                .toList();
    }
}
