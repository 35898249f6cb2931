package io.velvetastro.decisions.door;

import io.velvetastro.language.Overloaded;
import io.velvetastro.language.StillBeingStored;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;

/**
 * Answers questions that are asked at the same time in one round: while one round is under way those who come later gather for the next (group commit). Nobody ever waits for company: who comes alone is
 * answered at once, and nobody waits long for a round that does not end: they ask alone.
 */
public final class Together<Q, A> {
    /** Much longer than a round takes while all is well. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final int most;
    private final Duration patience;
    private final Function<List<Q>, List<A>> round;
    private final Deque<Waiting<Q, A>> gathering = new ArrayDeque<>();
    private boolean underWay;

    /**
     * @param most how many questions a round may hold
     * @param round answers each question at its place in the list; every question was asked before the round began
     */
    public Together(int most, Function<List<Q>, List<A>> round) {
        this(most, PATIENCE, round);
    }

    Together(int most, Duration patience, Function<List<Q>, List<A>> round) {
        this.most = most;
        this.patience = patience;
        this.round = round;
    }

    /**
     * The answer to this question. Where a round fails for what one of its questions asks, each is asked alone and fails alone; where the machine is in trouble or too busy, that is true for all of them, and trying again would only
     * take as long again.
     */
    public A ask(Q question) {
        var mine = new Waiting<Q, A>(question, new CompletableFuture<>());
        if (mayLead(mine)) mine.turn.complete(new Turn.Lead<>(List.of(mine)));
        return switch (turnOf(mine)) {
            case Turn.Answered<Q, A>(var answer) -> answer;
            case Turn.Failed<Q, A>(var failure) -> throw failure;
            case Turn.Lead<Q, A>(var group) -> lead(group);
            case Turn.Alone<Q, A>() -> alone(question);
        };
    }

    private Turn<Q, A> turnOf(Waiting<Q, A> mine) {
        try {
            return mine.turn.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException stuck) {
            return isWithdrawn(mine) ? new Turn.Alone<>() : mine.turn.join(); // Its own round has begun, or it leads.
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return isWithdrawn(mine) ? new Turn.Alone<>() : mine.turn.join();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("a turn is told and never thrown", impossible);
        }
    }

    private synchronized boolean isWithdrawn(Waiting<Q, A> mine) {
        return gathering.remove(mine);
    }

    private synchronized boolean mayLead(Waiting<Q, A> mine) {
        if (underWay) {
            gathering.add(mine);
            return false;
        }
        underWay = true;
        return true;
    }

    private A lead(List<Waiting<Q, A>> group) {
        var own = group.getFirst();
        try {
            var answers = round.apply(group.stream().map(Waiting::question).toList());
            for (int i = 1; i < group.size(); i++) group.get(i).turn.complete(new Turn.Answered<>(answers.get(i)));
            return answers.getFirst();
        } catch (RuntimeException failed) {
            if (group.size() == 1) throw failed;
            boolean forAll = concernsAll(failed);
            for (var other : group.subList(1, group.size()))
                other.turn.complete(forAll ? new Turn.Failed<>(failed) : new Turn.Alone<>());
            if (forAll) throw failed;
        } catch (Error failed) {
            for (var other : group.subList(1, group.size())) other.turn.complete(new Turn.Alone<>());
            throw failed;
        } finally {
            handOver();
        }
        return alone(own.question);
    }

    private static boolean concernsAll(RuntimeException failed) {
        return switch (failed) {
            case StillBeingStored ignored -> false;
            case Overloaded ignored -> true;
            case TransientDataAccessException ignored -> true;
            case RecoverableDataAccessException ignored -> true;
            case DataAccessResourceFailureException ignored -> true;
            default -> false;
        };
    }

    private A alone(Q question) {
        return round.apply(List.of(question)).getFirst();
    }

    /** The first of those who gathered leads the next round. */
    private void handOver() {
        var next = new ArrayList<Waiting<Q, A>>();
        synchronized (this) {
            while (!gathering.isEmpty() && next.size() < most) next.add(gathering.remove());
            underWay = !next.isEmpty();
        }
        if (!next.isEmpty()) next.getFirst().turn.complete(new Turn.Lead<>(List.copyOf(next)));
    }

    /** How many wait for the next round. */
    synchronized int gathered() {
        return gathering.size();
    }

    private sealed interface Turn<Q, A> {
        record Answered<Q, A>(A answer) implements Turn<Q, A> {}

        record Failed<Q, A>(RuntimeException failure) implements Turn<Q, A> {}

        record Alone<Q, A>() implements Turn<Q, A> {}

        record Lead<Q, A>(List<Waiting<Q, A>> group) implements Turn<Q, A> {}
    }

    private record Waiting<Q, A>(Q question, CompletableFuture<Turn<Q, A>> turn) {}
}
