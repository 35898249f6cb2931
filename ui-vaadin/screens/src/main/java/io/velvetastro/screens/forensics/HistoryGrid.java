package io.velvetastro.screens.forensics;

import com.vaadin.flow.data.renderer.LitRenderer;
import io.velvetastro.questions.Forensics.HistoryRow;
import io.velvetastro.screens.parts.RowGrid;
import io.velvetastro.screens.parts.Words;
import java.util.regex.Pattern;

/** Stored events in two lines each: what and when, who and from where. */
class HistoryGrid extends RowGrid<HistoryRow> {
    private static final Pattern ONE_WORD = Pattern.compile("[a-z]+(-[a-z]+)+");

    HistoryGrid() {
        super(HistoryRow.class, "Stored events, latest first", HistoryRow::id);
        addClassName("history-grid");
        setSelectionMode(SelectionMode.SINGLE);
        setPageSize(50);
        lines("Stored events", line());
    }

    private static LitRenderer<HistoryRow> line() {
        return LitRenderer.<HistoryRow>of("""
                        <div class='hl'><b class='ell'>${item.type}</b><va-time class='t3 sm' at='${item.at}' recorded='${item.recorded}'></va-time>
                        <span class='ell sm t2'>${item.who}</span><span class='ell sm t3 r'>${item.says}</span></div>""")
                .withProperty("type", HistoryRow::type)
                .withProperty("at", row -> row.occurredAt().toString())
                .withProperty("recorded", row -> row.recordedAt().toString())
                .withProperty("who", HistoryGrid::who)
                .withProperty("says", HistoryGrid::says);
    }

    /** Reasons come as one word, such as {@code wrong-password}. */
    private static String says(HistoryRow row) {
        return ONE_WORD.matcher(row.says()).matches() ? row.says().replace('-', ' ') : row.says();
    }

    static String who(HistoryRow row) {
        if (row.user() != null && row.address() != null) return row.user() + " from " + row.address();
        if (row.user() != null) return row.user();
        if (row.address() != null) return row.address();
        return row.host() != null ? row.host() : Words.actor(row.actor());
    }
}
