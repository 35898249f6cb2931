package io.velvetastro.screens.incidents;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.data.renderer.LitRenderer;
import io.velvetastro.questions.Incidents.IncidentRow;
import io.velvetastro.questions.Incidents.Status;
import io.velvetastro.screens.parts.Words;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Incidents as rows; three lines each where there is no room for columns. */
class IncidentGrid extends Grid<IncidentRow> {
    private static final int NARROW = 800;
    private static final int NAMED = 3;

    private final List<Column<IncidentRow>> wide;
    private final Column<IncidentRow> narrow;
    private Consumer<IncidentRow> opener = row -> {};

    IncidentGrid() {
        super(IncidentRow.class, false);
        addThemeVariants(GridVariant.NO_BORDER);
        addClassName("incident-grid");
        getElement().setAttribute("aria-label", "Incidents, latest activity first");
        setSelectionMode(SelectionMode.NONE);
        wide = List.of(
                addColumn(LitRenderer.<IncidentRow>of("<span class='num t3'>${item.number}</span>")
                                .withProperty("number", IncidentGrid::number))
                        .setHeader("Incident")
                        .setWidth("92px")
                        .setFlexGrow(0),
                addColumn(LitRenderer.<IncidentRow>of("<va-severity level='${item.severity}'></va-severity>")
                                .withProperty("severity", row -> Words.key(row.severity())))
                        .setHeader("Severity")
                        .setWidth("104px")
                        .setFlexGrow(0),
                addColumn(LitRenderer.<IncidentRow>of(
                                        "<span class='ell' title='${item.title}'><a class='t1' href='${item.href}' router-ignore @click='${(event) => { if (event.ctrlKey || event.metaKey || event.shiftKey) event.stopPropagation(); else { event.preventDefault(); open(); } }}'>${item.title}</a> <span class='t3'>${item.who}</span>${item.mark ? html` <span class='badge line'>${item.mark}</span>` : ''}</span>")
                                .withProperty("title", IncidentRow::title)
                                .withProperty("href", row -> "incidents/" + row.id())
                                // The grid passes over clicks that a link has taken.
                                .withFunction("open", row -> opener.accept(row))
                                .withProperty("who", IncidentGrid::who)
                                .withProperty(
                                        "mark", row -> row.simulated() ? "simulated" : row.history() ? "history" : ""))
                        .setHeader("What happened")
                        .setFlexGrow(1),
                addColumn(LitRenderer.<IncidentRow>of("<va-stage reached='${item.stage}'></va-stage>")
                                .withProperty("stage", row -> row.stage().number()))
                        .setHeader("Stage")
                        .setWidth("134px")
                        .setFlexGrow(0),
                addColumn(status()).setHeader("Status").setWidth("118px").setFlexGrow(0),
                addColumn(LitRenderer.<IncidentRow>of(
                                        "${item.name ? html`<span class='row'><span class='ava s' aria-hidden='true'>${item.initials}</span><span class='ell'>${item.name}</span></span>` : html`<span class='t3'>Nobody yet</span>`}")
                                .withProperty("name", row -> row.assigneeName() == null ? "" : row.assigneeName())
                                .withProperty(
                                        "initials",
                                        row -> row.assigneeName() == null ? "" : Words.initials(row.assigneeName())))
                        .setHeader("Taken by")
                        .setWidth("150px")
                        .setFlexGrow(0),
                addColumn(LitRenderer.<IncidentRow>of("<span class='num'>${item.findings}</span>")
                                .withProperty("findings", row -> Words.count(row.findings())))
                        .setHeader("Findings")
                        .setWidth("80px")
                        .setFlexGrow(0)
                        .setTextAlign(com.vaadin.flow.component.grid.ColumnTextAlign.END),
                addColumn(LitRenderer.<IncidentRow>of("<va-time class='t3' at='${item.at}'></va-time>")
                                .withProperty("at", row -> row.lastAt().toString()))
                        .setHeader("Last activity")
                        .setWidth("144px")
                        .setFlexGrow(0));
        narrow = addColumn(LitRenderer.<IncidentRow>of("""
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
                        .withProperty("status", row -> Words.of(row.status())))
                .setHeader("Incidents")
                .setFlexGrow(1);
        narrow.setVisible(false);
    }

    /** Click or Enter. */
    void open(Consumer<IncidentRow> open) {
        opener = open;
        var focused = new IncidentRow[1];
        addItemClickListener(click -> open.accept(click.getItem()));
        addCellFocusListener(focus -> focused[0] = focus.getItem().orElse(null));
        getElement()
                .addEventListener("keydown", press -> {
                    if (focused[0] != null) open.accept(focused[0]);
                })
                .setFilter("event.key === 'Enter'");
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        var page = event.getUI().getPage();
        var details = page.getExtendedClientDetails();
        fit(details == null ? -1 : details.getWindowInnerWidth());
        var resizing = page.addBrowserWindowResizeListener(resized -> fit(resized.getWidth()));
        addDetachListener(gone -> {
            gone.unregisterListener();
            resizing.remove();
        });
    }

    private void fit(int width) {
        boolean small = width > 0 && width <= NARROW;
        narrow.setVisible(small);
        wide.forEach(column -> column.setVisible(!small));
        setClassName("narrow", small);
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
