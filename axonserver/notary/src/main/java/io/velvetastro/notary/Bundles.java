package io.velvetastro.notary;

import static java.util.Objects.requireNonNull;

import io.velvetastro.language.Caller;
import io.velvetastro.language.Disclosures;
import io.velvetastro.language.EvidenceCommand.ExportEvidence;
import io.velvetastro.language.EvidenceCommand.HandOverEvidence;
import io.velvetastro.language.ExportId;
import io.velvetastro.language.Overloaded;
import io.velvetastro.language.Refused;
import io.velvetastro.language.Sealed;
import io.velvetastro.language.StoredBytes;
import io.velvetastro.language.StoredBytes.Vouched;
import io.velvetastro.language.TenantId;
import io.velvetastro.ledger.BundleWriter;
import io.velvetastro.ledger.Disclosure;
import io.velvetastro.ledger.KnownDoubts;
import io.velvetastro.ledger.Note;
import io.velvetastro.notary.LedgerTables.Seen;
import io.velvetastro.notary.Proofs.Placed;
import io.velvetastro.notary.Proofs.State;
import io.velvetastro.questions.EvidenceDoor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;

/** Packs evidence for somebody who asked: first the handing out is recorded, then the record travels with it. */
final class Bundles implements EvidenceDoor {
    static final int MOST_EVENTS = 10_000;
    /** So many may lie in as many batches, and those are in memory at once. */
    private static final int DOUBTS_AT_ONCE = 200;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Search search;
    private final Proofs proofs;
    private final LedgerTables tables;
    private final StoredBytes store;
    private final Notary notary;
    private final Completeness completeness;
    private final Disclosures disclosures;
    private final PrivacyBook privacy;
    private final LedgerKeys keys;
    private final CommandGateway commands;
    private final Clock clock;

    Bundles(
            Search search,
            Proofs proofs,
            LedgerTables tables,
            StoredBytes store,
            Notary notary,
            Completeness completeness,
            Disclosures disclosures,
            PrivacyBook privacy,
            LedgerKeys keys,
            CommandGateway commands,
            Clock clock) {
        this.search = search;
        this.proofs = proofs;
        this.tables = tables;
        this.store = store;
        this.notary = notary;
        this.completeness = completeness;
        this.disclosures = disclosures;
        this.privacy = privacy;
        this.keys = keys;
        this.commands = commands;
        this.clock = clock;
    }

    @Override
    public Path handOut(Caller caller, Wanted wanted, @Nullable Sealed reason) {
        return make(
                caller,
                switch (wanted) {
                    case Wanted.OfIncident(var incident) -> new Question.OfIncident(incident);
                    case Wanted.OfPrincipal(var principal) -> new Question.OfPrincipal(principal);
                    case Wanted.OfAttack(var attack) -> new Question.OfAttack(attack);
                    case Wanted.OfTime(var from, var to) -> new Question.OfTime(from, to);
                },
                reason,
                Set.of(),
                null);
    }

    /**
     * A bundle in a temporary file, which the caller deletes.
     *
     * @param disclose the sealed values that are to travel in clear
     * @param since how many leaves the log had in a bundle that somebody has kept, to which this one shall lead back; to the last one that was handed out unless named
     */
    Path make(Caller caller, Question question, @Nullable Sealed reason, Set<String> disclose, @Nullable Long since) {
        if (since != null) requireState(caller.tenant(), since);
        long now = store.complete();
        patiently(() -> notary.place() >= now ? Optional.of(now) : Optional.empty());
        var found = search.positions(caller.tenant(), question, MOST_EVENTS);
        if (found.size() > MOST_EVENTS) throw tooMuch();
        var named = question.named();
        var positions = new ArrayList<>(named.isPresent() ? all(caller, named.get(), found) : found);
        if (positions.isEmpty()) throw Refused.notFound();
        var rules = new TreeSet<>(search.rules(caller.tenant(), positions));
        positions.forEach(rules::remove);
        positions.addAll(rules);
        positions.addAll(privacy.ends(caller.tenant())); // Of what has expired they say since when.
        var export = new ExportId(UUID.randomUUID());
        commands.sendAndWait(new ExportEvidence(
                export, caller.tenant(), recorded(question, disclose), positions.size(), reason, clock.instant()));
        positions.addAll(store.ofAggregate(caller.tenant(), export.toString()));
        var state = patiently(() -> provable(caller, positions));
        var placed = proofs.place(caller.tenant(), state, positions);
        var file = write(caller, question, disclose, since, state, positions, placed);
        commands.sendAndWait(new HandOverEvidence(
                export, caller.tenant(), sha256(file), file.toFile().length(), state.platformSize(), clock.instant()));
        return file;
    }

