package io.velvetastro.notary;

import static java.util.Objects.requireNonNull;

import io.velvetastro.language.StoredBytes;
import io.velvetastro.language.StoredBytes.Row;
import io.velvetastro.language.StoredBytes.Vouched;
import io.velvetastro.language.TenantId;
import io.velvetastro.ledger.Checkpoint;
import io.velvetastro.ledger.Cosignature;
import io.velvetastro.ledger.Frontier;
import io.velvetastro.ledger.Hash;
import io.velvetastro.ledger.NotProven;
import io.velvetastro.ledger.Note;
import io.velvetastro.ledger.Origin;
import io.velvetastro.ledger.Tile;
import io.velvetastro.ledger.VerifierKey;
import io.velvetastro.notary.HeldRows.Held;
import io.velvetastro.notary.LedgerTables.Anchored;
import io.velvetastro.notary.LedgerTables.Batch;
import io.velvetastro.notary.LedgerTables.Log;
import io.velvetastro.witness.Watcher;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Holds the store against the ledger, the ledger against its signatures, and those against what the witness remembers outside the database; names whatever does not fit. */
final class StoreAudit {
    private static final int AT_ONCE = 2_000;
    private static final int ASKED_AGAIN = 20;
    private static final long A_MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final StoredBytes store;
    private final LedgerTables tables;
    private final LedgerKeys keys;
    private final List<VerifierKey> witnesses;
    private final List<VerifierKey> present;
    private final Set<VerifierKey> joined = new LinkedHashSet<>();
    private final Pace pace;
    private final int threads;
    private final List<Checkpoint> seen = new ArrayList<>();
    private Optional<Checkpoint> signed = Optional.empty();
    private final List<Deviation> deviations = new ArrayList<>();
    private final List<Deviation> newest = new ArrayList<>();
    private final Map<Integer, LogAudit> audits = new HashMap<>();
    private final Map<Integer, Log> logs = new HashMap<>();
    private final Map<TenantId, Optional<Log>> tenants = new ConcurrentHashMap<>();
    private final Map<Long, Integer> doubts = new HashMap<>();
    private final Set<Long> gone = new HashSet<>();

    private StoreAudit(StoredBytes store, LedgerTables tables, LedgerKeys keys, Pace pace, int threads) {
        this.store = store;
        this.tables = tables;
        this.keys = keys;
        this.witnesses = keys.everyWitness();
        this.present = keys.witnesses().stream().map(Watcher::verifier).toList();
        this.pace = pace;
        this.threads = threads;
    }

    /** How much it lets others work meanwhile. */
    @FunctionalInterface
    interface Pace {
        /** Told after each piece how long that took; can wait, and can end the audit. */
        void rest(long workedNanos);
    }

    /** What is only missing at the end, where somebody remembers more than there is: a state that is older, not another one. */
    static final String LOST = "are gone, and the witness has seen them";

    static final String LOST_SIGNED = "are gone, and this house has signed them";

    /** In the place of a log's name, for what is wrong with the store as a whole. */
    static final String STORE = "store";

    /** Something that is no longer as it was, by the name of its log and its place there. */
    record Deviation(String log, String place, String what) {}

    /**
     * What an audit found.
     *
     * @param events how many stored events were held against their leaves
     * @param unwitnessed how many of them no witness has seen yet, and only the database and the rows' own MACs vouch for
     * @param deviations what is not as the ledger has it
     * @param newest what the rows' own MACs alone tell: it was changed before the ledger had it
     */
    record Findings(long events, long unwitnessed, List<Deviation> deviations, List<Deviation> newest) {
        boolean isClean() {
            return deviations.isEmpty() && newest.isEmpty();
        }

        Findings and(List<Deviation> more) {
            return new Findings(
                    events,
                    unwitnessed,
                    Stream.concat(deviations.stream(), more.stream()).toList(),
                    newest);
        }

