package io.velvetastro.decisions.door;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Answers questions that are asked at the same time in one round: while one round is under way those who come later gather for the next (group commit). Nobody ever waits for company: who comes alone is
 * answered at once.
 */
public final class Together<Q, A> {
    private final int most;
    private final Function<List<Q>, List<A>> round;
    private final Deque<Waiting<Q, A>> gathering = new ArrayDeque<>();
    private boolean underWay;

    /**
     * @param most how many questions a round may hold
     * @param round answers each question at its place in the list; every question was asked before the round began
     */
    public Together(int most, Function<List<Q>, List<A>> round) {
        this.most = most;
        this.round = round;
    }

    /** The answer to this question. A round that fails is no answer: then each of its questions is asked alone, and fails alone. */
    public A ask(Q question) {
        var mine = new Waiting<Q, A>(question, new CompletableFuture<>());
        if (mayLead(mine)) mine.turn.complete(new Turn.Lead<>(List.of(mine)));
        return switch (mine.turn.join()) {
            case Turn.Answered<Q, A>(var answer) -> answer;
            case Turn.Lead<Q, A>(var group) -> lead(group);
            case Turn.Alone<Q, A>() -> alone(question);
        };
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
        } catch (RuntimeException | Error failed) {
            if (group.size() == 1) throw failed;
            for (var other : group.subList(1, group.size())) other.turn.complete(new Turn.Alone<>());
        } finally {
            handOver();
        }
        return alone(own.question);
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

        record Alone<Q, A>() implements Turn<Q, A> {}

        record Lead<Q, A>(List<Waiting<Q, A>> group) implements Turn<Q, A> {}
    }

    private record Waiting<Q, A>(Q question, CompletableFuture<Turn<Q, A>> turn) {}
}
