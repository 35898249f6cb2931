package io.velvetastro.notary;

import io.velvetastro.ledger.Checkpoint;
import io.velvetastro.ledger.Note;
import io.velvetastro.ledger.Origin;
import io.velvetastro.notary.LedgerTables.Log;
import io.velvetastro.notary.LedgerTables.LogState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Shows every organisation's own log to the witnesses as a log of its own, so that nobody can give one of them another past either. With many that grow it takes those first that have waited longest, and comes to the others the next time.
 */
final class LogStates {
    private static final long AT_ONCE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    /** After so many what was said is written down. */
    private static final int MOST_UNWRITTEN = 50;

    private final LedgerTables tables;
    private final GrowingLogs logs;
    private final LedgerKeys keys;
    private final Log platform;
    /** Those with a root that not all have seen. */
    private final Set<Integer> waiting = new LinkedHashSet<>();

    private boolean hasAsked;

    LogStates(LedgerTables tables, GrowingLogs logs, LedgerKeys keys, Log platform) {
        this.tables = tables;
        this.logs = logs;
        this.keys = keys;
        this.platform = platform;
    }

    /** These have a new root in the platform's log. */
    void grew(Collection<Integer> grown) {
        waiting.addAll(grown);
    }

    /**
     * Shows as many as there is time for. What they rest on is witnessed by then.
     *
     * @throws io.velvetastro.ledger.NotProven when a witness has seen another past of one of them
     */
    void show() {
        if (!hasAsked) waiting.addAll(tables.unseen(keys.witnessNames()));
        hasAsked = true;
        long end = System.nanoTime() + AT_ONCE_NANOS;
        while (!waiting.isEmpty() && System.nanoTime() < end) show(some(), end);
    }

    private List<Integer> some() {
        return waiting.stream().limit(MOST_UNWRITTEN).toList();
    }

    private void show(List<Integer> numbers, long end) {
        var shown = new ArrayList<LogState>();
        var done = new ArrayList<Integer>();
        try {
            for (int number : numbers) {
                shown.add(cosigned(number));
                done.add(number);
                if (System.nanoTime() >= end) break;
            }
        } finally {
            tables.insertLogStates(shown);
            done.forEach(waiting::remove);
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
