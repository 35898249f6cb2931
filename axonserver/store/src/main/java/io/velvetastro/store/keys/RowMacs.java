package io.velvetastro.store.keys;

import static io.velvetastro.language.CannotStart.Because.MACHINE;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.velvetastro.language.CannotStart;
import io.velvetastro.language.StoredBytes.Row;
import io.velvetastro.language.StoredBytes.Vouched;
import io.velvetastro.store.database.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Vouches for each stored row from its commit on, until the ledger has hashed it and ever after: an HMAC-SHA-256, cut to 16 bytes, of everything that gives the row its meaning. The key lies in a file beside the master key, together with the position behind which no row goes without; neither is in the database.
 */
public final class RowMacs {
    private static final int KEY_BYTES = 32;
    private static final int BYTES = 16;
    private static final byte[] DOMAIN = "velvetastro.io/row@v1\n".getBytes(US_ASCII);
    private static final byte[] NONE = new byte[0];
    private static final byte[] UUID_LENGTH = {0, 0, 0, 16};

    private final long since;
    private final Lent<Seal> seals;

    private RowMacs(byte[] key, long since) {
        var secret = new SecretKeySpec(key, "HmacSHA256");
        this.since = since;
        this.seals = new Lent<>(() -> new Seal(begun(secret)));
    }

    /**
     * Reads the key, or makes it where no row was ever vouched for.
     *
     * @throws CannotStart when the file is missing or no key, while there are rows it vouched for
     */
    public static RowMacs open(DataSource database, Path folder) {
        var file = file(folder);
        try {
            long end = end(database);
            if (!Files.exists(file)) {
                if (isVouchedFor(database))
                    throw new CannotStart(
                            MACHINE,
                            "The key file " + file
                                    + " is missing, and it vouches for the newest rows of this database. Put it back from your backup.");
                write(file, fresh(), end);
            }
            var known = Text.of(file);
            if (known.since() <= end) return new RowMacs(known.key(), known.since());
            write(file, known.key(), end); // An older state of the database: what comes from here on is new to it.
            return new RowMacs(known.key(), end);
        } catch (IOException e) {
            throw new CannotStart(MACHINE, "Cannot read or write the key file " + file + ".", e);
        }
    }

    /** The key that vouched for a database which came back from a backup; empty-handed where none was kept. */
    public static @Nullable RowMacs kept(Path folder) {
        var file = file(folder);
        if (!Files.exists(file)) return null;
        try {
            var known = Text.of(file);
            return new RowMacs(known.key(), known.since());
        } catch (IOException e) {
            throw new CannotStart(MACHINE, "Cannot read the key file " + file + ".", e);
        }
    }

    /** What is stored beside a row; its position is not covered, for it is drawn later. */
    public byte[] of(Row row) {
        return seals.with(seal -> seal.of(row));
    }

    /** What a row's own MAC says of it. */
    public Vouched judge(Row row, byte @Nullable [] mac) {
        if (mac == null) return row.position() > since || row.position() < 1 ? Vouched.CHANGED : Vouched.UNKNOWN;
        return MessageDigest.isEqual(mac, of(row)) ? Vouched.INTACT : Vouched.CHANGED;
    }

    /** A MAC and the buffer it reads from. */
    private static final class Seal {
        private final Mac mac;
        private final Piece piece = new Piece();

        Seal(Mac mac) {
            this.mac = mac;
        }

        byte[] of(Row row) {
            piece.begin(DOMAIN).field(row.stream().name());
            if (row.tenant() == null) piece.field(NONE);
            else {
                var tenant = row.tenant().value();
                piece.add(UUID_LENGTH).add(tenant.getMostSignificantBits()).add(tenant.getLeastSignificantBits());
            }
            piece.field(row.id())
                    .add(row.recordedAt().getEpochSecond())
                    .add((long) row.recordedAt().getNano())
                    .add(row.sequence())
                    .field(row.payloadType())
                    .field(row.revision())
                    .field(row.payload())
                    .field(row.envelope())
                    .field(row.aggregateType())
                    .field(row.aggregate());
            mac.update(piece.array(), 0, piece.length());
            return Arrays.copyOf(mac.doFinal(), BYTES);
        }
    }

    private static Mac begun(SecretKeySpec key) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HMAC-SHA-256", e);
        }
    }

    private static Path file(Path folder) {
        return folder.resolve("keys").resolve("rows.key").toAbsolutePath().normalize();
    }

    private static byte[] fresh() {
        var key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }

    private static void write(Path file, byte[] key, long since) throws IOException {
        DataFolder.writeSecret(file, Base64.getEncoder().encodeToString(key) + "\nsince " + since + "\n");
    }

    /** The file: a key, and behind which position no row goes without its MAC. */
    private record Text(byte[] key, long since) {
        static Text of(Path file) throws IOException {
            var lines = Files.readString(file).lines().toList();
            try {
                if (lines.size() == 2 && lines.get(1).startsWith("since ")) {
                    var key = Base64.getDecoder().decode(lines.getFirst());
                    long since = Long.parseLong(lines.get(1).substring("since ".length()));
                    if (key.length == KEY_BYTES && since >= 0) return new Text(key, since);
                }
            } catch (IllegalArgumentException unreadable) {
                // The same to whoever must mend it.
            }
            throw new CannotStart(
                    MACHINE,
                    "The key file " + file + " does not hold 32 bytes in Base64 and since which position they vouch.");
        }
    }

    private static long end(DataSource database) {
        return asked(database, "SELECT announced FROM store.fence(ARRAY[101, 102, 103])")
                .getFirst();
    }

    private static boolean isVouchedFor(DataSource database) {
        return !asked(database, """
                        SELECT 1::bigint FROM (SELECT mac FROM store.decisions ORDER BY globalIndex DESC LIMIT 1) d WHERE mac IS NOT NULL
                        UNION ALL
                        SELECT 1::bigint FROM (SELECT mac FROM store.telemetry ORDER BY global_index DESC LIMIT 1) t WHERE mac IS NOT NULL""").isEmpty();
    }

    private static List<Long> asked(DataSource database, String question) {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(question)) {
            var answers = new java.util.ArrayList<Long>();
            while (rows.next()) answers.add(rows.getLong(1));
            return answers;
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("Cannot ask how far the store has come", e);
        }
    }
}