    /** What the search has found, what the log has counted besides, and the counts; also where nothing is found any more that was counted once. */
    private Collection<Long> all(Caller caller, String id, List<Long> found) {
        var state = found.isEmpty()
                ? proofs.state(caller.tenant()).orElseThrow(Refused::notFound)
                : patiently(() -> provable(caller, found));
        var all = completeness.complete(caller.tenant(), id, found, state);
        if (all.size() > MOST_EVENTS) throw tooMuch();
        return all;
    }

    private static TooMuch tooMuch() {
        return new TooMuch("More than " + MOST_EVENTS + " events answer this; ask for a shorter time.");
    }

    private static String sha256(Path file) {
        try (var bytes = Files.newInputStream(file)) {
            var digest = MessageDigest.getInstance("SHA-256");
            var buffer = new byte[64 * 1024];
            for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) digest.update(buffer, 0, read);
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** A state of the log that has all of these. */
    private Optional<State> provable(Caller caller, List<Long> positions) {
        var newest = List.of(Collections.max(positions));
        return proofs.state(caller.tenant())
                .filter(state -> proofs.place(caller.tenant(), state, newest).size() == 1);
    }

    /** That there is no state yet says nothing of an earlier one. */
    private void requireState(TenantId tenant, long since) {
        if (tables.find(tenant).isEmpty()) throw Refused.notFound();
        var state = patiently(() -> proofs.state(tenant));
        if (proofs.stateOf(state, since).isEmpty()) throw Refused.notFound();
    }

    private static <T> T patiently(Supplier<Optional<T>> question) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        do {
            var answer = question.get();
            if (answer.isPresent()) return answer.get();
            pause();
        } while (System.nanoTime() < end);
        throw new Overloaded("The ledger has not come to the newest of these events yet", Duration.ofSeconds(5));
    }

    /** What the ledger keeps of it; it names nobody. */
    private static String recorded(Question question, Set<String> disclose) {
        return disclose.isEmpty()
                ? question.toString()
                : question + ", disclosing " + String.join(", ", new TreeSet<>(disclose));
    }

