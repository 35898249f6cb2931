package io.velvetastro.decisions.telemetry;

import io.velvetastro.decisions.web.Problems.FieldError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which column of a CSV file says what, as the caller's query names them. */
record Mapping(Map<Role, String> columns, TimeUnit timeUnit) {

    /** What a column can mean. */
    enum Role {
        TIME("time"),
        SOURCE("source"),
        TARGET("target"),
        USER("user"),
        HOST("host"),
        NAME("name"),
        OUTCOME("outcome");

        private final String parameter;

        Role(String parameter) {
            this.parameter = parameter;
        }

        String parameter() {
            return parameter;
        }
    }

    /** How the time column counts. */
    enum TimeUnit {
        SECONDS("s"),
        MILLIS("ms"),
        ISO("iso");

        private final String parameter;

        TimeUnit(String parameter) {
            this.parameter = parameter;
        }

        static @Nullable TimeUnit of(@Nullable String text) {
            if (text == null) return ISO;
            for (var unit : values()) if (unit.parameter.equals(text)) return unit;
            return null;
        }
    }

    /** Where each meaning stands in a row: an index by {@link Role#ordinal}, -1 for none. */
    record Positions(int[] of, int columns) {
        int of(Role role) {
            return of[role.ordinal()];
        }
    }

    /** Finds the named columns in the header. */
    Positions in(List<String> header, List<FieldError> errors) {
        var at = new HashMap<String, Integer>();
        Set<String> twice = new LinkedHashSet<>();
        for (int i = 0; i < header.size(); i++) if (at.put(header.get(i), i) != null) twice.add(header.get(i));
        var positions = new int[Role.values().length];
        for (var role : Role.values()) {
            positions[role.ordinal()] = -1;
            var column = columns.get(role);
            if (column == null) continue;
            var position = at.get(column);
            if (position == null) errors.add(new FieldError(role.parameter(), "names no column of the header"));
            else if (twice.contains(column))
                errors.add(new FieldError(role.parameter(), "names a column that the header has twice"));
            else positions[role.ordinal()] = position;
        }
        return new Positions(positions, header.size());
    }

    /** What is wrong with the mapping itself. */
    List<FieldError> errors() {
        var errors = new ArrayList<FieldError>();
        if (!columns.containsKey(Role.TIME))
            errors.add(new FieldError("time", "is missing: name the column of the time"));
        if (!columns.containsKey(Role.NAME) && !columns.containsKey(Role.OUTCOME))
            errors.add(new FieldError(
                    "name", "is missing: name the column of the alert's name, or of the outcome of logins"));
        return errors;
    }
}
