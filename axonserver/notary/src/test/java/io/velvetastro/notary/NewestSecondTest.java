package io.velvetastro.notary;

import static io.velvetastro.notary.History.HERE;
import static io.velvetastro.notary.History.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.language.EventId;
import io.velvetastro.language.Fact;
import io.velvetastro.language.StoredBytes;
import io.velvetastro.language.Stream;
import io.velvetastro.ledger.NotProven;
import io.velvetastro.ledger.Note;
import io.velvetastro.ledger.Receipt;
import io.velvetastro.notary.ReceiptDesk.Checked;
import io.velvetastro.notary.ReceiptDesk.Standing;
import io.velvetastro.notary.StoreAudit.Deviation;
import io.velvetastro.questions.Monitor.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;

/** A superuser of the database is quicker than the ledger: what is changed is told by its MAC, what is removed by its receipt. */
@DirtiesContext // Its ledger has seen changed events.
class NewestSecondTest extends WithAPast {
    private static final int EDITS = Integer.getInteger("velvet.tamper.edits", 150);

    @Autowired
    LedgerHealth health;

    @Autowired
    ReceiptDesk receipts;

    private final Random random = new Random(20261123);
    private long old;

    @BeforeEach
    void anOldPastAndAnUnseenSecond() {
        history.unfold(100);
        untilWitnessed();
        notary.stop();
        old = tables.place();
        history.unfold(200);
    }

    @AfterEach
    void goOn() {
        if (!notary.isRunning()) notary.start();
    }

    @Test
    void everyChangedRowIsNamedByItsMacAndNoUntouchedOneIs() {
        assertThat(audit().isClean()).isTrue();
        var fresh = fresh();
        for (int edit = 0; edit < EDITS; edit++) {
            var row = fresh.get(random.nextInt(fresh.size()));
            var change = change(row);
            var found = transaction.execute(status -> {
                status.setRollbackOnly();
                assertThat(db.update(change)).as(change).isEqualTo(1);
                return audit();
            });
            assertThat(found.deviations()).as(change).isEmpty();
            assertThat(found.newest())
                    .as(change)
                    .extracting(Deviation::place)
                    .containsExactly("position " + (change.startsWith("INSERT") ? unused() : row.position()));
        }
        assertThat(audit().isClean()).isTrue();
    }

    @Test
    void aRemovedRowIsToldByTheReceiptOfWhoeverKeptOne() {
        var facts = List.of(History.fact(HERE), History.fact(HERE), History.fact(HERE));
        journal.append(Stream.TELEMETRY, facts);
        var receipt = receiptFor(facts);
        assertThat(checked(receipt)).extracting(Checked::standing).containsOnly(Standing.PENDING);
        delete(facts.get(1));
        change(facts.get(2));
        assertThat(checked(receipt))
                .extracting(Checked::standing)
                .containsExactlyInAnyOrder(Standing.PENDING, Standing.GONE, Standing.CHANGED);
    }

    @Test
    void whatIsRemovedAfterTheLedgerHadItIsGoneAndItsLeafIsNamed() {
        var fact = History.fact(HERE);
        journal.append(Stream.TELEMETRY, List.of(fact));
        var receipt = receiptFor(List.of(fact));
        notary.start();
        untilWitnessed();
        assertThat(checked(receipt)).singleElement().satisfies(kept -> {
            assertThat(kept.standing()).isEqualTo(Standing.KEPT);
            assertThat(kept.leaf()).isNotNull();
        });
        notary.stop();
        delete(fact);
        assertThat(checked(receipt)).singleElement().satisfies(gone -> {
            assertThat(gone.standing()).isEqualTo(Standing.GONE);
            assertThat(gone.leaf()).isNotNull();
        });
    }

    @Test
    void aDecisionIsPromisedLikeWhatWasReported() {
        var aggregate = history.decide(HERE, 3);
        var another = history.decide(HERE, 2);
        var fact = History.fact(HERE);
        journal.append(Stream.TELEMETRY, List.of(fact));
        var wanted = Set.of(aggregate.toString(), another.toString(), fact.id().toString());
        assertThat(checked(Note.parse(receipts.ofAll(HERE, wanted).getFirst()))).hasSize(6);
        assertThat(receipts.ofAll(History.ELSEWHERE, wanted)).isEmpty();
    }

    @Test
    void moreThanIsPromisedAtOnceIsRefusedByName() {
        var aggregate = history.decide(HERE, ReceiptDesk.MOST_EVENTS);
        assertThat(receipts.ofAll(HERE, Set.of(aggregate.toString())))
                .hasSize(ReceiptDesk.MOST_EVENTS / Receipt.MOST_EVENTS);
        var oneMore = history.decide(HERE, 1);
        assertThatThrownBy(() -> receipts.ofAll(HERE, Set.of(aggregate.toString(), oneMore.toString())))
                .isInstanceOf(TooMuch.class)
                .hasMessageContaining("10000");
    }

