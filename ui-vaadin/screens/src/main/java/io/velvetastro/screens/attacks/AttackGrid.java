package io.velvetastro.screens.attacks;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.data.renderer.LitRenderer;
import io.velvetastro.questions.Attacks.AttackRow;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.RowGrid;
import io.velvetastro.screens.parts.Words;
import java.util.function.Consumer;

/** The rows: six columns where there is room, three lines a row where there is not. */
class AttackGrid extends RowGrid<AttackRow> {
    private static final String STAGE = "130px";
    private static final String TICKS = "66px";

    private final Column<AttackRow> stages;

    AttackGrid(Consumer<Boolean> reading) {
        super(AttackRow.class, "Attacks, newest activity first", AttackRow::id);
        addClassName("attack-grid");
        setSelectionMode(SelectionMode.SINGLE);
        setPageSize(50);
        column("Time", "140px", time());
        column("Severity", "96px", severity());
        column("Attack", null, attack());
        stages = column("Stage", STAGE, stage());
        column("Source", "152px", source());
        column("Outcome", "118px", outcome());
        lines("Attacks", threeLines());
        getElement()
                .addEventListener(
                        "reading",
                        event -> reading.accept(
                                event.getEventData().get("event.detail.reading").booleanValue()))
                .addEventData("event.detail.reading");
    }

    /** With a drawer beside it the stage is its ticks alone, so that the attack keeps its words. */
    void tight(boolean tight) {
        stages.setWidth(tight ? TICKS : STAGE);
        setClassName("tight", tight);
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        // Scrolled down means reading: then nothing may move by itself.
        getElement().executeJs("""
                        const table = this.$.table; let was = false;
                        table.addEventListener('scroll', () => {
                          const now = table.scrollTop > 40;
                          if (now !== was) { was = now; this.dispatchEvent(new CustomEvent('reading', { detail: { reading: now } })); }
                        });""");
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
                        "<span class='cells' title='${item.title}'><span class='ell'><span class='t1'>${item.title}</span> <span class='t3'>${item.who}</span></span>${item.times ? html`<span class='badge num'>${item.times}</span>` : ''}${item.mark ? html`<span class='badge line'>${item.mark}</span>` : ''}</span>")
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
