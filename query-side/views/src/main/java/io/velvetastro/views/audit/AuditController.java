package io.velvetastro.views.audit;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Caller;
import io.velvetastro.language.Refused;
import io.velvetastro.questions.Audit.AuditFilter;
import io.velvetastro.questions.Audit.AuditLog;
import io.velvetastro.questions.Audit.AuditRow;
import io.velvetastro.views.Readers;
import io.velvetastro.views.web.Asked;
import io.velvetastro.views.web.Page;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The record of an organisation, for its administrators. */
@RestController
@RequestMapping("/api/v1/audit")
@Tag(name = "audit")
class AuditController {
    private static final String ADMINISTERS = "hasAuthority('" + Authority.Text.ORG_ADMIN + "')";
    private static final int MOST_IN_A_FILE = 100_000;
    private final AuditQueries audit;

    AuditController(AuditQueries audit) {
        this.audit = audit;
    }

    @GetMapping
    @PreAuthorize(ADMINISTERS)
    @Operation(summary = "Who decided what, newest first, by time, type, actor and part of what it says")
    Page<AuditRow> entries(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable List<String> type,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String about,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var page = audit.answer(new AuditLog(caller.tenant(), filter(from, to, type, actor, about), cursor, limit));
        return new Page<>(page.items(), page.next());
    }

    @GetMapping("/export")
    @PreAuthorize(ADMINISTERS)
    @Operation(summary = "The same as a file, csv or ndjson, the newest 100,000; needs a plan that has it")
    void export(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(defaultValue = "csv") String format,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable List<String> type,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String about,
            HttpServletResponse response)
            throws IOException {
        if (!caller.plan().hasAuditExport())
            throw new Refused(Refused.Why.BEYOND_THE_PLAN, "Your plan shows the record and does not export it.");
        var asked = Asked.choiceOrNull("format", AuditFile.class, format);
        var file = asked == null ? AuditFile.CSV : asked;
        var filter = filter(from, to, type, actor, about);
        response.setContentType(file.type());
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit." + file.ending() + "\"");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        write(caller, file, filter, response);
    }

    private void write(Caller caller, AuditFile file, AuditFilter filter, HttpServletResponse response)
            throws IOException {
        var out = response.getWriter();
        out.write(file.head());
        @Nullable String cursor = null;
        int written = 0;
        do {
            var page = audit.answer(new AuditLog(caller.tenant(), filter, cursor, AuditQueries.MOST_ROWS));
            Readers.rest(); // Whoever takes it a line a second has no connection for a day.
            for (var row : page.items()) out.write(file.line(row));
            written += page.items().size();
            cursor = page.next();
        } while (cursor != null && written < MOST_IN_A_FILE);
        out.flush();
    }

    private static AuditFilter filter(
            @Nullable String from,
            @Nullable String to,
            @Nullable List<String> types,
            @Nullable String actor,
            @Nullable String about) {
        return new AuditFilter(
                Asked.time("from", from),
                Asked.time("to", to),
                types(types),
                Asked.text("actor", actor),
                Asked.text("about", about));
    }

    private static Set<String> types(@Nullable List<String> texts) {
        var types = new LinkedHashSet<String>();
        if (texts != null)
            for (var text : texts)
                for (var word : text.split(",", -1)) {
                    var type = Asked.text("type", word);
                    if (type != null) types.add(type);
                }
        return types;
    }
}
