package io.velvetastro.screens.forensics;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.data.renderer.LitRenderer;
import io.velvetastro.questions.Forensics.HistoryRow;
import io.velvetastro.screens.parts.Words;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Stored events in two lines each: what and when, who and from where. */
class HistoryGrid extends Grid<HistoryRow> {
    private @Nullable HistoryRow focused;

    HistoryGrid() {
        super(HistoryRow.class, false);
        addThemeVariants(GridVariant.NO_BORDER);
        addClassNames("history-grid", "narrow");
        getElement().setAttribute("aria-label", "Stored events, latest first");
        setSelectionMode(SelectionMode.SINGLE);
        setPageSize(50);
        addColumn(line()).setHeader("Stored events").setFlexGrow(1);
    }

    /** Enter opens the row that has the focus. */
    void onEnter(Consumer<HistoryRow> open) {
        addCellFocusListener(focus -> focused = focus.getItem().orElse(null));
        getElement()
                .addEventListener("keydown", press -> {
                    var row = focused;
                    if (row != null) open.accept(row);
                })
                .setFilter("event.key === 'Enter'");
    }

    private static LitRenderer<HistoryRow> line() {
        return LitRenderer.<HistoryRow>of("""
                        <div class='hl'><b class='ell'>${item.type}</b><va-time class='t3 sm' at='${item.at}' recorded='${item.recorded}'></va-time>
                        <span class='ell sm t2'>${item.who}</span><span class='ell sm t3 r'>${item.says}</span></div>""")
                .withProperty("type", HistoryRow::type)
                .withProperty("at", row -> row.occurredAt().toString())
                .withProperty("recorded", row -> row.recordedAt().toString())
                .withProperty("who", HistoryGrid::who)
                .withProperty("says", HistoryRow::says);
    }

    static String who(HistoryRow row) {
        if (row.user() != null && row.address() != null) return row.user() + " from " + row.address();
        if (row.user() != null) return row.user();
        if (row.address() != null) return row.address();
        return row.host() != null ? row.host() : Words.actor(row.actor());
    }
}