        Findings withoutDeviations() {
            return new Findings(events, unwitnessed, List.of(), newest);
        }
    }

    static Findings run(StoredBytes store, LedgerTables tables, LedgerKeys keys) {
        return run(store, tables, keys, workedNanos -> {});
    }

    /** The same while the house is at work: what comes meanwhile is left for the next time. */
    static Findings run(StoredBytes store, LedgerTables tables, LedgerKeys keys, Pace pace) {
        return new StoreAudit(store, tables, keys, pace, 1).run();
    }

    /** The same as quickly as so many threads can; each has a connection of its own. */
    static Findings run(StoredBytes store, LedgerTables tables, LedgerKeys keys, int threads) {
        return new StoreAudit(store, tables, keys, workedNanos -> {}, threads).run();
    }

    private void remember() {
        keys.witnesses().forEach(witness -> witness.last().ifPresent(seen::add));
        signed = keys.lastSigned().read().map(LastSigned.State::platform);
    }

    private Findings run() {
        remember(); // First: whatever they remember is there by now.
        var platform = tables.platformIfAny();
        if (platform.isEmpty()) return unfounded();
        var end = tables.end(platform.get().number());
        tables.all().forEach(log -> logs.put(log.number(), log));
        var anchors = anchors(end.platformSize());
        long witnessed = platform(platform.get(), anchors, end.platformSize());
        long events = store(end.place());
        outside();
        long unwitnessed = 0;
        for (var log : logs.values()) {
            if (log.number() == platform.get().number()) continue;
            var audit = audit(log.number());
            audit.finish(end.place());
            var known = anchors.getOrDefault(log.number(), List.of());
            compareRoots(log, audit, known);
            long seen = known.stream()
                    .filter(anchored -> anchored.index() < witnessed)
                    .mapToLong(Anchored::size)
                    .max()
                    .orElse(0);
            unwitnessed += Math.max(0, audit.size() - seen);
        }
        aboutNothing(end.place());
        return new Findings(events, unwitnessed, List.copyOf(deviations), List.copyOf(newest));
    }

    /** Without the platform's log nothing is signed: all that is remembered and all that is stored speaks against that. */
    private Findings unfounded() {
        for (var checkpoint : seen) deviates(keys.origin(), "leaves 0 to " + (checkpoint.size() - 1), LOST);
        signed.ifPresent(checkpoint -> deviates(keys.origin(), "leaves 0 to " + (checkpoint.size() - 1), LOST_SIGNED));
        long events = 0;
        long at = 0;
        for (var chunk = store.behind(at, AT_ONCE); chunk.upTo() > at; chunk = store.behind(at, AT_ONCE)) {
            for (var row : chunk.rows())
                if (row.vouched() == Vouched.CHANGED)
                    isNotWhatWasStored(nameOf(row), row.position(), "there is no ledger to ask");
            events += chunk.rows().size();
            at = chunk.upTo();
        }
        outside();
        if (events > 0) deviates(keys.origin(), "log", "is gone, and there are " + events + " events in the store");
        return new Findings(events, events, List.copyOf(deviations), List.copyOf(newest));
    }

    private void outside() {
        store.flaws().forEach(flaw -> deviates(STORE, flaw.place(), flaw.what()));
        for (var row : store.outside())
            deviates(nameOf(row), "position " + row.position(), "lies where the store has never put anything");
    }

    private Map<Integer, List<Anchored>> anchors(long platformSize) {
        var byLog = new HashMap<Integer, List<Anchored>>();
        long next = 0;
        for (var batch = tables.anchorsFrom(0, AT_ONCE); !batch.isEmpty(); batch = tables.anchorsFrom(next, AT_ONCE)) {
            for (var anchored : batch)
                if (anchored.index() < platformSize)
                    byLog.computeIfAbsent(anchored.log(), log -> new ArrayList<>())
                            .add(anchored);
            next = batch.getLast().index() + 1;
            if (next >= platformSize) break;
        }
        return byLog;
    }

