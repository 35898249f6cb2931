package io.velvetastro.notary;

import io.velvetastro.language.StoredBytes.Row;
import io.velvetastro.notary.Slice.Sealed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Holds rows against a slice of the ledger, and says of every place where they differ how. */
final class SliceAudit {
    private final Slice slice;
    private final Map<Long, String> deviations = new TreeMap<>();

    private SliceAudit(Slice slice) {
        this.slice = slice;
    }

    /** What is wrong, by store position. */
    static Map<Long, String> of(Slice slice, List<Row> rows) {
        var audit = new SliceAudit(slice);
        audit.compare(rows);
        return audit.deviations;
    }

    private void compare(List<Row> rows) {
        var expected = new HashMap<Long, Integer>();
        for (int i = 0; i < slice.leaves().size(); i++)
            expected.put(slice.leaves().get(i).position(), i);
        for (var row : rows) {
            var at = expected.remove(row.position());
            if (at == null) deviations.put(row.position(), "is in the store and not in the ledger");
            else compare(row, slice.leaves().get(at), slice.first() + at);
        }
        expected.forEach(
                (position, at) -> deviations.put(position, "leaf " + (slice.first() + at) + " is gone from the store"));
    }

    private void compare(Row row, Sealed sealed, long leaf) {
        var owned = Leaves.of(row);
        if (!owned.tenant().equals(slice.tenant()))
            deviations.put(row.position(), "leaf " + leaf + " no longer belongs to its organisation");
        else if (!owned.leaf(slice.state().log().name()).hash().equals(sealed.hash()))
            deviations.put(row.position(), "leaf " + leaf + " is not what the store holds");
    }
}
