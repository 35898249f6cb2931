package io.velvetastro.decisions.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Audit.AuditRow;
import io.velvetastro.questions.Audit.PlacedRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * Entries that go out in one message, just as {@code GET /api/v1/audit} shows them, oldest first.
 *
 * @param end the place of the last
 */
record Batch(long end, int entries, String body) {
    static final int MOST_ENTRIES = 100;
    static final int MOST_BYTES = 256 * 1024;

    private record Message(String type, Instant timestamp, Object data) {}

    private record Entered(TenantId organization, List<AuditRow> items) {}

    private record Nothing(TenantId organization) {}

    /** As many of them as one message holds, and one at least. */
    static Batch of(TenantId tenant, List<PlacedRow> rows, int mostBytes, JsonMapper json) {
        var items = new ArrayList<AuditRow>();
        int bytes = 0;
        for (var placed : rows) {
            bytes += json.writeValueAsString(placed.row()).getBytes(UTF_8).length;
            if (!items.isEmpty() && bytes > mostBytes) break;
            items.add(placed.row());
        }
        var last = rows.get(items.size() - 1);
        var message = new Message("record.entries", last.row().at(), new Entered(tenant, items));
        return new Batch(last.place(), items.size(), json.writeValueAsString(message));
    }

    static String trial(TenantId tenant, Instant at, JsonMapper json) {
        return json.writeValueAsString(new Message("record.trial", at, new Nothing(tenant)));
    }
}