    /** Holds the anchors against the platform's log, and that one against every checkpoint; answers what the witness has seen of it. */
    private long platform(Log platform, Map<Integer, List<Anchored>> anchors, long end) {
        var said = new HashMap<Long, Hash>();
        anchors.forEach((log, list) -> list.forEach(anchored ->
                said.put(anchored.index(), anchored.anchor(log(log).name()).hash())));
        if (!platform.name().equals(keys.origin())) deviates(platform.name(), "log", "is not called " + keys.origin());
        var audit = audit(platform.number());
        audit.eachLeafBefore(end, (index, hash) -> {
            if (!hash.equals(said.remove(index)))
                deviates(platform.name(), "anchor " + index, "is not what the platform's log says");
        });
        said.keySet().forEach(index -> deviates(platform.name(), "anchor " + index, "is not in the platform's log"));
        audit.compareNodes();
        long witnessed = 0;
        var ends = audit.ends().stream().filter(size -> size <= end).toList();
        for (var size : ends) {
            var signed = tables.checkpoint(size);
            if (signed.isEmpty()) {
                deviates(platform.name(), "checkpoint " + size, "is gone");
                continue;
            }
            try {
                var note = Note.parse(signed.get().note());
                var checkpoint = keys.trusted(note);
                if (checkpoint.size() != size)
                    deviates(platform.name(), "checkpoint " + size, "speaks of " + checkpoint.size());
                if (!checkpoint.root().equals(audit.rootAt(size)))
                    deviates(platform.name(), "checkpoint " + size, "has another root than the platform's log");
                boolean isNewest = size.equals(ends.getLast());
                if (!isNewest) {
                    requireWitness(note);
                    requireAllWhoHaveJoined(note);
                } else if (signed.get().isCosigned() || remembers(size)) {
                    note = cosigned(size, note);
                    requireWitness(note);
                }
                if (!isNewest || present.stream().allMatch(note::claims)) witnessed = Math.max(witnessed, size);
            } catch (NotProven notProven) {
                deviates(platform.name(), "checkpoint " + size, String.valueOf(notProven.getMessage()));
            }
        }
        if (tables.countCheckpoints(end) != ends.size())
            deviates(platform.name(), "checkpoints", "there are more than the platform's log had states");
        for (var size : tables.miscalled())
            deviates(platform.name(), "checkpoint " + size, "has a cosignature under another name than it bears");
        remembered(platform, audit);
        return witnessed;
    }

    /** One who is still trusted must have seen it; whoever else claims to have must really have. */
    private void requireWitness(Note note) {
        var claimed = witnesses.stream().filter(note::claims).toList();
        Cosignature.require(note, claimed.isEmpty() ? witnesses.getFirst() : claimed.getFirst());
        claimed.forEach(witness -> Cosignature.require(note, witness));
    }

    /** No second checkpoint is signed before every witness has seen the first; one that was taken on later begins with its first. */
    private void requireAllWhoHaveJoined(Note note) {
        present.stream().filter(note::claims).forEach(joined::add);
        joined.forEach(witness -> Cosignature.require(note, witness));
    }

    /** What a witness has just said may not be written down yet. */
    private Note cosigned(long size, Note note) {
        for (int asked = 0; asked < ASKED_AGAIN; asked++) {
            var signed = tables.checkpoint(size).filter(LedgerTables.Signed::isCosigned);
            if (signed.isPresent()) return Note.parse(signed.get().note());
            LockSupport.parkNanos(A_MOMENT_NANOS);
        }
        return note;
    }

    private boolean remembers(long size) {
        return seen.stream().anyMatch(checkpoint -> checkpoint.size() == size);
    }

