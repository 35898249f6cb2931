package io.velvetastro.store.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/** Looks for planted words everywhere the house writes: every row of every table, and every file below a folder. Finds them spelled plainly, in hexadecimal, and in Base64. */
public final class Markers {
    private final List<byte[]> needles = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final Map<String, Set<String>> openByDesign = new HashMap<>();

    public Markers(Collection<String> words) {
        for (var word : words) {
            var plain = word.getBytes(StandardCharsets.UTF_8);
            add(word, plain);
            add(word, HexFormat.of().formatHex(plain).getBytes(StandardCharsets.US_ASCII));
            // Where in its triple a byte stands changes all characters but those of whole triples within.
            for (int shift = 0; shift < 3; shift++) {
                var padded = new byte[shift + plain.length];
                System.arraycopy(plain, 0, padded, shift, plain.length);
                var text = Base64.getEncoder().withoutPadding().encodeToString(padded);
                var certain = text.substring(shift == 0 ? 0 : 4, text.length() / 4 * 4);
                add(word, certain.getBytes(StandardCharsets.US_ASCII));
                add(word, certain.replace('+', '-').replace('/', '_').getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    private void add(String name, byte[] needle) {
        if (needle.length < 6)
            throw new IllegalArgumentException("A shorter word than " + name + " would be found by chance");
        names.add(name);
        needles.add(needle);
    }

    /** These columns hold opened values on purpose and are not looked at; the others of their table are. */
    public Markers besides(String table, String... columns) {
        openByDesign.put(table, Set.of(columns));
        return this;
    }

    /** Where planted words lie in clear, each as {@code place: word}. */
    public Collection<String> in(DataSource database) throws SQLException {
        var found = new TreeSet<String>();
        try (var connection = database.getConnection()) {
            var copies = connection.unwrap(PGConnection.class).getCopyAPI();
            for (var table : tables(connection)) {
                var rows = new ByteArrayOutputStream();
                copies.copyOut("COPY (" + closed(connection, table) + ") TO STDOUT (FORMAT binary)", rows);
                look(table, rows.toByteArray(), found);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** The same for files. */
    public Collection<String> in(Path folder) throws IOException {
        var found = new TreeSet<String>();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList())
                look(file.toString(), Files.readAllBytes(file), found);
        }
        return found;
    }

    private void look(String place, byte[] bytes, Collection<String> found) {
        for (int i = 0; i < needles.size(); i++)
            if (contains(bytes, needles.get(i))) found.add(place + ": " + names.get(i));
    }

    private String closed(Connection connection, String table) throws SQLException {
        var open = openByDesign.getOrDefault(table, Set.of());
        if (open.isEmpty()) return "SELECT * FROM " + table;
        var closed = new ArrayList<String>();
        var all = new TreeSet<String>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT * FROM " + table + " LIMIT 0")) {
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++)
                all.add(row.getMetaData().getColumnName(i));
        }
        for (var column : all) if (!open.contains(column)) closed.add('"' + column + '"');
        if (!all.containsAll(open)) throw new IllegalArgumentException(table + " has no such columns: " + open);
        return "SELECT " + String.join(", ", closed) + " FROM " + table;
    }

    private static List<String> tables(Connection connection) throws SQLException {
        var sql =
                "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1";
        var tables = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            while (row.next()) tables.add(row.getString(1));
        }
        return tables;
    }

    private static boolean contains(byte[] bytes, byte[] needle) {
        int last = bytes.length - needle.length;
        for (int i = 0; i <= last; i++) {
            int j = 0;
            while (j < needle.length && bytes[i + j] == needle[j]) j++;
            if (j == needle.length) return true;
        }
        return false;
    }
}
