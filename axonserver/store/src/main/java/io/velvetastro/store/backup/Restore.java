package io.velvetastro.store.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.PGConnection;

/** Puts a backup into an empty database: makes the tables as they were in the version it came from, then fills them in one transaction. The next start migrates on from there. */
public final class Restore {
    private Restore() {}

    /** What came back. */
    public record Restored(String takenAt, int tables, long rows) {}

    /** A file that is no whole backup of ours. */
    public static final class NoBackup extends Exception {
        NoBackup(String why) {
            super(why);
        }
    }

    public static Restored from(Path file, DataSource database) throws NoBackup, SQLException {
        try (var zip = new ZipFile(file.toFile())) {
            var contents = contents(zip);
            for (var schema : contents.schemas())
                Flyway.configure()
                        .dataSource(database)
                        .schemas(schema.name())
                        .defaultSchema(schema.name())
                        .locations("classpath:db/" + schema.name())
                        .target(schema.version())
                        .load()
                        .migrate();
            try (var connection = database.getConnection()) {
                connection.setAutoCommit(false);
                fill(connection, zip, contents);
                connection.commit();
            }
            long rows =
                    contents.tables().stream().mapToLong(Contents.Table::rows).sum();
            return new Restored(contents.takenAt(), contents.tables().size(), rows);
        } catch (ZipException cut) {
            throw new NoBackup("It is cut off or damaged: " + cut.getMessage());
        } catch (IOException unreadable) {
            throw new NoBackup("It cannot be read: " + unreadable.getMessage());
        }
    }

    private static Contents contents(ZipFile zip) throws NoBackup, IOException {
        var entry = zip.getEntry(Contents.ENTRY);
        if (entry == null) throw new NoBackup("It does not say what is in it.");
        try (var in = zip.getInputStream(entry)) {
            var contents = Contents.json().readValue(in, Contents.class);
            if (contents.format() != Contents.FORMAT)
                throw new NoBackup(
                        "Its format is " + contents.format() + ", and this version reads " + Contents.FORMAT + ".");
            return contents;
        }
    }

    private static void fill(Connection connection, ZipFile zip, Contents contents)
            throws NoBackup, SQLException, IOException {
        try (var statement = connection.createStatement()) {
            // References are complete only at the end, and nobody is told of an append that happened long ago.
            statement.execute("SET LOCAL session_replication_role = replica");
            statement.execute("TRUNCATE "
                    + contents.tables().stream().map(Contents.Table::quoted).collect(Collectors.joining(", ")));
        }
        for (var table : contents.tables()) fill(connection, zip, table);
        try (var statement = connection.prepareStatement("SELECT setval(?::regclass, ?, ?)")) {
            for (var sequence : contents.sequences()) {
                statement.setString(1, sequence.name());
                statement.setLong(2, sequence.last());
                statement.setBoolean(3, sequence.called());
                statement.execute();
            }
        }
    }

    private static void fill(Connection connection, ZipFile zip, Contents.Table table)
            throws NoBackup, SQLException, IOException {
        var entry = zip.getEntry(table.entry());
        if (entry == null) throw new NoBackup("The rows of " + table.quoted() + " are missing.");
        var digest = Backup.sha256();
        try (var in = new DigestInputStream(zip.getInputStream(entry), digest)) {
            long rows = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY " + table.quoted() + " (" + table.columnList() + ") FROM STDIN (FORMAT binary)", in);
            in.transferTo(java.io.OutputStream.nullOutputStream());
            if (rows != table.rows()
                    || !HexFormat.of().formatHex(digest.digest()).equals(table.sha256()))
                throw new NoBackup("The rows of " + table.quoted() + " are not those that were saved.");
        } catch (SQLException unfit) {
            if (unfit.getSQLState() != null && unfit.getSQLState().startsWith("22"))
                throw new NoBackup("The rows of " + table.quoted() + " are damaged.");
            throw unfit;
        }
    }
}