    private void remembered(Log platform, LogAudit audit) {
        for (var checkpoint : seen) remembered(platform, audit, checkpoint, LOST, "are not those the witness has seen");
        signed.ifPresent(last -> remembered(platform, audit, last, LOST_SIGNED, "are not those this house has signed"));
    }

    private void remembered(Log platform, LogAudit audit, Checkpoint checkpoint, String lost, String others) {
        if (checkpoint.size() > audit.size())
            deviates(platform.name(), "leaves " + audit.size() + " to " + (checkpoint.size() - 1), lost);
        else if (!checkpoint.root().equals(audit.rootAt(checkpoint.size())))
            deviates(platform.name(), "the first " + checkpoint.size() + " leaves", others);
    }

    private long store(long place) {
        doubts.putAll(tables.doubts());
        var told = new ToldByEvents(tables);
        var lateComers = new LateComers(Instant.EPOCH);
        var events = new long[1];
        var begun = new long[] {System.nanoTime()};
        new HeldRows(store, this::logOf, threads).upTo(store.complete(), rows -> {
            for (var row : rows) {
                if (row.position() <= place) events[0]++;
                told.hear(row, row.position() <= place);
                compare(row, place, lateComers);
            }
            pace.rest(System.nanoTime() - begun[0]);
            begun[0] = System.nanoTime();
        });
        deviations.addAll(told.deviations());
        return events[0];
    }

    private void compare(Held row, long place, LateComers lateComers) {
        boolean changed = row.vouched() == Vouched.CHANGED;
        if (row.position() > place) {
            if (changed) isNotWhatWasStored(nameOf(row), row.position(), "the ledger has not come to it");
            return;
        }
        var doubted = doubts.remove(row.position());
        boolean unsaid = doubted != null && !store.isVouchedFor() && !lateComers.wouldBeOne(row.recordedAt());
        boolean late = lateComers.isOne(row.recordedAt(), unsaid ? Vouched.CHANGED : row.vouched());
        int known = deviations.size();
        compare(row);
        if (deviations.size() > known) return; // Worse than any doubt.
        if (changed) isNotWhatWasStored(nameOf(row), row.position(), "the ledger had it only after that");
        var doubt = "doubt about position " + row.position();
        if (doubted == null) {
            if (late || changed) deviates(nameOf(row), doubt, "is gone, or there was none");
        } else if (row.log() == null || doubted != row.log().number())
            deviates(nameOf(row), doubt, "is in another organisation's log");
        else if (!late && !changed && !unsaid)
            deviates(nameOf(row), doubt, "is of an event that came in time and is what was stored");
    }

    /** A doubt is written down together with the leaf of its event. */
    private void aboutNothing(long place) {
        long taken = tables.place();
        doubts.forEach((position, log) -> {
            if (gone.contains(position) || position > place && position <= taken)
                return; // Said already, or to be seen the next time.
            var known = logs.get(log);
            deviates(
                    known == null ? STORE : known.name(),
                    "doubt about position " + position,
                    "is of no event that the ledger has");
        });
    }

    private Optional<Log> logOf(TenantId tenant) {
        return tenants.computeIfAbsent(tenant, tables::find);
    }

    private void isNotWhatWasStored(String log, long position, String when) {
        newest.add(new Deviation(log, "position " + position, "is not what was stored, by its MAC; " + when));
    }

    private static String nameOf(Held row) {
        var log = row.log();
        return log == null ? "a log not begun" : log.name();
    }

    private void isNotWhatWasStored(Row row, String when) {
        newest.add(new Deviation(
                nameOf(row), "position " + row.position(), "is not what was stored, by its MAC; " + when));
    }

    private String nameOf(Row row) {
        return logOf(Leaves.of(row).tenant()).map(Log::name).orElse("a log not begun");
    }