    @Test
    void promisesOfManyImportsAreEachFoundWhereTheyStand() {
        var facts = new ArrayList<Fact>();
        for (int sent = 0; sent < 5; sent++) { // Each in a batch of its own, and others' between them.
            var some = history.facts(100);
            journal.append(Stream.TELEMETRY, some);
            some.stream().filter(fact -> History.isOf(HERE, fact)).forEach(facts::add);
            notary.start();
            untilWitnessed();
            notary.stop();
        }
        var receipt = receiptFor(facts);
        delete(facts.getFirst());
        change(facts.getLast());
        var checked = checked(receipt);
        assertThat(checked)
                .hasSize(facts.size())
                .allSatisfy(event -> assertThat(event.leaf()).isNotNull());
        assertThat(checked)
                .filteredOn(event -> event.standing() == Standing.KEPT)
                .hasSize(facts.size() - 2);
        assertThat(checked).extracting(Checked::leaf).doesNotHaveDuplicates();
    }

    @Test
    void aReceiptIsWorthNothingChangedOrElsewhere() {
        var fact = History.fact(HERE);
        journal.append(Stream.TELEMETRY, List.of(fact));
        var receipt = receiptFor(List.of(fact));
        var forged = Note.parse(receipt.toString()
                .replace(fact.id().toString(), UUID.randomUUID().toString()));
        assertThatThrownBy(() -> receipts.check(HERE, forged)).isInstanceOf(NotProven.class);
        assertThat(receipts.check(History.ELSEWHERE, receipt)).isEmpty();
        assertThat(receipts.of(History.ELSEWHERE, List.of(fact.id()))).isEmpty();
    }

    @Test
    void theLedgerTakesAChangedEventAsItIsAndSaysSo() {
        var fact = History.fact(HERE);
        journal.append(Stream.TELEMETRY, List.of(fact));
        change(fact);
        long before = tables.countDoubts();
        notary.start();
        until("the changed event is noticed", () -> notary.doubts() == before + 1);
        untilWitnessed();
        assertThat(health.health().state()).isEqualTo(State.DOWN);
        assertThat(health.health().says()).contains("changed in the store before the ledger had");
        assertThat(audit().newest()).hasSize(Math.toIntExact(before + 1));
        assertThat(audit().deviations()).isEmpty();
        transaction.executeWithoutResult(status -> {
            status.setRollbackOnly();
            db.update("DELETE FROM ledger.doubts");
            assertThat(audit().newest())
                    .as("nobody needs the ledger's own note")
                    .hasSize(Math.toIntExact(before + 1));
        });
    }

    private String change(StoredBytes.Row row) {
        boolean decided = row.tenant() == null;
        var table = "store." + row.stream().name().toLowerCase(java.util.Locale.ROOT);
        var where = decided ? " WHERE globalIndex = " + row.position() : " WHERE global_index = " + row.position();
        var envelope = decided ? "metaData" : "envelope";
        var changes = new ArrayList<String>(List.of(
                flip("payload", row.payload()),
                flip(envelope, row.envelope()),
                (decided ? "payloadType" : "payload_type") + " = 'io.velvetastro.language.LoginSucceeded'",
                (decided ? "payloadRevision" : "revision") + " = '2'",
                "mac = NULL",
                flip("mac", new byte[16])));
        changes.addAll(
                decided
                        ? List.of(
                                "timeStamp = '2026-03-01T10:00:00.124Z'",
                                "eventIdentifier = '" + UUID.randomUUID() + "'",
                                "aggregateIdentifier = '" + UUID.randomUUID() + "'",
                                "sequenceNumber = sequenceNumber + 1000",
                                "type = 'Other'")
                        : List.of(
                                "recorded_at = recorded_at - interval '1 hour'",
                                "recorded_at = recorded_at + interval '1 microsecond'",
                                "event_id = gen_random_uuid()",
                                "tenant = gen_random_uuid()"));
        if (!decided && random.nextInt(10) == 0)
            return "INSERT INTO " + table + " SELECT " + unused()
                    + ", tenant, gen_random_uuid(), recorded_at, payload_type, revision, payload, envelope, mac FROM "
                    + table + where;
        return "UPDATE " + table + " SET " + changes.get(random.nextInt(changes.size())) + where;
    }

    /** A number behind the old past that an undone append left free. */
    private long unused() {
        var taken = fresh().stream().map(StoredBytes.Row::position).toList();
        long at = old + 1;
        while (taken.contains(at)) at++;
        return at;
    }

    private String flip(String column, byte[] bytes) {
        int bit = random.nextInt(bytes.length * 8);
        return column + " = set_bit(" + column + ", " + bit + ", 1 - get_bit(" + column + ", " + bit + "))";
    }

    private List<StoredBytes.Row> fresh() {
        return store.behind(old, 1_000_000).rows();
    }

    private Note receiptFor(List<Fact> facts) {
        List<EventId> ids = facts.stream().map(Fact::id).toList();
        return Note.parse(receipts.of(HERE, ids).getFirst());
    }

    private List<Checked> checked(Note receipt) {
        return receipts.check(HERE, receipt).orElseThrow();
    }

    private void delete(Fact fact) {
        assertThat(db.update(
                        "DELETE FROM store.telemetry WHERE event_id = ?",
                        fact.id().value()))
                .isEqualTo(1);
    }

    private void change(Fact fact) {
        assertThat(db.update(
                        "UPDATE store.telemetry SET payload_type = 'io.velvetastro.language.LoginSucceeded' WHERE event_id = ?",
                        fact.id().value()))
                .isEqualTo(1);
    }

    private StoreAudit.Findings audit() {
        return StoreAudit.run(store, tables, keys);
    }
}
