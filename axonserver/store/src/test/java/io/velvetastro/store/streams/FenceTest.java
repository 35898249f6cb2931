package io.velvetastro.store.streams;

import static io.velvetastro.store.Logins.login;
import static io.velvetastro.store.Logins.logins;
import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.Journal;
import io.velvetastro.language.Stream;
import io.velvetastro.store.OnAFreshStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Positions are given out before their rows can be seen, and rows are seen in any order. No reader may pass one by. */
@OnAFreshStore
class FenceTest {
    @Autowired
    Journal journal;

    @Autowired
    Streams streams;

    @Autowired
    PlatformTransactionManager transactions;

    @Test
    void aReaderWaitsForAnAppendThatIsNotYetCommitted() throws Exception {
        var slow = login();
        var quick = login();
        var appended = new CountDownLatch(1);
        var mayCommit = new CountDownLatch(1);
        try (var other = Executors.newSingleThreadExecutor()) {
            var slowAppend = other.submit((Callable<?>) () -> new TransactionTemplate(transactions).execute(status -> {
                journal.append(Stream.FINDINGS, List.of(slow));
                appended.countDown();
                return await(mayCommit);
            }));
            appended.await();
            journal.append(Stream.FINDINGS, List.of(quick));
            assertThat(read(Stream.FINDINGS)).doesNotContain(quick.id().toString());
            mayCommit.countDown();
            slowAppend.get();
        }
        assertThat(read(Stream.FINDINGS))
                .containsSubsequence(slow.id().toString(), quick.id().toString());
    }

    /** A reader of two streams that took the quiet one's old word for its end would sit still for a second. */
    @Test
    void aQuietStreamHoldsNobodyBack() {
        var reader = streams.reader(Set.of(Stream.TELEMETRY, Stream.FINDINGS), 0);
        journal.append(Stream.TELEMETRY, List.of(login()));
        while (!reader.next().isEmpty()) {} // Both streams say that this is all.
        for (int i = 0; i < 20; i++) {
            var finding = login();
            journal.append(Stream.FINDINGS, List.of(finding));
            assertThat(reader.next())
                    .extracting(event -> event.getIdentifier())
                    .containsExactly(finding.id().toString());
        }
    }

    @Test
    void anAppendThatIsGivenUpHoldsNobodyBack() {
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            journal.append(Stream.FINDINGS, logins(5));
            status.setRollbackOnly();
        });
        var after = login();
        journal.append(Stream.FINDINGS, List.of(after));
        assertThat(read(Stream.FINDINGS)).endsWith(after.id().toString());
    }

    @Test
    void aStreamWaitsForItsOwnAppendsOnly() throws Exception {
        var appended = new CountDownLatch(1);
        var mayCommit = new CountDownLatch(1);
        try (var other = Executors.newSingleThreadExecutor()) {
            var slowAppend = other.submit((Callable<?>) () -> new TransactionTemplate(transactions).execute(status -> {
                journal.append(Stream.TELEMETRY, logins(1));
                appended.countDown();
                return await(mayCommit);
            }));
            appended.await();
            var finding = login();
            journal.append(Stream.FINDINGS, List.of(finding));
            assertThat(read(Stream.FINDINGS)).contains(finding.id().toString());
            mayCommit.countDown();
            slowAppend.get();
        }
    }

    @Test
    void aReaderBesideManyWritersSeesEveryEventOnceAndInOrder() throws Exception {
        var done = new AtomicBoolean();
        var expected = new HashSet<String>();
        try (var crowd = Executors.newFixedThreadPool(5)) {
            var seen = crowd.submit(() -> follow(done));
            var writers = new ArrayList<java.util.concurrent.Future<List<String>>>();
            for (int writer = 0; writer < 4; writer++) writers.add(crowd.submit(this::write));
            for (var writer : writers) expected.addAll(writer.get());
            done.set(true);
            var positions = seen.get();
            assertThat(positions.positions()).isSorted().doesNotHaveDuplicates();
            assertThat(positions.ids()).containsAll(expected);
        }
    }

    private List<String> write() {
        var written = new ArrayList<String>();
        for (int i = 0; i < 150; i++) {
            boolean givenUp = i % 7 == 0;
            var facts = logins(1 + i % 3);
            new TransactionTemplate(transactions).executeWithoutResult(status -> {
                journal.append(Stream.TELEMETRY, facts);
                if (givenUp) status.setRollbackOnly();
            });
            if (!givenUp) facts.forEach(fact -> written.add(fact.id().toString()));
        }
        return written;
    }

    private record Seen(List<Long> positions, Set<String> ids) {}

    private Seen follow(AtomicBoolean done) {
        var reader = streams.reader(Set.of(Stream.TELEMETRY), 0);
        var seen = new Seen(new ArrayList<>(), new HashSet<>());
        for (boolean last = false; ; last = done.get()) {
            for (var next = reader.next(); !next.isEmpty(); next = reader.next()) {
                next.forEach(event -> {
                    seen.positions().add(Streams.position(event));
                    seen.ids().add(event.getIdentifier());
                });
            }
            if (last) return seen;
        }
    }

    private List<String> read(Stream stream) {
        var reader = streams.readerOfAll(Set.of(stream));
        var ids = new ArrayList<String>();
        for (var next = reader.next(); !next.isEmpty(); next = reader.next())
            next.forEach(event -> ids.add(event.getIdentifier()));
        return ids;
    }

    private static Object await(CountDownLatch latch) {
        try {
            latch.await();
            return "done";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