    private void compare(Held row) {
        var log = row.log();
        var leaf = row.leaf();
        if (log == null || leaf == null) {
            deviates("tenant " + row.tenant(), "position " + row.position(), "belongs to nobody the ledger knows");
            return;
        }
        if (row.recordedAt().getNano() % 1_000_000 != 0)
            deviates(log.name(), "position " + row.position(), "was recorded at a fraction of a millisecond");
        audit(log.number()).expect(row.position(), leaf, row.recordedAt().toEpochMilli());
    }

    private void compareRoots(Log log, LogAudit audit, List<Anchored> anchors) {
        for (var anchored : anchors) {
            if (!anchored.root().equals(audit.rootAt(anchored.size())))
                deviates(
                        log.name(),
                        "the first " + anchored.size() + " leaves",
                        "do not have the root that was anchored at " + anchored.index());
        }
        compareStates(log, audit);
        audit.compareNodes();
    }

    /** Each must be signed, of a root that the log had, and cosigned by whoever is said to have seen it. */
    private void compareStates(Log log, LogAudit audit) {
        var origin = Origin.of(keys.origin(), log.name());
        var signing = keys.everyLogKey().stream().map(key -> key.named(origin)).toList();
        for (var state : tables.logStates(log.number())) {
            var place = "state " + state.size();
            audit.reach(state.size());
            if (state.note().isEmpty()) {
                deviates(log.name(), place, "is gone, and there is who has seen it");
                continue;
            }
            try {
                var note =
                        Note.parse(state.note() + String.join("", state.lines().values()));
                var own = Checkpoint.trusted(note, origin, signing);
                if (own.size() != state.size() || !own.root().equals(audit.rootAt(own.size())))
                    deviates(log.name(), place, "has another root than the log");
                if (state.lines().isEmpty()) deviates(log.name(), place, "is not said to have been seen by anybody");
                state.lines().keySet().forEach(name -> requireSeen(note, name));
            } catch (NotProven notProven) {
                deviates(log.name(), place, String.valueOf(notProven.getMessage()));
            }
        }
    }

    /** What is kept under a witness's name must be by a key of that witness; of a name that we do not know nobody makes anything. */
    private void requireSeen(Note note, String name) {
        if (note.signatures().stream().noneMatch(line -> line.name().equals(name)))
            throw new NotProven(NotProven.Reason.UNSIGNED, "state", "a cosignature by " + name, "another's");
        var known = witnesses.stream().filter(key -> key.name().equals(name)).toList();
        if (known.isEmpty()) return;
        var claimed = known.stream().filter(note::claims).findFirst();
        Cosignature.require(note, claimed.orElse(known.getFirst()));
    }

    private Log log(int number) {
        return requireNonNull(logs.get(number));
    }

    private LogAudit audit(int log) {
        return audits.computeIfAbsent(log, number -> new LogAudit(log(number)));
    }

    private void deviates(String log, String place, String what) {
        deviations.add(new Deviation(log, place, what));
    }

    @FunctionalInterface
    private interface EachLeaf {
        void leaf(long index, Hash hash);
    }

    /** One log's leaves as the ledger has them, gone through once in order, a few batches at a time. */
    private final class LogAudit {
        private static final int BATCHES_AT_ONCE = 16;

        private final Log log;
        private final Frontier edge = new Frontier(this::finished);
        private final Deque<Batch> loaded = new ArrayDeque<>();
        private final List<Long> ends = new ArrayList<>();
        private final Map<Long, Hash> roots = new HashMap<>();
        private final Map<Tile, List<Hash>> nodes = new HashMap<>();
        private long loadedTo;
        private int within;
        private long next;
        private long from = Long.MAX_VALUE;
        private long to = Long.MIN_VALUE;

        LogAudit(Log log) {
            this.log = log;
        }

        long size() {
            return edge.size();
        }

        /** The sizes at which the log was written; every anchor and checkpoint is of one of them. */
        List<Long> ends() {
            return ends;
        }

        Hash rootAt(long size) {
            return roots.getOrDefault(size, Hash.EMPTY);
        }

