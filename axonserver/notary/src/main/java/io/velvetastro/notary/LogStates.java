package io.velvetastro.notary;

import io.velvetastro.ledger.Checkpoint;
import io.velvetastro.ledger.Note;
import io.velvetastro.ledger.Origin;
import io.velvetastro.notary.LedgerTables.Log;
import io.velvetastro.notary.LedgerTables.LogState;
import io.velvetastro.witness.WitnessAway;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows every organisation's own log to the witnesses as a log of its own, so that nobody can give one of them another past either. With many that grow it takes those first that have waited longest, and comes to the others the next time; one that a witness does not take waits behind the others.
 */
final class LogStates {
    private static final Logger LOG = LoggerFactory.getLogger(LogStates.class);
    private static final long AT_ONCE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    /** After so many what was said is written down. */
    private static final int MOST_UNWRITTEN = 50;

    private final LedgerTables tables;
    private final GrowingLogs logs;
    private final LedgerKeys keys;
    private final Log platform;
    private final long askEveryNanos;
    /** Those with a root that not all have seen, and since when. */
    private final Map<Integer, Long> waiting = new LinkedHashMap<>();
    /** Those of them that a witness has not taken, and why. */
    private final Map<Integer, String> refused = new LinkedHashMap<>();

    private @Nullable Long askedNanos;

    /**
     * How many logs have a root that not all witnesses have seen.
     *
     * @param sinceNanos since when the one that has waited longest does
     * @param trouble why one of them was not taken; null while all are
     */
    record Backlog(int logs, long sinceNanos, @Nullable String trouble) {
        static final Backlog NONE = new Backlog(0, 0, null);
    }

    /** @param askEvery how soon a state is made again that somebody has taken from the tables */
    LogStates(LedgerTables tables, GrowingLogs logs, LedgerKeys keys, Log platform, Duration askEvery) {
        this.tables = tables;
        this.logs = logs;
        this.keys = keys;
        this.platform = platform;
        this.askEveryNanos = askEvery.toNanos();
    }

    /** These have a new root in the platform's log. */
    void grew(Collection<Integer> grown) {
        long now = System.nanoTime();
        for (var number : grown) waiting.putIfAbsent(number, now);
    }

    Backlog backlog() {
        if (waiting.isEmpty()) return Backlog.NONE;
        long since = waiting.values().stream().mapToLong(Long::longValue).min().orElseThrow();
        return new Backlog(
                waiting.size(), since, refused.values().stream().findFirst().orElse(null));
    }

    /**
     * Shows as many as there is time for. What they rest on is witnessed by then.
     *
     * @throws io.velvetastro.ledger.NotProven when a witness has seen another past of one of them
     */
    void show() {
        long now = System.nanoTime();
        if (askedNanos == null || now - askedNanos >= askEveryNanos) {
            grew(tables.unseen(keys.witnessNames()));
            askedNanos = now;
        }
        long end = now + AT_ONCE_NANOS;
        var turn = new ArrayDeque<>(waiting.keySet());
        do show(turn, end);
        while (!turn.isEmpty() && System.nanoTime() < end);
    }

    private void show(Queue<Integer> turn, long end) {
        var shown = new ArrayList<LogState>();
        try {
            while (!turn.isEmpty() && shown.size() < MOST_UNWRITTEN) {
                showNext(turn.remove(), shown);
                if (System.nanoTime() >= end) break;
            }
        } finally {
            tables.insertLogStates(shown);
            for (var state : shown) {
                waiting.remove(state.log());
                refused.remove(state.log());
            }
        }
    }

    private void showNext(int number, List<LogState> shown) {
        try {
            shown.add(cosigned(number));
        } catch (WitnessAway away) {
            if (Thread.currentThread().isInterrupted()) throw away; // Nobody has refused: the house ends.
            if (refused.isEmpty()) LOG.warn("A witness does not take the log {}", number, away);
            refused.put(number, String.valueOf(away.getMessage()));
            var since = waiting.remove(number);
            if (since != null) waiting.put(number, since); // Behind all others.
        }
    }

    private LogState cosigned(int number) {
        var log = logs.of(number).log(); // Which has held what the tables say against what was signed.
        var anchored = tables.anchor(number, Long.MAX_VALUE).orElseThrow();
        var origin = Origin.of(platform.name(), log.name());
        var signing = keys.log().stream().map(key -> key.named(origin)).toList();
        var note = new Checkpoint(origin, anchored.size(), anchored.root()).signed(signing);
        var tree = tables.tree(number, anchored.size());
        var lines = new ArrayList<Note.Line>();
        for (var witness : keys.witnesses())
            lines.add(witness.cosign(note, from -> tree.connect(from, anchored.size())));
        return new LogState(number, anchored.size(), note, lines);
    }
}