    private Path write(
            Caller caller,
            Question question,
            Set<String> disclose,
            @Nullable Long since,
            State state,
            List<Long> positions,
            List<Placed> events) {
        try {
            var file = Files.createTempFile("velvet-bundle", ".zip");
            var about = about(caller, recorded(question, disclose), events.size());
            try (var bundle = new BundleWriter(Files.newOutputStream(file), about, state.checkpoint(), state.own())) {
                for (var event : events) bundle.event(event.leaf(), state.prove(event.index()));
                for (var event : events) if (!disclose.isEmpty()) disclose(bundle, caller.tenant(), event, disclose);
                if (question.named().isPresent())
                    for (var shown : completeness.shown(question.named().get(), state.log(), events))
                        bundle.census(shown.leaf(), shown.proof());
                bundle.doubts(doubts(caller.tenant(), state, positions).signed(keys.log()));
                seen(bundle, state, events);
                since(bundle, state, since);
            } catch (IOException | RuntimeException failed) {
                Files.deleteIfExists(file);
                throw failed;
            }
            tables.insertExport(state.log().number(), state.platformSize());
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Who was forgotten stays so, and what was sealed before values were committed to stays sealed. */
    private void disclose(BundleWriter bundle, TenantId tenant, Placed event, Set<String> names) throws IOException {
        var fields = Disclosure.committedIn(event.leaf().payload())
                .flatMap(text -> disclosures.fields(tenant, Sealed.of(text)));
        if (fields.isEmpty()) return;
        var all = fields.get().stream()
                .<Disclosure.Field>map(field -> new Disclosure.Shown(field.name(), field.salt(), field.value()))
                .toList();
        bundle.disclose(event.index(), new Disclosure(all).only(names));
    }

    /** Which leaves the ledger found changed when it came to them: by its own list, the whole of it, so that what is said in one bundle is not wrong in another, and by the MACs of these events. */
    private KnownDoubts doubts(TenantId tenant, State state, Collection<Long> positions) {
        var doubted = new TreeMap<Long, Instant>();
        for (var row : store.at(tenant, positions))
            if (row.vouched() == Vouched.CHANGED) doubted.put(row.position(), clock.instant());
        for (var doubt : tables.doubts(state.log().number())) doubted.put(doubt.position(), doubt.foundAt());
        var leaves = new TreeMap<Long, Instant>();
        var all = List.copyOf(doubted.keySet());
        for (int from = 0; from < all.size(); from += DOUBTS_AT_ONCE) {
            var some = all.subList(from, Math.min(all.size(), from + DOUBTS_AT_ONCE));
            for (var batch : tables.batchesAt(state.log().number(), some))
                for (var position : some)
                    batch.indexOf(position)
                            .ifPresent(
                                    index -> leaves.put(batch.first() + index, requireNonNull(doubted.get(position))));
        }
        return new KnownDoubts(
                state.log().name(),
                state.anchored().size(),
                leaves.headMap(state.anchored().size()));
    }

    /** By when each event had been seen. */
    private void seen(BundleWriter bundle, State state, List<Placed> events) throws IOException {
        for (var seen :
                proofs.firstSeen(state, events.stream().map(Placed::index).toList()))
            bundle.seen(
                    Note.parse(seen.note()),
                    seen.anchored().anchor(state.log().name()),
                    state.platformTree().include(seen.anchored().index(), seen.platformSize()),
                    state.tree()
                            .connect(seen.anchored().size(), state.anchored().size()));
    }

    /** That nothing was rewritten since a bundle that somebody has kept, or else since this organisation's last one. */
    private void since(BundleWriter bundle, State state, @Nullable Long kept) throws IOException {
        var earlier = kept == null ? last(state) : proofs.stateOf(state, kept);
        if (earlier.isEmpty()) return;
        var seen = earlier.get();
        bundle.since(
                Note.parse(seen.note()),
                seen.anchored().anchor(state.log().name()),
                state.platformTree().include(seen.anchored().index(), seen.platformSize()),
                state.platformTree().connect(seen.platformSize(), state.platformSize()),
                state.tree().connect(seen.anchored().size(), state.anchored().size()));
    }

    private Optional<Seen> last(State state) {
        var size = tables.lastExport(state.log().number());
        if (size.isEmpty()) return Optional.empty();
        var signed = tables.checkpoint(size.getAsLong());
        return tables.anchor(state.log().number(), size.getAsLong())
                .filter(anchored -> anchored.size() <= state.anchored().size())
                .flatMap(anchored -> signed.map(note -> new Seen(anchored, size.getAsLong(), note.note())));
    }

    private String about(Caller caller, String question, int events) {
        return """
                Evidence from Velvet Astro. Nothing in this file is evidence; the other files are.

                Asked for:  %s
                Asked by:   %s
                Made at:    %s
                Events:     %d, the record of this export among them

                To verify, on any machine, without a network:

                    ./velvet verify THIS.zip --key LOG-KEY --witness WITNESS-KEY

                Take both keys from where you have trusted them before, never from whoever gave you this file.
                The formats are public (docs/ledger.md), so that you need not trust our verifier either.
                Personal values in the events are sealed, but for those under disclosed/, if any.
                """.formatted(question, caller.actor(), clock.instant(), events);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the ledger", e);
        }
    }
}
