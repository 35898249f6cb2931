package io.velvetastro.notary;

import io.velvetastro.language.StoredBytes.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** What somebody with the database in their hands could do to single events, done at random to a copy. */
final class Tampering {
    private final Scratch copy;
    private final RandomGenerator random;
    private long unused;

    /** A change, and the store position where an audit must find something. */
    record Edit(long position, int at, String what) {}

    Tampering(Scratch copy, RandomGenerator random) {
        this.copy = copy;
        this.random = random;
    }

    /** Changes so many of these rows, each once. */
    List<Edit> make(List<Row> rows, int edits) {
        unused = rows.getLast().position();
        var order = new ArrayList<Integer>();
        for (int i = 0; i < rows.size(); i++) order.add(i);
        Collections.shuffle(order, random);
        return order.stream().limit(edits).map(at -> change(rows.get(at), at)).toList();
    }

    private Edit change(Row row, int at) {
        int kinds = row.aggregate() == null ? 9 : 11;
        return switch (random.nextInt(kinds)) {
            case 0, 1 -> flip(row, at, "payload", row.payload().length);
            case 2 -> flip(row, at, "envelope", row.envelope().length);
            case 3 -> {
                int millis = 1 + random.nextInt(86_400_000);
                yield set(
                        row,
                        at,
                        "recorded_at = recorded_at - ? * interval '1 millisecond'",
                        millis,
                        "back-dated by " + millis + " ms");
            }
            case 4 -> set(row, at, "payload_type = ?", "io.velvetastro.language.Nothing", "given another type");
            case 5 -> set(row, at, "event_id = ?", UUID.randomUUID().toString(), "given another id");
            case 6 -> set(row, at, "revision = revision || ?", "0", "given another revision");
            case 7 -> {
                require(copy.change("DELETE FROM drilled WHERE position = ?", row.position()));
                yield new Edit(row.position(), at, "deleted");
            }
            case 8 -> duplicate(row, at);
            case 9 -> set(row, at, "sequence = sequence + ?", 1_000, "moved within its history");
            default -> set(row, at, "aggregate = ?", UUID.randomUUID().toString(), "moved to another history");
        };
    }

    private Edit flip(Row row, int at, String column, int length) {
        int bit = random.nextInt(length * 8);
        return set(
                row,
                at,
                column + " = set_bit(" + column + ", ?, 1 - get_bit(" + column + ", " + bit + "))",
                bit,
                "one bit of its " + column + " flipped");
    }

    private Edit set(Row row, int at, String change, Object value, String what) {
        require(copy.change("UPDATE drilled SET " + change + " WHERE position = ?", value, row.position()));
        return new Edit(row.position(), at, what);
    }

    private Edit duplicate(Row row, int at) {
        require(copy.change(
                "INSERT INTO drilled SELECT ?, stream, tenant, event_id, recorded_at, payload_type, revision, payload, envelope, aggregate_type, aggregate, sequence FROM drilled WHERE position = ?",
                ++unused,
                row.position()));
        return new Edit(unused, at, "duplicated");
    }

    private static void require(int changed) {
        if (changed != 1) throw new IllegalStateException("A change was to change one row and changed " + changed);
    }
}
