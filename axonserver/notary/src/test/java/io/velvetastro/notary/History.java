package io.velvetastro.notary;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.velvetastro.language.Attempt;
import io.velvetastro.language.Envelope;
import io.velvetastro.language.EventId;
import io.velvetastro.language.Fact;
import io.velvetastro.language.Journal;
import io.velvetastro.language.LoginFailed;
import io.velvetastro.language.PrincipalId;
import io.velvetastro.language.Sealed;
import io.velvetastro.language.SourceId;
import io.velvetastro.language.StoredBytes.Row;
import io.velvetastro.language.Stream;
import io.velvetastro.language.TenantId;
import io.velvetastro.store.keys.RowMacs;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** A past with everything in it that makes a store hard to follow: several organisations and streams, appends that were undone, numbers that were never used. */
final class History {
    static final TenantId HERE = tenant("here");
    static final TenantId ELSEWHERE = tenant("elsewhere");
    static final PrincipalId ANNA = new PrincipalId(UUID.nameUUIDFromBytes("anna".getBytes(UTF_8)));
    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

    private final Journal journal;
    private final JdbcTemplate db;
    private final TransactionTemplate transaction;
    private final RowMacs macs;
    private final Random random = new Random(7);

    History(Journal journal, JdbcTemplate db, TransactionTemplate transaction, RowMacs macs) {
        this.journal = journal;
        this.db = db;
        this.transaction = transaction;
        this.macs = macs;
    }

    static TenantId tenant(String name) {
        return new TenantId(UUID.nameUUIDFromBytes(name.getBytes(UTF_8)));
    }

    /** Appends so many events, and as many again that do not stay. */
    void unfold(int events) {
        for (int done = 0; done < events; ) {
            int size = Math.min(1 + random.nextInt(40), events - done);
            switch (random.nextInt(5)) {
                case 0 -> {
                    undone(size);
                    continue;
                }
                case 1 -> decide(random.nextBoolean() ? HERE : ELSEWHERE, size);
                case 2 -> journal.append(Stream.FINDINGS, facts(size));
                default -> journal.append(Stream.TELEMETRY, facts(size));
            }
            done += size;
        }
    }

    private void undone(int size) {
        transaction.executeWithoutResult(status -> {
            journal.append(Stream.TELEMETRY, facts(size));
            status.setRollbackOnly();
        });
    }

    List<Fact> facts(int count) {
        var facts = new ArrayList<Fact>();
        for (int i = 0; i < count; i++) facts.add(fact(random.nextInt(3) == 0 ? ELSEWHERE : HERE));
        return facts;
    }

    static boolean isOf(TenantId tenant, Fact fact) {
        return fact.payload() instanceof LoginFailed failed
                && failed.attempt().tenant().equals(tenant);
    }

    static Fact fact(TenantId tenant) {
        return fact(tenant, ANNA, new Sealed("1." + "x".repeat(120)));
    }

    static Fact fact(TenantId tenant, PrincipalId principal, Sealed personal) {
        return fact(tenant, principal, personal, "host-1");
    }

    static Fact fact(TenantId tenant, PrincipalId principal, Sealed personal, String host) {
        var id = new EventId(UUID.randomUUID());
        var attempt = new Attempt(
                id,
                tenant,
                AT,
                "sshd",
                "ssh",
                "password",
                principal,
                new SourceId(UUID.nameUUIDFromBytes("s".getBytes(UTF_8))),
                host,
                null,
                null,
                personal);
        return new Fact(id, new LoginFailed(attempt, "wrong-password"), Envelope.of(tenant, "service:test", AT));
    }

    /** Decided events of one aggregate, as Axon's own engine writes them. */
    UUID decide(TenantId tenant, int count) {
        var aggregate = UUID.randomUUID();
        for (int i = 0; i < count; i++) decide(tenant, aggregate, i, "{\"step\":" + i + "}");
        return aggregate;
    }

    void decide(TenantId tenant, UUID aggregate, int sequence, String payload) {
        var at = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
        var row = new Row(
                0,
                Stream.DECISIONS,
                null,
                UUID.randomUUID().toString(),
                Instant.parse(at),
                "io.velvetastro.language.IncidentEvent$IncidentOpened",
                "1",
                payload.getBytes(UTF_8),
                ("{\"tenant\":\"" + tenant + "\",\"actor\":\"engine:chain\",\"n\":" + sequence + "}").getBytes(UTF_8),
                "Incident",
                aggregate.toString(),
                sequence);
        db.update(
                "INSERT INTO store.decisions (aggregateIdentifier, sequenceNumber, type, eventIdentifier, timeStamp, payloadType, payloadRevision, payload, metaData, mac) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row.aggregate(),
                sequence,
                row.aggregateType(),
                row.id(),
                at,
                row.payloadType(),
                row.revision(),
                row.payload(),
                row.envelope(),
                macs.of(row));
    }

    /** A login that was recorded then, as the house stores one, and is there only now. */
    void putIn(TenantId tenant, Instant recordedAt) {
        var fact = fact(tenant);
        journal.append(Stream.TELEMETRY, List.of(fact));
        db.update(
                "UPDATE store.telemetry SET recorded_at = ? WHERE event_id = ?",
                recordedAt.atOffset(ZoneOffset.UTC),
                fact.id().value());
        var row = db.queryForMap(
                "SELECT * FROM store.telemetry WHERE event_id = ?", fact.id().value());
        db.update(
                "UPDATE store.telemetry SET mac = ? WHERE event_id = ?",
                macs.of(new Row(
                        0,
                        Stream.TELEMETRY,
                        tenant,
                        fact.id().toString(),
                        recordedAt,
                        (String) row.get("payload_type"),
                        (String) row.get("revision"),
                        (byte[]) row.get("payload"),
                        (byte[]) row.get("envelope"),
                        null,
                        null,
                        0)),
                fact.id().value());
    }

    static void until(String what, BooleanSupplier isSo) {
        until(() -> what, isSo);
    }

    static void until(Supplier<String> what, BooleanSupplier isSo) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() > end) throw new AssertionError("Not so in time: " + what.get());
            LockSupport.parkNanos(5_000_000);
        }
    }
}
