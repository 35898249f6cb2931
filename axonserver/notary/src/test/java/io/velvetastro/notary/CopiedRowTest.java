package io.velvetastro.notary;

import static io.velvetastro.notary.History.HERE;
import static io.velvetastro.notary.History.until;
import static java.time.temporal.ChronoUnit.MILLIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.velvetastro.language.StoredBytes.Row;
import io.velvetastro.language.Stream;
import io.velvetastro.store.keys.RowMacs;
import io.velvetastro.store.streams.JdbcStoredBytes;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** A row's MAC covers no position: whoever has the database can put an honest row where it was not. */
@TestPropertySource(properties = "velvet.ledger.sign-every=40ms") // A past of its own: what is done to it stays.
@DirtiesContext
class CopiedRowTest extends WithAPast {
    private static final String COLUMNS =
            "tenant, event_id, recorded_at, payload_type, revision, payload, envelope, mac";

    @Autowired
    RowMacs macs;

    @Test
    void anExactCopyIsFoundThoughTheLedgerHasTakenItForAnEvent() {
        history.unfold(50);
        untilWitnessed();
        assertThat(audit()).isEmpty();
        var original = telemetry();
        db.execute("ALTER TABLE store.telemetry DROP CONSTRAINT telemetry_once");
        db.update(
                "INSERT INTO store.telemetry (" + COLUMNS + ") SELECT " + COLUMNS
                        + " FROM store.telemetry WHERE global_index = ?",
                original.position());
        untilWitnessed();
        long copy = all().getLast().position();
        assertThat(audit())
                .extracting(StoreAudit.Deviation::place, StoreAudit.Deviation::what)
                .containsExactly(
                        tuple("store.telemetry, telemetry_once", "is no rule of the database any more"),
                        tuple(
                                "positions " + original.position() + " and " + copy,
                                "hold the same event, " + original.id()));
        assertThat(audit()).as("and is not forgotten by the next").hasSize(2);
        assertThat(StoreAudit.run(new JdbcStoredBytes(database, new ObjectMapper(), macs), tables, keys)
                        .deviations())
                .as("nor missed by a house that has just started")
                .hasSize(2);
        db.update("DELETE FROM store.telemetry WHERE global_index = ?", copy);
        db.execute("ALTER TABLE store.telemetry ADD CONSTRAINT telemetry_once UNIQUE (event_id, tenant)");
        assertThat(audit())
                .extracting(StoreAudit.Deviation::what)
                .anyMatch(what -> what.contains("is gone from position " + copy))
                .noneMatch(what -> what.contains("hold the same event"));
    }

    @Test
    void whatWasKeptBackAndIsPutInLaterIsDoubtedAndNothingAfterIt() {
        history.unfold(50);
        untilWitnessed();
        long before = notary.doubts();
        putIn(keptBack(telemetry(), Instant.now().truncatedTo(MILLIS).minus(Duration.ofHours(2))));
        until("it is doubted", () -> notary.doubts() == before + 1);
        history.unfold(50);
        untilWitnessed();
        assertThat(notary.doubts()).isEqualTo(before + 1);
    }

    @Test
    void whoeverTakesTheLedgerUpAgainDoubtsAsIfItHadNeverBeenLeft() {
        history.unfold(50);
        untilWitnessed();
        notary.stop();
        history.putIn(HERE, Instant.now().truncatedTo(MILLIS).plus(Duration.ofHours(1)));
        history.putIn(HERE, Instant.now().truncatedTo(MILLIS)); // The clock was put right.
        int before = tables.doubts().size();
        notary.start();
        until("it is doubted once", () -> tables.doubts().size() == before + 1);
        untilWitnessed();
        notary.stop();
        history.unfold(10);
        notary.start();
        untilWitnessed();
        assertThat(tables.doubts()).hasSize(before + 1);
        assertThat(audit())
                .filteredOn(deviation -> deviation.place().startsWith("doubt"))
                .isEmpty();
    }

    private List<StoreAudit.Deviation> audit() {
        return StoreAudit.run(store, tables, keys).deviations();
    }

    private Row telemetry() {
        return all().stream()
                .filter(row -> row.stream() == Stream.TELEMETRY)
                .findFirst()
                .orElseThrow();
    }

    /** As the house had stored it then, had nobody taken it away. */
    private static Row keptBack(Row like, Instant recordedAt) {
        return new Row(
                0,
                like.stream(),
                like.tenant(),
                UUID.randomUUID().toString(),
                recordedAt,
                like.payloadType(),
                like.revision(),
                like.payload(),
                like.envelope(),
                null,
                null,
                0);
    }

    private void putIn(Row row) {
        db.update(
                "INSERT INTO store.telemetry (" + COLUMNS + ") VALUES (?, ?::uuid, ?, ?, ?, ?, ?, ?)",
                row.tenant().value(),
                row.id(),
                row.recordedAt().atOffset(ZoneOffset.UTC),
                row.payloadType(),
                row.revision(),
                row.payload(),
                row.envelope(),
                macs.of(row));
    }
}
