package io.velvetastro.store.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;

/**
 * What a backup says of itself, in its last entry: without it the file was cut off.
 *
 * @param format of the file; another one is refused
 * @param takenAt the moment all of it is from
 * @param schemas in the order in which they were made, each with the version of its tables
 */
record Contents(int format, String takenAt, List<Schema> schemas, List<Table> tables, List<Sequence> sequences) {
    static final int FORMAT = 1;
    static final String ENTRY = "contents.json";

    record Schema(String name, String version) {}

    /** Rows lie under {@link #entry} in PostgreSQL's binary COPY format. */
    record Table(String schema, String name, List<String> columns, long rows, String sha256) {
        String entry() {
            return "tables/" + schema + "." + name;
        }

        String quoted() {
            return quote(schema) + "." + quote(name);
        }

        String columnList() {
            return String.join(", ", columns.stream().map(Contents::quote).toList());
        }
    }

    record Sequence(String name, long last, boolean called) {}

    static ObjectMapper json() {
        return JsonMapper.builder().build();
    }

    static String quote(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
