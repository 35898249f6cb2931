package io.velvetastro.views.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.velvetastro.questions.Audit.AuditRow;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;

/** How an entry is written into a file: a line of CSV that no spreadsheet takes for a formula, or a line of JSON. */
enum AuditFile {
    CSV("text/csv", "csv") {
        @Override
        String head() {
            return "id,at,type,actor,by,says\r\n";
        }

        @Override
        String line(AuditRow row) {
            return String.join(
                            ",",
                            List.of(
                                    cell(row.id().toString()),
                                    cell(row.at().toString()),
                                    cell(row.type()),
                                    cell(row.actor()),
                                    cell(row.by()),
                                    cell(row.says())))
                    + "\r\n";
        }
    },
    NDJSON("application/x-ndjson", "ndjson") {
        @Override
        String line(AuditRow row) throws IOException {
            var fields = new LinkedHashMap<String, String>();
            fields.put("id", row.id().toString());
            fields.put("at", row.at().toString());
            fields.put("type", row.type());
            fields.put("actor", row.actor());
            fields.put("by", row.by());
            fields.put("says", row.says());
            return JSON.writeValueAsString(fields) + "\n";
        }
    };

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BEGIN_FORMULAS = "=+-@\t\r\n|";
    private final String type;
    private final String ending;

    AuditFile(String type, String ending) {
        this.type = type;
        this.ending = ending;
    }

    String type() {
        return type;
    }

    String ending() {
        return ending;
    }

    String head() {
        return "";
    }

    abstract String line(AuditRow row) throws IOException;

    /** Names are what people chose to call themselves. */
    static String cell(String text) {
        boolean formula = !text.isEmpty() && BEGIN_FORMULAS.indexOf(text.charAt(0)) >= 0;
        return '"' + (formula ? "'" : "") + text.replace("\"", "\"\"") + '"';
    }
}
