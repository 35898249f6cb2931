package io.velvetastro.decisions.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.language.StillBeingStored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.DataAccessResourceFailureException;

@Timeout(120)
class TogetherTest {
    private final List<List<Integer>> rounds = new CopyOnWriteArrayList<>();

    @Test
    void whoComesAloneIsAnsweredAtOnce() {
        assertThat(doubled(10).ask(4)).isEqualTo(8);
        assertThat(rounds).containsExactly(List.of(4));
    }

    @Test
    void whoComesDuringARoundSharesTheNextAndGetsTheirOwnAnswer() throws Exception {
        var firstIsUnderWay = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var together = new Together<Integer, Integer>(3, asked -> {
            rounds.add(asked);
            if (asked.equals(List.of(0))) {
                firstIsUnderWay.countDown();
                await(goOn);
            }
            return asked.stream().map(it -> it * 2).toList();
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = CompletableFuture.supplyAsync(() -> together.ask(0), threads);
            firstIsUnderWay.await();
            var others = new ArrayList<CompletableFuture<Integer>>();
            for (int i = 1; i <= 5; i++) {
                int question = i;
                others.add(CompletableFuture.supplyAsync(() -> together.ask(question), threads));
                awaitGathered(together, i);
            }
            goOn.countDown();
            assertThat(first.get()).isZero();
            for (int i = 1; i <= 5; i++) assertThat(others.get(i - 1).get()).isEqualTo(i * 2);
        }
        assertThat(rounds).containsExactly(List.of(0), List.of(1, 2, 3), List.of(4, 5));
    }

    @Test
    void aQuestionThatFailsItsRoundFailsAlone() throws Exception {
        var firstIsUnderWay = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var together = new Together<Integer, Integer>(10, asked -> {
            if (asked.contains(13)) throw new IllegalArgumentException("13 has no answer");
            if (asked.equals(List.of(0))) {
                firstIsUnderWay.countDown();
                await(goOn);
            }
            return asked.stream().map(it -> it * 2).toList();
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture.supplyAsync(() -> together.ask(0), threads);
            firstIsUnderWay.await();
            var good = CompletableFuture.supplyAsync(() -> together.ask(1), threads);
            awaitGathered(together, 1);
            var bad = CompletableFuture.supplyAsync(() -> together.ask(13), threads);
            awaitGathered(together, 2);
            goOn.countDown();
            assertThat(good.get()).isEqualTo(2);
            assertThatThrownBy(bad::join).hasRootCauseMessage("13 has no answer");
        }
        assertThat(together.ask(3)).isEqualTo(6);
    }

    @Test
    void whoSendsWhatIsStillBeingStoredWaitsAlone() throws Exception {
        var firstIsUnderWay = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var together = new Together<Integer, Integer>(10, asked -> {
            if (asked.contains(13)) throw new StillBeingStored(Duration.ofSeconds(1));
            if (asked.equals(List.of(0))) {
                firstIsUnderWay.countDown();
                await(goOn);
            }
            return asked;
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture.supplyAsync(() -> together.ask(0), threads);
            firstIsUnderWay.await();
            var unsettled = CompletableFuture.supplyAsync(() -> together.ask(13), threads);
            awaitGathered(together, 1);
            var other = CompletableFuture.supplyAsync(() -> together.ask(1), threads);
            awaitGathered(together, 2);
            goOn.countDown();
            assertThat(other.get()).isEqualTo(1);
            assertThatThrownBy(unsettled::join).hasRootCauseInstanceOf(StillBeingStored.class);
        }
    }

    @Test
    void whereTheMachineIsInTroubleAllAreToldAtOnce() throws Exception {
        var firstIsUnderWay = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var together = new Together<Integer, Integer>(10, asked -> {
            rounds.add(asked);
            if (!asked.equals(List.of(0))) throw new DataAccessResourceFailureException("the database is gone");
            firstIsUnderWay.countDown();
            await(goOn);
            return asked;
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture.supplyAsync(() -> together.ask(0), threads);
            firstIsUnderWay.await();
            var one = CompletableFuture.supplyAsync(() -> together.ask(1), threads);
            awaitGathered(together, 1);
            var two = CompletableFuture.supplyAsync(() -> together.ask(2), threads);
            awaitGathered(together, 2);
            goOn.countDown();
            assertThatThrownBy(one::join).hasRootCauseMessage("the database is gone");
            assertThatThrownBy(two::join).hasRootCauseMessage("the database is gone");
        }
        assertThat(rounds).containsExactly(List.of(0), List.of(1, 2));
    }

    @Test
    void nobodyWaitsLongForARoundThatDoesNotEnd() throws Exception {
        var firstIsUnderWay = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var together = new Together<Integer, Integer>(10, Duration.ofMillis(20), asked -> {
            if (asked.equals(List.of(0))) {
                firstIsUnderWay.countDown();
                await(goOn);
            }
            return asked.stream().map(it -> it * 2).toList();
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var stuck = CompletableFuture.supplyAsync(() -> together.ask(0), threads);
            firstIsUnderWay.await();
            assertThat(together.ask(21)).isEqualTo(42);
            assertThat(together.gathered()).isZero();
            goOn.countDown();
            assertThat(stuck.get()).isZero();
        }
        assertThat(together.ask(5)).isEqualTo(10);
    }

    @Test
    void underACrowdEveryoneGetsTheirOwnAnswer() throws Exception {
        var together = doubled(16);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = IntStream.range(0, 2_000)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> together.ask(i), threads))
                    .toList();
            for (int i = 0; i < answers.size(); i++)
                assertThat(answers.get(i).get(60, TimeUnit.SECONDS)).isEqualTo(i * 2);
        }
        assertThat(rounds).allSatisfy(round -> assertThat(round).hasSizeBetween(1, 16));
    }

    private Together<Integer, Integer> doubled(int most) {
        return new Together<>(most, asked -> {
            rounds.add(asked);
            return asked.stream().map(it -> it * 2).toList();
        });
    }

    private static void awaitGathered(Together<?, ?> together, int count) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (together.gathered() < count) {
            if (System.nanoTime() > end) throw new AssertionError("nobody came");
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
