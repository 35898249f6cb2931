package io.velvetastro.notary;

import static io.velvetastro.notary.History.HERE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.language.StoredBytes;
import io.velvetastro.language.StoredBytes.Row;
import io.velvetastro.language.StoredBytes.Vouched;
import io.velvetastro.store.axon.EventJson;
import io.velvetastro.store.keys.RowMacs;
import io.velvetastro.store.streams.JdbcStoredBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** A superuser of the database writes decisions where the ledger does not come by: before the first place, behind the last, or into an old gap. */
class UnseenPlacesTest extends WithAPast {
    private static final List<Long> OUTSIDE = List.of(-1L, 0L, 100_000_000_000_000_000L);

    @Autowired
    Proofs proofs;

    @Value("${velvet.data}")
    Path data;

    @TempDir
    Path elsewhere;

    private UUID aggregate;

    @BeforeEach
    void aDecision() {
        history.unfold(60);
        aggregate = history.decide(HERE, 2);
        untilWitnessed();
        notary.stop();
    }

    @AfterEach
    void goOn() {
        notary.start();
    }

    @Test
    void theAuditNamesIt() {
        for (long position : OUTSIDE)
            forged(
                    position,
                    () -> assertThat(StoreAudit.run(store, new LedgerTables(database), keys)
                                    .deviations())
                            .singleElement()
                            .satisfies(deviation -> {
                                assertThat(deviation.place()).isEqualTo("position " + position);
                                assertThat(deviation.what()).contains("never put anything");
                            }));
        assertThat(StoreAudit.run(store, tables, keys).isClean()).isTrue();
    }

    @Test
    void nobodyIsShownItAndNoReceiptIsWrittenForIt() {
        for (long position : OUTSIDE)
            forged(position, () -> {
                assertThat(store.at(HERE, List.of(position))).isEmpty();
                var receipts = desk(store).ofAll(HERE, Set.of(aggregate.toString()));
                assertThat(receipts)
                        .singleElement()
                        .satisfies(receipt -> assertThat(receipt.lines()
                                        .filter(line -> line.contains(" ") && line.matches("[0-9a-f-]{36} .*"))
                                        .count())
                                .isEqualTo(2));
            });
    }

    @Test
    void aRowFromBeforeThereWereMacsIsPromisedOnlyAsTheLedgerHasIt() throws IOException {
        var late = lateVouched();
        long gap = gap();
        transaction.executeWithoutResult(status -> {
            status.setRollbackOnly();
            db.update("UPDATE store.decisions SET mac = NULL WHERE aggregateIdentifier = ?", aggregate.toString());
            assertThat(late.at(HERE, late.ofAggregate(HERE, aggregate.toString())))
                    .extracting(Row::vouched)
                    .containsOnly(Vouched.UNKNOWN);
            assertThat(desk(late).ofAll(HERE, Set.of(aggregate.toString()))).hasSize(1);
        });
        forged(
                gap,
                () -> assertThatThrownBy(() -> desk(late).ofAll(HERE, Set.of(aggregate.toString())))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("position " + gap));
    }

    /** The store as a house sees it that has MACs only since a moment ago. */
    private JdbcStoredBytes lateVouched() throws IOException {
        var key = Files.readAllLines(data.resolve("keys").resolve("rows.key")).getFirst();
        Files.createDirectories(elsewhere.resolve("keys"));
        Files.writeString(elsewhere.resolve("keys").resolve("rows.key"), key + "\nsince " + store.complete() + "\n");
        return new JdbcStoredBytes(database, EventJson.mapper(), RowMacs.kept(elsewhere));
    }

    private ReceiptDesk desk(StoredBytes rows) {
        return new ReceiptDesk(rows, new LedgerTables(database), keys, proofs, Clock.systemUTC());
    }

    private long gap() {
        var taken = all().stream().map(Row::position).toList();
        long at = 1;
        while (taken.contains(at)) at++;
        assertThat(at).as("an undone append left one").isLessThan(taken.getLast());
        return at;
    }

    private void forged(long position, Runnable then) {
        transaction.executeWithoutResult(status -> {
            status.setRollbackOnly();
            db.execute("ALTER TABLE store.decisions DROP CONSTRAINT decisions_given");
            assertThat(db.update(
                            "INSERT INTO store.decisions SELECT ?, aggregateIdentifier, 2, type, gen_random_uuid()::text, timeStamp, payloadType, payloadRevision, payload, metaData FROM store.decisions WHERE sequenceNumber = 1 AND aggregateIdentifier = ?",
                            position,
                            aggregate.toString()))
                    .isOne();
            then.run();
        });
    }
}
