package io.velvetastro.store.backup;

import io.velvetastro.language.Backups;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.springframework.dao.DataAccessResourceFailureException;

/** Copies the rows of every schema that we migrate out of one snapshot. Rows, not files: what was erased is in no file of the database's any more, and in no backup. */
public final class Backup implements Backups {
    private static final String SCHEMAS = """
            SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relname = 'flyway_schema_history' AND c.relkind = 'r'""";
    private static final String TABLES = """
            SELECT n.nspname, c.relname, array_agg(a.attname::text ORDER BY a.attnum)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
            WHERE c.relkind = 'r' AND c.relpersistence = 'p' AND n.nspname = ANY (?)
            GROUP BY n.nspname, c.relname ORDER BY n.nspname, c.relname""";
    private static final String SEQUENCES = """
            SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'S' AND n.nspname = ANY (?) ORDER BY 1""";

    private final DataSource database;

    public Backup(DataSource database) {
        this.database = database;
    }

    @Override
    public void write(OutputStream out) throws IOException {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            try {
                var zip = new ZipOutputStream(out);
                zip.setLevel(Deflater.BEST_SPEED); // Most of it is sealed and does not shrink.
                write(connection, zip);
                zip.finish();
                zip.flush();
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("The backup broke off", e);
        }
    }

    private static void write(Connection connection, ZipOutputStream zip) throws SQLException, IOException {
        var takenAt =
                texts(connection, "SELECT to_json(now())::text").getFirst().replace("\"", "");
        var schemas = schemas(connection);
        var names = schemas.stream().map(Contents.Schema::name).toArray();
        var tables = new ArrayList<Contents.Table>();
        for (var table : tables(connection, names)) tables.add(copy(connection, table, zip));
        // Read after the rows: numbers are only ever drawn forward, and none may be drawn twice.
        var sequences = sequences(connection, names);
        zip.putNextEntry(new ZipEntry(Contents.ENTRY));
        zip.write(
                Contents.json().writeValueAsBytes(new Contents(Contents.FORMAT, takenAt, schemas, tables, sequences)));
        zip.closeEntry();
    }

    private static List<Contents.Schema> schemas(Connection connection) throws SQLException {
        record Made(String at, Contents.Schema schema) {}
        var made = new ArrayList<Made>();
        for (var name : texts(connection, SCHEMAS)) {
            var history = Contents.quote(name) + ".flyway_schema_history";
            var version = texts(
                    connection,
                    "SELECT version FROM " + history
                            + " WHERE success AND version IS NOT NULL ORDER BY installed_rank DESC LIMIT 1");
            var first = texts(connection, "SELECT min(installed_on)::text FROM " + history);
            if (!version.isEmpty()) made.add(new Made(first.getFirst(), new Contents.Schema(name, version.getFirst())));
        }
        made.sort(java.util.Comparator.comparing(Made::at));
        return made.stream().map(Made::schema).toList();
    }

    private static List<Contents.Table> tables(Connection connection, Object[] schemas) throws SQLException {
        try (var statement = connection.prepareStatement(TABLES)) {
            statement.setArray(1, connection.createArrayOf("text", schemas));
            try (var row = statement.executeQuery()) {
                var tables = new ArrayList<Contents.Table>();
                while (row.next())
                    tables.add(new Contents.Table(row.getString(1), row.getString(2), columns(row), 0, ""));
                return tables;
            }
        }
    }

    private static List<String> columns(ResultSet row) throws SQLException {
        return Arrays.stream((Object[]) row.getArray(3).getArray())
                .map(String::valueOf)
                .toList();
    }

    private static Contents.Table copy(Connection connection, Contents.Table table, ZipOutputStream zip)
            throws SQLException, IOException {
        zip.putNextEntry(new ZipEntry(table.entry()));
        var digest = sha256();
        long rows = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut(
                        "COPY " + table.quoted() + " (" + table.columnList() + ") TO STDOUT (FORMAT binary)",
                        new DigestOutputStream(zip, digest));
        zip.closeEntry();
        return new Contents.Table(
                table.schema(),
                table.name(),
                table.columns(),
                rows,
                HexFormat.of().formatHex(digest.digest()));
    }

    private static List<Contents.Sequence> sequences(Connection connection, Object[] schemas) throws SQLException {
        var names = new ArrayList<String>();
        try (var statement = connection.prepareStatement(SEQUENCES)) {
            statement.setArray(1, connection.createArrayOf("text", schemas));
            try (var row = statement.executeQuery()) {
                while (row.next()) names.add(row.getString(1));
            }
        }
        var sequences = new ArrayList<Contents.Sequence>();
        for (var name : names) {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("SELECT last_value, is_called FROM " + name)) {
                row.next();
                sequences.add(new Contents.Sequence(name, row.getLong(1), row.getBoolean(2)));
            }
        }
        return sequences;
    }

    private static List<String> texts(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            var texts = new ArrayList<String>();
            while (row.next()) texts.add(row.getString(1));
            return texts;
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
