package io.velvetastro.engines.alert;

import io.velvetastro.engines.Kind;
import io.velvetastro.engines.Minutes;
import io.velvetastro.engines.Packer;
import io.velvetastro.engines.Unpacker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * One alert name on one machine: its present run, and when the runs before began. Repeats are counted, not raised again.
 *
 * @param runs when the last few runs began, this one not among them
 * @param id names the present run; null bits before the first
 * @param toldAt the time of the event at which the count was last told
 * @param evidence the first and the newest of the present run
 * @param owed what was counted since the count was last told
 */
record Series(
        List<Long> runs,
        UUID id,
        long first,
        long last,
        long count,
        long told,
        long toldAt,
        List<Mark> evidence,
        Minutes owed) {
    static final Kind<Series> KIND = new Kind<>(
            "alert",
            2,
            new Series(List.of(), new UUID(0, 0), 0, 0, 0, 0, 0, List.of(), Minutes.NONE),
            Series::pack,
            Series::unpack);
    private static final int MOST_RUNS = 4;
    private static final int MOST_EVIDENCE = 50;

    /** One alert of the run. */
    record Mark(long at, UUID id) {
        static final Comparator<Mark> ORDER = Comparator.comparingLong(Mark::at).thenComparing(Mark::id);
    }

    boolean isBlank() {
        return count == 0;
    }

    boolean holds(Mark mark) {
        return evidence.contains(mark);
    }

    /** How many runs began within this time before the present one. */
    int runsSince(long earliest) {
        int recent = 0;
        for (long begun : runs) if (begun >= earliest && begun < first) recent++;
        return recent;
    }

    Series begin(UUID id, Mark mark) {
        var before = new ArrayList<>(runs);
        if (count > 0) before.add(first);
        if (before.size() > MOST_RUNS) before.removeFirst();
        return new Series(
                List.copyOf(before), id, mark.at(), mark.at(), 1, 0, 0, List.of(mark), Minutes.NONE.with(mark.at()));
    }

    Series with(Mark mark) {
        var marks = new ArrayList<Mark>(evidence.size() + 1);
        marks.addAll(evidence);
        int place = marks.size();
        while (place > 0 && Mark.ORDER.compare(marks.get(place - 1), mark) > 0) place--;
        marks.add(place, mark);
        if (marks.size() > MOST_EVIDENCE) marks.remove(MOST_EVIDENCE / 2); // The first half and the newest half stay.
        return new Series(
                runs,
                id,
                Math.min(first, mark.at()),
                Math.max(last, mark.at()),
                count + 1,
                told,
                toldAt,
                List.copyOf(marks),
                owed.with(mark.at()));
    }

    Series noted() {
        return new Series(runs, id, first, last, count, count, last, evidence, Minutes.NONE);
    }

    private static void pack(Series series, Packer packer) {
        packer.number(series.runs.size());
        series.runs.forEach(packer::number);
        packer.id(series.id).number(series.first).number(series.last - series.first);
        packer.number(series.count).number(series.told).number(series.toldAt);
        packer.number(series.evidence.size());
        long before = series.first;
        for (var mark : series.evidence) {
            packer.number(mark.at() - before).id(mark.id());
            before = mark.at();
        }
        Minutes.pack(series.owed, packer);
    }

    private static Series unpack(Unpacker unpacker) {
        var runs = new ArrayList<Long>();
        for (int left = unpacker.count(); left > 0; left--) runs.add(unpacker.number());
        var id = unpacker.id();
        long first = unpacker.number();
        long last = first + unpacker.number();
        long count = unpacker.number();
        long told = unpacker.number();
        long toldAt = unpacker.number();
        var evidence = new ArrayList<Mark>();
        long at = first;
        for (int left = unpacker.count(); left > 0; left--) {
            at += unpacker.number();
            evidence.add(new Mark(at, unpacker.id()));
        }
        return new Series(
                List.copyOf(runs),
                id,
                first,
                last,
                count,
                told,
                toldAt,
                List.copyOf(evidence),
                Minutes.unpack(unpacker));
    }
}
