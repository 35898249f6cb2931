package io.velvetastro.store.journal;

import io.velvetastro.language.Stream;
import io.velvetastro.store.keys.RowMacs;
import io.velvetastro.store.streams.StreamTable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyManager;

/** Facts in PostgreSQL's binary COPY format: the quickest way in, which knows no "on conflict". */
final class CopyStream {
    private static final byte[] SIGNATURE = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    private static final short FIELDS = 8;
    private static final short END = -1;

    private final ByteBuffer bytes;

    private CopyStream(int size) {
        bytes = ByteBuffer.allocate(size);
    }

    static void send(CopyManager copies, StreamTable table, RowMacs macs, List<WrittenFact> facts, Instant recordedAt)
            throws SQLException {
        var sql = "COPY " + table.table()
                + " (tenant, event_id, recorded_at, payload_type, revision, payload, envelope, mac) FROM STDIN (FORMAT binary)";
        var bytes = of(table.stream(), macs, facts, recordedAt);
        var copy = copies.copyIn(sql);
        try {
            copy.writeToCopy(bytes.array(), 0, bytes.position());
            copy.endCopy();
        } finally {
            if (copy.isActive()) copy.cancelCopy();
        }
    }

    /** Whether a failure is one of the connection. The pool does not see it, for it does not see the copying. */
    static boolean isOfConnection(SQLException failure) {
        return failure.getSQLState() != null && failure.getSQLState().startsWith("08");
    }

    private static ByteBuffer of(Stream which, RowMacs macs, List<WrittenFact> facts, Instant recordedAt) {
        int size = SIGNATURE.length + Short.BYTES;
        for (var fact : facts)
            size += 128 + 3 * fact.payloadType().length() + fact.payload().length + fact.envelope().length;
        var stream = new CopyStream(size);
        stream.bytes.put(SIGNATURE);
        long micros = Duration.between(EPOCH, recordedAt).toNanos() / 1_000;
        for (var fact : facts) stream.row(fact, micros, macs.of(fact.asRow(which, recordedAt)));
        return stream.bytes.putShort(END);
    }

    private void row(WrittenFact fact, long recordedAtMicros, byte[] mac) {
        bytes.putShort(FIELDS);
        uuid(fact.tenant());
        uuid(fact.fact().id().value());
        bytes.putInt(Long.BYTES).putLong(recordedAtMicros);
        text(fact.payloadType());
        text(fact.revision());
        field(fact.payload());
        field(fact.envelope());
        field(mac);
    }

    private void uuid(UUID value) {
        bytes.putInt(16).putLong(value.getMostSignificantBits()).putLong(value.getLeastSignificantBits());
    }

    private void text(@Nullable String value) {
        if (value == null) bytes.putInt(-1);
        else field(value.getBytes(StandardCharsets.UTF_8));
    }

    private void field(byte[] value) {
        bytes.putInt(value.length).put(value);
    }
}
