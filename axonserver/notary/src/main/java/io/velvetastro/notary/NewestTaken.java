package io.velvetastro.notary;

import io.velvetastro.language.StoredBytes;
import io.velvetastro.language.StoredBytes.Row;
import io.velvetastro.language.StoredBytes.Vouched;
import io.velvetastro.notary.LedgerTables.Batch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;

/**
 * When the newest event was recorded among those since the last late comer: whoever takes the ledger up again reckons on exactly as whoever left it off would have, so that an audit, which begins at the beginning, comes to the same doubts.
 */
final class NewestTaken {
    private final StoredBytes store;
    private final LedgerTables tables;

    NewestTaken(StoredBytes store, LedgerTables tables) {
        this.store = store;
        this.tables = tables;
    }

    /** In 1970 where there is none. */
    Instant upTo(long place) {
        var doubts = tables.doubts().headMap(place, true);
        long from = lastLate(doubts);
        var newest = Instant.EPOCH;
        int seen = 0;
        for (var some = tables.batchesWithNewest(from - 1, seen);
                !some.isEmpty();
                some = tables.batchesWithNewest(from - 1, seen)) {
            for (var batch : some) {
                if (batch.to() <= newest.toEpochMilli()) return newest;
                var own = isWholly(batch, from, doubts) ? Instant.ofEpochMilli(batch.to()) : newest(batch, from);
                if (own.isAfter(newest)) newest = own;
                seen++;
            }
        }
        return newest;
    }

    /** Where the last of them lies; what is doubted and was changed did not come late. */
    private long lastLate(NavigableMap<Long, Integer> doubts) {
        for (var doubt : doubts.descendingMap().entrySet()) {
            var row = rows(doubt.getValue(), List.of(doubt.getKey())).stream().findFirst();
            if (row.isPresent() && row.get().vouched() != Vouched.CHANGED) return doubt.getKey();
        }
        return 0;
    }

    /** Whether all of a batch counts: none of it came before, and nothing in it is doubted but the late comer itself. */
    private static boolean isWholly(Batch batch, long from, NavigableMap<Long, Integer> doubts) {
        return batch.leaves() > 0
                && batch.position(0) >= from
                && doubts.subMap(batch.position(0), true, batch.lastPosition(), true).keySet().stream()
                        .allMatch(doubted -> doubted == from);
    }

    private Instant newest(Batch batch, long from) {
        var positions = new ArrayList<Long>();
        for (int at = 0; at < batch.leaves(); at++) if (batch.position(at) >= from) positions.add(batch.position(at));
        return rows(batch.log(), positions).stream()
                .filter(row -> row.vouched() != Vouched.CHANGED)
                .map(Row::recordedAt)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    private List<Row> rows(int log, List<Long> positions) {
        return store.at(Objects.requireNonNull(tables.log(log).tenant()), positions);
    }
}
