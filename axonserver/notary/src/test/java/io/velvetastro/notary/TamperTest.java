package io.velvetastro.notary;

import static io.velvetastro.notary.History.ELSEWHERE;
import static io.velvetastro.notary.History.HERE;
import static io.velvetastro.notary.History.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.Caller;
import io.velvetastro.language.Envelope;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.Plan;
import io.velvetastro.language.Role;
import io.velvetastro.language.Stream;
import io.velvetastro.notary.SingleEdits.Change;
import io.velvetastro.notary.StoreAudit.Deviation;
import io.velvetastro.questions.EvidenceDoor;
import io.velvetastro.questions.EvidenceDoor.Wanted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.axonframework.commandhandling.CommandBus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.test.annotation.DirtiesContext;

/** A superuser of the database changes one thing at a time: every kind once, and then at random. {@code ./velvet tamper} makes it ten thousand. */
@SpringBootTest(
        classes = NotaryHouse.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = "velvet.ledger.sign-every=1s")
@DirtiesContext // Its ledger has doubts.
class TamperTest extends WithAPast {
    private static final int EVENTS = 1_000;
    private static final int EDITS = Integer.getInteger("velvet.tamper.edits", 150);
    private static final long SEED = Long.getLong("velvet.tamper.seed", 20261122);
    /** So often another edit of a kind is drawn when the tables themselves refuse one. */
    private static final int DRAWN_AGAIN = 50;

    @Autowired
    Censuses censuses;

    @Autowired
    EvidenceDoor evidence;

    private final Random random = new Random(SEED);
    private final TreeMap<String, Tally> tallies = new TreeMap<>();

    /** What came of the edits of one kind. */
    private static final class Tally {
        private int tried;
        private int refused;
        private int found;
        private int named;
    }

    @Autowired
    void everyCommandNamesItsCaller(CommandBus commands) {
        commands.registerDispatchInterceptor(messages ->
                (index, command) -> command.getMetaData().containsKey(Envelope.TENANT)
                        ? command
                        : command.andMetaData(Envelope.of(HERE, "member:" + new UUID(1, 2), Instant.EPOCH)));
    }

    @BeforeEach
    void aThousandWitnessedEventsTwoOfThemDoubtedWithCensusesAndExports() throws IOException {
        history.unfold(EVENTS - 20);
        untilWitnessed();
        notary.stop();
        long before = notary.doubts();
        var fact = History.fact(HERE);
        journal.append(Stream.TELEMETRY, List.of(fact));
        db.update(
                "UPDATE store.telemetry SET revision = '7' WHERE event_id = ?",
                fact.id().value());
        history.putIn(HERE, Instant.now().truncatedTo(ChronoUnit.MILLIS).minus(Duration.ofHours(2)));
        notary.start();
        until("both are doubted", () -> notary.doubts() == before + 2);
        export();
        history.unfold(10);
        untilWitnessed();
        for (var tenant : List.of(HERE, ELSEWHERE)) censuses.take(tenant);
        export();
        untilWitnessed();
        notary.stop();
    }

    private void export() throws IOException {
        var caller = new Caller(
                HERE, new MemberId(new UUID(1, 2)), Role.values()[0], "Ada", "ada@example.com", "Ex", Plan.values()[0]);
        var all = new Wanted.OfTime(Instant.EPOCH, Instant.now().plus(Duration.ofDays(1)));
        Files.delete(evidence.handOut(caller, all, null));
    }

    @Test
    void everySingleEditIsFoundAndNamed() throws IOException {
        assertThat(audit()).isEmpty();
        var edits = new SingleEdits(db, all(), Set.copyOf(tables.doubts().keySet()), random);
        var kinds = new ArrayList<>(edits.kinds().keySet());
        int last = Math.max(EDITS, kinds.size());
        try {
            for (int edit = 0; edit < last; edit++) {
                var kind = kinds.get(edit < kinds.size() ? edit : random.nextInt(kinds.size()));
                madeAndFound(kind, edits);
            }
        } finally {
            report(last);
        }
        assertThat(audit()).isEmpty();
    }

    private void madeAndFound(String kind, SingleEdits edits) {
        var tally = tallies.computeIfAbsent(kind, unheard -> new Tally());
        for (int drawn = 0; drawn < DRAWN_AGAIN; drawn++) {
            var change = edits.kinds().get(kind).get();
            tally.tried++;
            try {
                var found = after(change);
                assertThat(found).as(kind + ": " + change.what()).isNotEmpty();
                tally.found++;
                assertThat(change.isNamedBy(found))
                        .as("%s: %s: %s, %s names %s", kind, change.what(), change.log(), change.places(), found)
                        .isTrue();
                tally.named++;
                return;
            } catch (DataIntegrityViolationException theTableItselfRefuses) {
                tally.refused++;
            }
        }
        throw new AssertionError("The database refuses every edit of this kind: " + kind);
    }

    private List<Deviation> after(Change change) {
        return transaction.execute(status -> {
            status.setRollbackOnly();
            // No trigger, no foreign key stands in a superuser's way.
            db.execute("SET LOCAL session_replication_role = replica");
            int changed = change.edit().rows();
            assertThat(changed).as("rows changed: " + change.what()).isPositive();
            return audit();
        });
    }

    private List<Deviation> audit() {
        // As whoever makes the changes: they are never committed.
        return StoreAudit.run(store, new LedgerTables(database), keys).deviations();
    }

    private void report(int edits) throws IOException {
        var all = new Tally();
        var lines = new ArrayList<String>();
        tallies.forEach((kind, tally) -> {
            lines.add(line(kind, tally));
            all.tried += tally.tried;
            all.refused += tally.refused;
            all.found += tally.found;
            all.named += tally.named;
        });
        lines.add(line("**all**", all));
        var report = Path.of("target", "tamper.md");
        Files.createDirectories(report.getParent());
        Files.writeString(report, """
                # %,d single edits of a store of %,d events

                As a superuser of the database, one at a time, each older than the last witnessed checkpoint; seed %d. An edit is named when the audit names its leaf, its position or its row of the ledger. What the tables' own rules refuse is drawn again and counted apart.

                | Kind | Tried | Refused by the database | Found | Named |
                |---|---:|---:|---:|---:|
                %s
                """.formatted(edits, EVENTS, SEED, String.join("\n", lines)));
    }

    private static String line(String kind, Tally tally) {
        return "| %s | %,d | %,d | %,d | %,d |".formatted(kind, tally.tried, tally.refused, tally.found, tally.named);
    }
}
