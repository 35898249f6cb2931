package io.velvetastro.notary;

import static io.velvetastro.language.Refused.Why.INCOMPLETE_EVIDENCE;

import io.velvetastro.language.Overloaded;
import io.velvetastro.language.Refused;
import io.velvetastro.language.StoredBytes;
import io.velvetastro.language.TenantId;
import io.velvetastro.ledger.Census;
import io.velvetastro.ledger.CensusProof;
import io.velvetastro.ledger.Stretch;
import io.velvetastro.notary.LedgerTables.Log;
import io.velvetastro.notary.Proofs.Placed;
import io.velvetastro.notary.Proofs.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that a bundle leaves out nothing that the log itself has counted; where that cannot be shown nothing is packed, and whoever asked is told why. */
final class Completeness {
    private static final Logger LOG = LoggerFactory.getLogger(Completeness.class);
    private static final Duration SOON = Duration.ofSeconds(5);

    private final Censuses censuses;
    private final Proofs proofs;
    private final StoredBytes store;
    private final LedgerTables tables;
    private final Troubles troubles;

    Completeness(Censuses censuses, Proofs proofs, StoredBytes store, LedgerTables tables, Troubles troubles) {
        this.censuses = censuses;
        this.proofs = proofs;
        this.store = store;
        this.tables = tables;
        this.troubles = troubles;
    }

    /**
     * These events, what else the log has counted under this id, and the censuses that say so.
     *
     * @param state under which all of these events can be proven
     * @throws Refused when the events that there are do not come to the counts, or there are none
     */
    Collection<Long> complete(TenantId tenant, String id, Collection<Long> found, State state) {
        censuses.take(tenant);
        var taken = censuses.taken(tenant);
        requireAll(taken, state.anchored().size());
        var all = new TreeSet<>(found);
        var counted = proofs.state(tenant).orElse(state);
        var what = "count of " + tenant + " for " + id;
        try {
            var events = proofs.place(tenant, counted, all);
            for (var stretch : taken.values())
                if (here(id, stretch, events) != there(id, counted.log(), stretch))
                    all.addAll(naming(tenant, id, counted.log(), stretch));
            if (all.size() > found.size()) events = proofs.place(tenant, counted, all);
            for (var stretch : taken.values()) requireAll(id, counted.log(), stretch, events);
        } catch (Refused differs) {
            LOG.error("Of organisation {}: {}", tenant, differs.getMessage());
            troubles.stand(
                    what,
                    "the events of a bundle that was asked for do not come to what the log had counted of them, so it was refused");
            throw differs;
        }
        troubles.over(what);
        if (all.isEmpty()) throw Refused.notFound();
        all.addAll(taken.keySet());
        return all;
    }

    private static void requireAll(Map<Long, Stretch> taken, long size) {
        long counted = taken.values().stream().mapToLong(Stretch::to).max().orElse(0);
        if (counted < size - 1) // The last census itself is no news.
        throw new Overloaded("The log has counted " + counted + " of its " + size + " leaves; ask again", SOON);
    }

    private static long here(String id, Stretch stretch, List<Placed> events) {
        return events.stream()
                .filter(event -> event.index() >= stretch.from()
                        && event.index() < stretch.to()
                        && Census.names(event.leaf(), id))
                .count();
    }

    private long there(String id, Log log, Stretch stretch) {
        return kept(log, stretch).entry(id).map(Census.Entry::count).orElse(0L);
    }

    private Census kept(Log log, Stretch stretch) {
        return censuses.census(log, stretch)
                .orElseThrow(
                        () -> new Refused(
                                INCOMPLETE_EVIDENCE,
                                "What was counted of " + leaves(stretch)
                                        + " is no longer kept as the log has recorded it, so it cannot be shown that nothing is left out."));
    }

    /** All that a stretch holds of it, by whatever way it came to be named there. */
    private List<Long> naming(TenantId tenant, String id, Log log, Stretch stretch) {
        var naming = new ArrayList<Long>();
        for (var batch : tables.batchesOver(log.number(), stretch.from(), stretch.to())) {
            var positions = new ArrayList<Long>();
            for (int i = 0; i < batch.leaves(); i++) {
                long index = batch.first() + i;
                if (index >= stretch.from() && index < stretch.to()) positions.add(batch.position(i));
            }
            store.at(tenant, positions).stream()
                    .filter(row -> Census.names(Leaves.of(row).leaf(log.name()), id))
                    .forEach(row -> naming.add(row.position()));
        }
        return naming;
    }

    private void requireAll(String id, Log log, Stretch stretch, List<Placed> events) {
        long there = there(id, log, stretch);
        long here = here(id, stretch, events);
        if (here != there)
            throw new Refused(
                    INCOMPLETE_EVIDENCE,
                    "Of " + leaves(stretch) + " the log has counted " + there + " that name " + id
                            + ", and the store has " + here + ": events were removed or changed since.");
    }

    private static String leaves(Stretch stretch) {
        return "leaves " + stretch.from() + " to " + (stretch.to() - 1);
    }

    /** What has to be said of an id, census by census. */
    List<Shown> shown(String id, Log log, List<Placed> events) {
        var shown = new ArrayList<Shown>();
        for (var event : events)
            Stretch.of(event.leaf()).ifPresent(stretch -> {
                requireAll(id, log, stretch, events);
                shown.add(new Shown(event.index(), kept(log, stretch).prove(id)));
            });
        return shown;
    }

    /** A proof and the leaf of the census it is of. */
    record Shown(long leaf, CensusProof proof) {}
}
