package io.velvetastro.screens.admin;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AttachmentType;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.streams.DownloadEvent;
import com.vaadin.flow.server.streams.DownloadHandler;
import io.velvetastro.language.Authority;
import io.velvetastro.questions.Audit.AuditFilter;
import io.velvetastro.questions.Audit.AuditLog;
import io.velvetastro.questions.Audit.AuditPage;
import io.velvetastro.questions.Audit.AuditRow;
import io.velvetastro.questions.AuditSheet;
import io.velvetastro.questions.Members.MemberList;
import io.velvetastro.questions.Members.MemberListAnswer;
import io.velvetastro.questions.RecordPush;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.desk.Needs;
import io.velvetastro.screens.parts.Icon;
import io.velvetastro.screens.parts.Moment;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.Slot;
import io.velvetastro.screens.parts.Small;
import io.velvetastro.screens.parts.States;
import io.velvetastro.screens.parts.Words;
import io.velvetastro.screens.shell.Place;
import io.velvetastro.screens.shell.Shell;
import jakarta.annotation.security.PermitAll;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who decided what, newest first; what is looked for stands in the address. */
@Route(value = "record", layout = Shell.class)
@PageTitle("Record · Velvet Astro")
@PermitAll
@Needs(Authority.ORG_ADMIN)
public class RecordView extends Div implements Place, BeforeEnterObserver {
    private static final int ROWS = 50;
    private static final int ROWS_AT_ONCE = 200;
    private static final int MOST_IN_A_FILE = 100_000;

    private final Desk desk;
    private final Slot entries = new Slot("entries", 8);
    private final UnorderedList list = new UnorderedList();
    private final RecordFinder finder = new RecordFinder(this::look);
    private final Map<String, String> names = new HashMap<>();
    private boolean named;
    private volatile Look looked = new Look(0, AuditFilter.none()); // A file is written by another thread.

    /** What was looked for at last. Whoever looks for the same twice asks twice, and reads one answer. */
    private record Look(int number, AuditFilter filter) {}

    public RecordView(Desk desk, RecordPush push) {
        this.desk = desk;
        addClassNames("page", "account");
        list.addClassName("rule-list");
        var card = Parts.card("", "Record", "Every decision that somebody took here, as the ledger has it", export());
        card.add(finder, entries);
        var sent = new PushCard(desk, push);
        addAttachListener(here -> sent.refresh());
        add(sent.card, card);
    }

    /** What is looked for, as a sheet. */
    private Component export() {
        if (!desk.caller().plan().hasAuditExport()) {
            var later = Parts.button("", "download", "Export", press -> {});
            later.setEnabled(false);
            later.setTitle("Your plan shows the record; from Pro on it can be taken along as a file.");
            return later;
        }
        DownloadHandler sheet = this::write;
        var link = new Anchor(sheet, AttachmentType.DOWNLOAD, "");
        link.add(new Icon("download"), new Span("Export"));
        return Parts.classed(link, "btn");
    }

    private void write(DownloadEvent file) throws IOException {
        file.setFileName("record.csv");
        file.setContentType("text/csv; charset=utf-8");
        var out = new OutputStreamWriter(file.getOutputStream(), StandardCharsets.UTF_8);
        out.write(AuditSheet.HEAD);
        var filter = looked.filter;
        @Nullable String cursor = null;
        int written = 0;
        do {
            var page = desk.answer(new AuditLog(desk.tenant(), filter, cursor, ROWS_AT_ONCE), AuditPage.class);
            for (var row : page.items()) out.write(AuditSheet.line(row));
            written += page.items().size();
            cursor = page.next();
        } while (cursor != null && written < MOST_IN_A_FILE);
        out.flush();
    }

    @Override
    public String heading() {
        return "Record";
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        finder.read(event.getLocation().getQueryParameters());
        list.removeAll();
        var look = new Look(looked.number + 1, finder.filter());
        looked = look;
        if (named) {
            ask(look, null);
            return;
        }
        desk.ask(
                this,
                new MemberList(desk.tenant()),
                MemberListAnswer.class,
                answer -> {
                    answer.members().forEach(member -> names.put(member.id().toString(), member.name()));
                    named = true;
                    finder.offer(names);
                    ask(look, null);
                },
                problem -> ask(look, null)); // Without names it is the record all the same.
    }

    private void look() {
        getUI().ifPresent(ui -> ui.navigate("record", finder.written()));
    }

    /** What somebody no longer looks for is neither asked nor shown. */
    private void ask(Look look, @Nullable String cursor) {
        if (!looked.equals(look)) return;
        desk.ask(
                this,
                new AuditLog(desk.tenant(), look.filter, cursor, ROWS),
                AuditPage.class,
                page -> {
                    if (looked.equals(look)) show(look, page);
                },
                problem -> {
                    if (looked.equals(look)) entries.fail(problem, desk.now(), () -> ask(look, cursor));
                });
    }

    private void show(Look look, AuditPage page) {
        page.items().forEach(row -> list.add(line(row, names)));
        if (list.getComponentCount() == 0) {
            entries.show(States.empty(
                    "history",
                    look.filter.equals(AuditFilter.none())
                            ? "Nothing was decided yet"
                            : "Nothing like this was decided",
                    look.filter.equals(AuditFilter.none())
                            ? "Decisions appear here as they are taken."
                            : "Look for another kind, somebody else or other days."));
            return;
        }
        entries.show(list);
        if (page.next() != null)
            entries.show(list, Parts.div("older", Parts.button("wide", "Older", press -> ask(look, page.next()))));
    }

    private static ListItem line(AuditRow row, Map<String, String> names) {
        var small = new Small(row.by().equals(row.actor()) ? Words.actor(row.actor()) : row.by());
        small.add(new Span(" · "), Moment.clock(row.at()));
        return new ListItem(
                Parts.classed(new Icon(RecordMarks.of(row.type())), "t3"),
                Parts.div(
                        "grow",
                        Parts.div("row", Parts.text("t1 med", Words.spaced(row.type()))),
                        small,
                        new Facts(row.says(), names)));
    }
}
