package io.velvetastro.screens.attacks;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.data.renderer.LitRenderer;
import io.velvetastro.questions.Attacks.AttackRow;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.Words;
import java.util.List;
import java.util.function.Consumer;

/** The rows: six columns where there is room, three lines a row where there is not. */
class AttackGrid extends Grid<AttackRow> {
    private static final int NARROW = 800;

    private final List<Column<AttackRow>> wide;
    private final Column<AttackRow> narrow;

    AttackGrid(Consumer<Boolean> reading) {
        super(AttackRow.class, false);
        addThemeVariants(GridVariant.NO_BORDER);
        addClassName("attack-grid");
        getElement().setAttribute("aria-label", "Attacks, newest activity first");
        setSelectionMode(SelectionMode.SINGLE);
        setPageSize(50);
        wide = List.of(
                addColumn(time()).setHeader("Time").setWidth("136px").setFlexGrow(0),
                addColumn(severity()).setHeader("Severity").setWidth("96px").setFlexGrow(0),
                addColumn(attack()).setHeader("Attack").setFlexGrow(1),
                addColumn(stage()).setHeader("Stage").setWidth("134px").setFlexGrow(0),
                addColumn(source()).setHeader("Source").setWidth("152px").setFlexGrow(0),
                addColumn(outcome()).setHeader("Outcome").setWidth("112px").setFlexGrow(0));
        narrow = addColumn(threeLines()).setHeader("Attacks").setFlexGrow(1);
        narrow.setVisible(false);
        getElement()
                .addEventListener(
                        "reading",
                        event -> reading.accept(
                                event.getEventData().get("event.detail.reading").booleanValue()))
                .addEventData("event.detail.reading");
    }

    /** Enter opens the row that has the focus. */
    void onEnter(Consumer<AttackRow> open) {
        var focused = new AttackRow[1];
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
        // Scrolled down means reading: then nothing may move by itself.
        getElement().executeJs("""
                        const table = this.$.table; let was = false;
                        table.addEventListener('scroll', () => {
                          const now = table.scrollTop > 40;
                          if (now !== was) { was = now; this.dispatchEvent(new CustomEvent('reading', { detail: { reading: now } })); }
                        });""");
    }

    private void fit(int width) {
        boolean small = width > 0 && width <= NARROW;
        narrow.setVisible(small);
        wide.forEach(column -> column.setVisible(!small));
        setClassName("narrow", small);
    }

    private static LitRenderer<AttackRow> time() {
        return LitRenderer.<AttackRow>of("<va-time class='t3' at='${item.at}'></va-time>")
                .withProperty("at", row -> row.at().toString());
    }

    private static LitRenderer<AttackRow> severity() {
        return LitRenderer.<AttackRow>of("<va-severity level='${item.severity}'></va-severity>")
                .withProperty("severity", row -> Words.key(row.severity()));
    }

    private static LitRenderer<AttackRow> attack() {
        return LitRenderer.<AttackRow>of(
                        "<span class='ell' title='${item.title}'><span class='t1'>${item.title}</span> <span class='t3'>${item.who}</span>${item.times ? html` <span class='badge num'>${item.times}</span>` : ''}${item.mark ? html` <span class='badge line'>${item.mark}</span>` : ''}</span>")
                .withProperty("title", AttackRow::title)
                .withProperty("who", AttackGrid::target)
                .withProperty("times", row -> row.count() > 1 ? "×" + Words.count(row.count()) : "")
                .withProperty("mark", row -> row.simulated() ? "simulated" : row.history() ? "history" : "");
    }

    private static LitRenderer<AttackRow> stage() {
        return LitRenderer.<AttackRow>of("<va-stage reached='${item.stage}'></va-stage>")
                .withProperty("stage", row -> row.stage().number());
    }

    private static LitRenderer<AttackRow> source() {
        return LitRenderer.<AttackRow>of(
                        "<span class='ell'><span class='mono'>${item.source}</span> <span class='t3 mi'>${item.country}</span></span>")
                .withProperty("source", row -> row.source() == null ? "" : row.source())
                .withProperty("country", AttackGrid::country);
    }

    private static LitRenderer<AttackRow> outcome() {
        return LitRenderer.<AttackRow>of(
                        "<span class='out ${item.tone}'><va-icon name='${item.icon}'></va-icon>${item.words}</span>")
                .withProperty("tone", row -> Parts.tone(row.outcome()))
                .withProperty("icon", row -> Parts.icon(row.outcome()))
                .withProperty("words", row -> Words.of(row.outcome()));
    }

    private static LitRenderer<AttackRow> threeLines() {
        return LitRenderer.<AttackRow>of("""
                        <div class='al'><va-severity level='${item.severity}' quiet></va-severity><div class='grow'>
                        <div class='row'><b class='ell grow'>${item.title}</b><va-time class='t3 sm' at='${item.at}'></va-time></div>
                        <div class='ell'><span class='mono'>${item.source}</span> ${item.who ? html`<span class='t3'>to</span> ${item.who}` : ''}</div>
                        <div class='row'><va-stage reached='${item.stage}'></va-stage><span class='grow'></span><span class='out ${item.tone}'><va-icon name='${item.icon}'></va-icon>${item.words}</span></div>
                        </div></div>""")
                .withProperty("severity", row -> Words.key(row.severity()))
                .withProperty("title", AttackRow::title)
                .withProperty("at", row -> row.at().toString())
                .withProperty("source", row -> row.source() == null ? "" : row.source())
                .withProperty("who", AttackGrid::target)
                .withProperty("stage", row -> row.stage().number())
                .withProperty("tone", row -> Parts.tone(row.outcome()))
                .withProperty("icon", row -> Parts.icon(row.outcome()))
                .withProperty("words", row -> Words.of(row.outcome()));
    }

    static String target(AttackRow row) {
        if (row.users() > 1) return Words.count(row.users(), "account", "accounts");
        if (row.user() != null) return row.user();
        return row.host() == null ? "" : row.host();
    }

    private static String country(AttackRow row) {
        return row.place() == null || row.place().country() == null
                ? ""
                : row.place().country();
    }
}
