package io.velvetastro.store.following;

import static io.velvetastro.store.Logins.ELSEWHERE;
import static io.velvetastro.store.Logins.HERE;
import static io.velvetastro.store.Logins.fresh;
import static io.velvetastro.store.Logins.login;
import static io.velvetastro.store.Logins.logins;
import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.Backlog;
import io.velvetastro.language.BatchFollower;
import io.velvetastro.language.Fact;
import io.velvetastro.language.Journal;
import io.velvetastro.language.Stream;
import io.velvetastro.store.Await;
import io.velvetastro.store.OnAFreshStore;
import io.velvetastro.store.following.FollowersTest.Notes;
import io.velvetastro.store.streams.Streams;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.eventhandling.EventMessage;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

@OnAFreshStore
@TestPropertySource(
        properties = "velvet.db.role=postgres") // A follower of its own, with tables that no migration makes.
@Import(Notes.class)
class FollowersTest {
    @Autowired
    Journal journal;

    @Autowired
    Followers followers;

    @Autowired
    Notes notes;

    @Autowired
    JdbcClient db;

    @Autowired
    Streams streams;

    @Test
    void eventsReachAFollowerInOrder() {
        var facts = logins(1_200);
        journal.append(Stream.TELEMETRY, facts);
        awaitNoted(facts);
        assertThat(notesOf(facts))
                .containsExactlyElementsOf(
                        facts.stream().map(fact -> fact.id().toString()).toList());
    }

    @Test
    void severalStreamsComeInTheOneOrderOfTheStore() {
        var one = login();
        var two = login();
        var three = login();
        journal.append(Stream.TELEMETRY, List.of(one));
        journal.append(Stream.FINDINGS, List.of(two));
        journal.append(Stream.TELEMETRY, List.of(three));
        var all = List.of(one, two, three);
        awaitNoted(all);
        assertThat(notesOf(all))
                .containsExactlyElementsOf(
                        all.stream().map(fact -> fact.id().toString()).toList());
    }

    @Test
    void anEventThatCannotBeTakenParksItsSequenceOnlyAndIsTakenInOrderOnceItCan() {
        var poison = login(HERE, fresh());
        var behindIt = login(HERE, fresh());
        var ofOthers = login(ELSEWHERE, fresh());
        notes.cannotTake.add(poison.id().toString());
        journal.append(Stream.TELEMETRY, List.of(poison, behindIt, ofOthers));
        awaitNoted(List.of(ofOthers));
        assertThat(notesOf(List.of(poison, behindIt))).isEmpty();
        Await.until("both are parked", () -> progress().parked() == 2);

        notes.cannotTake.clear();
        assertThat(followers.retry("notes")).isEqualTo(2);
        assertThat(notesOf(List.of(poison, behindIt)))
                .containsExactly(poison.id().toString(), behindIt.id().toString());
        Await.until("none is parked", () -> progress().parked() == 0);
    }

    @Test
    void aBrokenMachineParksNothing() {
        var fact = login();
        notes.brokenFor.add(fact.id().toString());
        journal.append(Stream.TELEMETRY, List.of(fact));
        Await.until("the follower stumbles", () -> progress().failure() != null);
        assertThat(progress().parked()).isZero();
        notes.brokenFor.clear();
        awaitNoted(List.of(fact));
        Await.until(
                "all is well again",
                () -> progress().failure() == null && progress().behind() == 0);
    }

    @Test
    void aRebuildTakesEveryEventAndGoesOnWhereItEnded() {
        var before = logins(30);
        journal.append(Stream.TELEMETRY, before);
        awaitNoted(before);
        db.sql("CREATE TABLE shadow (LIKE notes INCLUDING ALL)").update();
        long events = followers.rebuild(List.of(new Beside(notes.into("shadow"), () -> {
            db.sql("DROP TABLE notes").update();
            db.sql("ALTER TABLE shadow RENAME TO notes").update();
        })));
        assertThat(events)
                .isEqualTo(
                        db.sql("SELECT count(*) FROM notes").query(Long.class).single());
        assertThat(notesOf(before)).hasSize(30);
        var after = logins(3);
        journal.append(Stream.TELEMETRY, after);
        awaitNoted(after);
    }

    @Test
    void aReaderInTheMiddleOfWhatOthersHaveReadMissesNothingBehindIt() {
        var first = logins(3);
        journal.append(Stream.TELEMETRY, first);
        awaitNoted(first);
        var second = logins(3);
        journal.append(Stream.TELEMETRY, second);
        awaitNoted(second);
        long middle = db.sql("SELECT global_index FROM store.telemetry WHERE event_id = ?")
                .param(first.get(1).id().value())
                .query(Long.class)
                .single();
        var reader = streams.reader(Set.of(Stream.TELEMETRY), middle);
        var read = new ArrayList<String>();
        for (var next = reader.next(); !next.isEmpty(); next = reader.next())
            next.forEach(event -> read.add(event.getIdentifier()));
        assertThat(read)
                .contains(first.get(2).id().toString())
                .containsSequence(
                        second.stream().map(fact -> fact.id().toString()).toList());
    }

    private Backlog.Progress progress() {
        return followers.followers().stream()
                .filter(progress -> progress.follower().equals("notes"))
                .findFirst()
                .orElseThrow();
    }

    private void awaitNoted(List<Fact> facts) {
        Await.until(facts.size() + " events are noted", () -> notesOf(facts).size() == facts.size());
    }

    private List<String> notesOf(List<Fact> facts) {
        return db.sql("SELECT event FROM notes WHERE event = ANY (?) ORDER BY n")
                .param(facts.stream().map(fact -> fact.id().toString()).toArray(String[]::new))
                .query(String.class)
                .list();
    }

    /** Writes down what it was given; and fails where it is told to. */
    static class Notes implements BatchFollower {
        final Set<String> cannotTake = ConcurrentHashMap.newKeySet();
        final Set<String> brokenFor = ConcurrentHashMap.newKeySet();
        private final JdbcClient db;

        Notes(JdbcClient db) {
            this.db = db;
            db.sql("CREATE TABLE notes (n bigint GENERATED ALWAYS AS IDENTITY, event text)")
                    .update();
        }

        @Override
        public String name() {
            return "notes";
        }

        @Override
        public Set<Stream> streams() {
            return Set.of(Stream.TELEMETRY, Stream.FINDINGS);
        }

        @Override
        public void follow(List<? extends EventMessage<?>> batch) {
            note("notes", batch);
        }

        BatchFollower into(String table) {
            var live = this;
            return new BatchFollower() {
                @Override
                public String name() {
                    return live.name();
                }

                @Override
                public Set<Stream> streams() {
                    return live.streams();
                }

                @Override
                public void follow(List<? extends EventMessage<?>> batch) {
                    note(table, batch);
                }
            };
        }

        private void note(String table, List<? extends EventMessage<?>> batch) {
            for (var event : batch) {
                db.sql("INSERT INTO " + table + " (event) VALUES (?)")
                        .param(event.getIdentifier())
                        .update();
                if (cannotTake.contains(event.getIdentifier())) throw new IllegalArgumentException("cannot take it");
                if (brokenFor.contains(event.getIdentifier()))
                    throw new org.springframework.dao.QueryTimeoutException("the machine is broken");
            }
        }
    }
}
