package io.velvetastro.views.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.velvetastro.questions.Audit.AuditRow;
import io.velvetastro.questions.AuditSheet;
import java.io.IOException;
import java.util.LinkedHashMap;

/** How an entry is written into a file: a line of CSV that no spreadsheet takes for a formula, or a line of JSON. */
enum AuditFile {
    CSV("text/csv", "csv") {
        @Override
        String head() {
            return AuditSheet.HEAD;
        }

        @Override
        String line(AuditRow row) {
            return AuditSheet.line(row);
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
}
