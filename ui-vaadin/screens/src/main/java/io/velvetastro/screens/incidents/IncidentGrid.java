package io.velvetastro.screens.incidents;

import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.data.renderer.LitRenderer;
import io.velvetastro.questions.Incidents.IncidentRow;
import io.velvetastro.questions.Incidents.Status;
import io.velvetastro.screens.parts.RowGrid;
import io.velvetastro.screens.parts.Words;
import java.util.List;
import java.util.stream.Stream;

/** Incidents as rows; three lines each where there is no room for columns. */
class IncidentGrid extends RowGrid<IncidentRow> {
    private static final int NAMED = 3;

    IncidentGrid() {
        super(IncidentRow.class, "Incidents, latest activity first", IncidentRow::id);
        addClassName("incident-grid");
        getElement().setAttribute("data-walk", true);
        setSelectionMode(SelectionMode.NONE);
        column(
                "Incident",
                "104px",
                LitRenderer.<IncidentRow>of("<span class='num t3'>${item.number}</span>")
                        .withProperty("number", IncidentGrid::number));
        column(
                "Severity",
                "100px",
                LitRenderer.<IncidentRow>of("<va-severity level='${item.severity}'></va-severity>")
                        .withProperty("severity", row -> Words.key(row.severity())));
        column("What happened", null, what());
        column(
                "Stage",
                "138px",
                LitRenderer.<IncidentRow>of("<va-stage reached='${item.stage}'></va-stage>")
                        .withProperty("stage", row -> row.stage().number()));
        column("Status", "112px", status());
        column("Taken by", "122px", owner());
        column(
                        "Findings",
                        "76px",
                        LitRenderer.<IncidentRow>of("<span class='num'>${item.findings}</span>")
                                .withProperty("findings", row -> Words.count(row.findings())))
                .setTextAlign(ColumnTextAlign.END);
        column(
                "Last activity",
                "150px",
                LitRenderer.<IncidentRow>of("<va-time class='t3' at='${item.at}'></va-time>")
                        .withProperty("at", row -> row.lastAt().toString()));
        lines("Incidents", threeLines());
    }

    private static LitRenderer<IncidentRow> what() {
        return LitRenderer.<IncidentRow>of(
                        "<span class='cells' title='${item.title}'><span class='ell'><a class='t1' href='${item.href}' router-ignore @click='${(event) => { if (event.ctrlKey || event.metaKey || event.shiftKey) event.stopPropagation(); else { event.preventDefault(); event.target.closest('vaadin-grid').openRow(event); } }}'>${item.title}</a> <span class='t3'>${item.who}</span></span>${item.mark ? html`<span class='badge line'>${item.mark}</span>` : ''}</span>")
                .withProperty("title", IncidentRow::title)
                .withProperty("href", row -> "incidents/" + row.id())
                .withProperty("who", IncidentGrid::who)
                .withProperty("mark", row -> row.simulated() ? "simulated" : row.history() ? "history" : "");
    }

    private static LitRenderer<IncidentRow> owner() {
        return LitRenderer.<IncidentRow>of(
                        "${item.name ? html`<span class='row'><span class='ava s' aria-hidden='true'>${item.initials}</span><span class='ell'>${item.name}</span></span>` : html`<span class='t3'>Nobody yet</span>`}")
                .withProperty("name", row -> row.assigneeName() == null ? "" : row.assigneeName())
                .withProperty("initials", row -> row.assigneeName() == null ? "" : Words.initials(row.assigneeName()));
    }

    private static LitRenderer<IncidentRow> threeLines() {
        return LitRenderer.<IncidentRow>of("""
                        <div class='al'><va-severity level='${item.severity}' quiet></va-severity><div class='grow'>
                        <div class='row'><b class='ell grow'>${item.title}</b><va-time class='t3 sm' at='${item.at}'></va-time></div>
                        <div class='ell'><span class='t3 num'>${item.number}</span> ${item.who}</div>
                        <div class='row'><va-stage reached='${item.stage}'></va-stage><span class='grow'></span><span class='status ${item.done}' style='--part:${item.part}'>${item.status}</span></div>
                        </div></div>""")
                .withProperty("severity", row -> Words.key(row.severity()))
                .withProperty("title", IncidentRow::title)
                .withProperty("at", row -> row.lastAt().toString())
                .withProperty("number", IncidentGrid::number)
                .withProperty("who", IncidentGrid::who)
                .withProperty("stage", row -> row.stage().number())
                .withProperty("done", row -> done(row.status()))
                .withProperty("part", row -> part(row.status()))
                .withProperty("status", row -> Words.of(row.status()));
    }

    private static LitRenderer<IncidentRow> status() {
        return LitRenderer.<IncidentRow>of(
                        "<span class='status ${item.done}' style='--part:${item.part}'>${item.status}</span>")
                .withProperty("done", row -> done(row.status()))
                .withProperty("part", row -> part(row.status()))
                .withProperty("status", row -> Words.of(row.status()));
    }

    static String number(IncidentRow row) {
        return "INC-" + row.number();
    }

    /** How full the status mark is, in percent. */
    static int part(Status status) {
        return switch (status) {
            case OPEN -> 0;
            case IN_PROGRESS -> 33;
            case CONTAINED -> 66;
            case RESOLVED, MERGED -> 100;
        };
    }

    static String done(Status status) {
        return status == Status.RESOLVED || status == Status.MERGED ? "done" : "";
    }

    private static String who(IncidentRow row) {
        var names = Stream.of(row.users(), row.hosts(), row.sources())
                .flatMap(List::stream)
                .toList();
        var first = String.join(", ", names.stream().limit(NAMED).toList());
        return names.size() > NAMED ? first + " and " + Words.count(names.size() - NAMED) + " more" : first;
    }
}
