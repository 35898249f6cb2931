package io.velvetastro.notary;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.velvetastro.language.CensusEvent.CensusTaken;
import io.velvetastro.language.EvidenceEvent.EvidenceExported;
import io.velvetastro.language.EvidenceEvent.EvidenceHandedOver;
import io.velvetastro.language.StoredBytes.Row;
import io.velvetastro.language.StoredBytes.Vouched;
import io.velvetastro.ledger.Census;
import io.velvetastro.ledger.Stretch;
import io.velvetastro.notary.HeldRows.Held;
import io.velvetastro.notary.LedgerTables.Log;
import io.velvetastro.notary.LedgerTables.Packed;
import io.velvetastro.notary.StoreAudit.Deviation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** What the ledger keeps in tables that no tree covers, censuses and exports, held against the events that tell of them: those are leaves. */
final class ToldByEvents {
    private static final String CENSUS = CensusTaken.class.getName();
    private static final String EXPORTED = EvidenceExported.class.getName();
    private static final String HANDED_OVER = EvidenceHandedOver.class.getName();
    private static final Pattern UNDER = Pattern.compile("\"checkpoint\":(\\d{1,18})");

    private final LedgerTables tables;
    private final Map<Integer, Log> logs = new HashMap<>();
    private final Map<Stretch, Log> censuses = new LinkedHashMap<>();
    private final List<Packed> exports;
    private final List<Packed> handedOver = new ArrayList<>();
    /** Of each log, how many exports may be known without the checkpoint under them: those that ended in between, and old ones. */
    private final Map<Integer, Integer> unsaid = new HashMap<>();

    /** Reads at once what is to be held against the events: those come first, and whatever is packed meanwhile is for the next time. */
    ToldByEvents(LedgerTables tables) {
        this.tables = tables;
        this.exports = tables.exports();
    }

    static boolean isTelling(Row row) {
        return row.payloadType().equals(CENSUS)
                || row.payloadType().equals(EXPORTED)
                || row.payloadType().equals(HANDED_OVER);
    }

    /**
     * Hears what an event tells.
     *
     * @param taken whether the ledger has come to it; an export may have begun that it has not
     */
    void hear(Held held, boolean taken) {
        var row = held.telling();
        var log = held.log();
        if (row == null || log == null || held.vouched() == Vouched.CHANGED) return; // Who forged it tells nothing.
        logs.put(log.number(), log);
        if (row.payloadType().equals(EXPORTED)) unsaid.merge(log.number(), 1, Integer::sum);
        else if (taken && row.payloadType().equals(CENSUS))
            Stretch.of(Leaves.of(row).leaf(log.name())).ifPresent(stretch -> censuses.put(stretch, log));
        else if (taken) {
            var under = UNDER.matcher(new String(row.payload(), ISO_8859_1));
            if (!under.find()) return;
            handedOver.add(new Packed(log.number(), Long.parseLong(under.group(1))));
            unsaid.merge(log.number(), -1, Integer::sum);
        }
    }

    List<Deviation> deviations() {
        var deviations = new ArrayList<Deviation>();
        censuses.forEach((stretch, log) -> compare(log, stretch, deviations));
        compareExports(deviations);
        return deviations;
    }

    private void compare(Log log, Stretch stretch, List<Deviation> deviations) {
        var place = "census of leaves " + stretch.from() + " to " + (stretch.to() - 1);
        var kept = tables.census(log.number(), stretch.from(), stretch.to());
        if (kept.isEmpty()) deviations.add(new Deviation(log.name(), place, "is gone"));
        else if (!Census.isPacked(kept.get())
                || !Census.unpacked(kept.get()).root().equals(stretch.root()))
            deviations.add(new Deviation(log.name(), place, "is not what was recorded of it"));
    }

    private void compareExports(List<Deviation> deviations) {
        var left = new ArrayList<>(exports);
        for (var told : handedOver)
            if (!left.remove(told))
                deviations.add(new Deviation(
                        name(told.log()),
                        "export under checkpoint " + told.size(),
                        "is gone from the ledger's list, and was handed over"));
        left.sort(Comparator.comparingLong(Packed::size));
        for (var packed : left)
            if (unsaid.merge(packed.log(), -1, Integer::sum) < 0)
                deviations.add(new Deviation(
                        name(packed.log()),
                        "export under checkpoint " + packed.size(),
                        "is in the ledger's list, and nobody has asked for it"));
    }

    private String name(int log) {
        return logs.computeIfAbsent(log, number -> Objects.requireNonNull(tables.log(number)))
                .name();
    }
}