        void eachLeafBefore(long end, EachLeaf each) {
            for (; hasNext() && next < end; pass()) {
                each.leaf(next, loaded.getFirst().hash(within));
                recorded(0); // Anchors carry no time of their own; the witness does.
            }
        }

        /** The store has an event here: the ledger's next leaf must be its. */
        void expect(long position, Hash hash, long recordedMillis) {
            while (hasNext() && position() < position) missing();
            if (!hasNext() || position() > position) {
                deviates(log.name(), "position " + position, "is in the store and not in the ledger");
                return;
            }
            if (!loaded.getFirst().hash(within).equals(hash))
                deviates(log.name(), "leaf " + next, "is not what the store holds at position " + position);
            recorded(recordedMillis);
            pass();
        }

        private void recorded(long millis) {
            from = Math.min(from, millis);
            to = Math.max(to, millis);
        }

        /** What lies behind the place came while we looked. */
        void finish(long place) {
            while (hasNext() && position() <= place) missing();
        }

        private void missing() {
            deviates(log.name(), "leaf " + next, "is gone from position " + position() + " of the store");
            gone.add(position());
            pass();
        }

        private long position() {
            var batch = loaded.getFirst();
            return (within + 1) * Long.BYTES <= batch.positions().length ? batch.position(within) : 0;
        }

        private void pass() {
            next++;
            if (++within < loaded.getFirst().leaves()) return;
            var batch = loaded.removeFirst();
            if (batch.from() != from || batch.to() != to)
                deviates(
                        log.name(),
                        "leaves " + batch.first() + " to " + (next - 1),
                        "were not recorded when their batch says");
            within = 0;
            from = Long.MAX_VALUE;
            to = Long.MIN_VALUE;
        }

        /** A state may be of leaves that came while we looked; they are there by now. */
        void reach(long size) {
            for (long before = -1; edge.size() < size && edge.size() > before; load()) before = edge.size();
        }

        private boolean hasNext() {
            if (loaded.isEmpty()) load();
            return !loaded.isEmpty();
        }

        private void load() {
            for (var batch : tables.batchesFrom(log.number(), loadedTo, BATCHES_AT_ONCE)) {
                if (batch.first() != edge.size() || !batch.isWhole())
                    deviates(log.name(), "leaf " + edge.size(), "begins a batch that does not fit");
                for (int i = 0; i < batch.leaves(); i++) edge.append(batch.hash(i));
                ends.add(edge.size());
                roots.put(edge.size(), edge.root());
                loadedTo = batch.first() + 1;
                if (batch.leaves() > 0) loaded.add(batch);
            }
        }

        private void finished(int level, long index, byte[] buffer, int at) {
            if (level > 0 && level % Tile.HEIGHT == 0)
                nodes.computeIfAbsent(
                                new Tile(level / Tile.HEIGHT, index >>> Tile.HEIGHT, 1), tile -> new ArrayList<>())
                        .add(Hash.at(buffer, at, Hash.LENGTH));
        }

        void compareNodes() {
            long expected = 0;
            for (var start : nodes.keySet()) {
                var hashes = nodes.get(start);
                expected += hashes.size();
                var bytes = tables.tile(log.number(), new Tile(start.level(), start.index(), hashes.size()));
                for (int i = 0; i < hashes.size(); i++) {
                    boolean there = bytes.length >= (i + 1) * Hash.LENGTH;
                    if (!there || !Hash.at(bytes, i * Hash.LENGTH, Hash.LENGTH).equals(hashes.get(i)))
                        deviates(
                                log.name(),
                                "node " + ((start.index() << Tile.HEIGHT) + i) + " of level "
                                        + start.level() * Tile.HEIGHT,
                                "does not follow from its leaves");
                }
            }
            if (tables.countNodes(log.number(), edge.size()) != expected)
                deviates(log.name(), "nodes", "there are not as many as the leaves make");
        }
    }
}
