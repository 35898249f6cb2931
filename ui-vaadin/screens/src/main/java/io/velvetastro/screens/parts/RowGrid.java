package io.velvetastro.screens.parts;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.data.provider.Query;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.function.ValueProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A list without end, read page by page: columns where there is room, a few lines a row where there is not. */
public abstract class RowGrid<T> extends Grid<T> {
    private static final int NARROW = 800;

    private final ValueProvider<T, ?> id;
    private final List<Column<T>> wide = new ArrayList<>();
    private @Nullable Column<T> lines;
    private @Nullable CursorPages<T> pages;
    private Consumer<String> opens = row -> {};
    private Consumer<RuntimeException> fails = failure -> {
        throw failure;
    };

    /** {@code id} tells whether two readings are of the same row, and is what a press on one says. */
    protected RowGrid(Class<T> type, String label, ValueProvider<T, ?> id) {
        super(type, false);
        this.id = id;
        addDataGenerator((row, sent) -> sent.put("row", id.apply(row).toString()));
        addThemeVariants(GridVariant.NO_BORDER);
        getElement().setAttribute("aria-label", label);
    }

    /** A column for screens with room; without a width it takes what the others leave. */
    protected Column<T> column(String head, @Nullable String width, LitRenderer<T> cell) {
        var column = addColumn(cell).setHeader(head).setFlexGrow(width == null ? 1 : 0);
        if (width != null) column.setWidth(width);
        wide.add(column);
        return column;
    }

    /** What a row looks like where there is no room; with no other column, everywhere. */
    protected void lines(String head, LitRenderer<T> cell) {
        lines = addColumn(cell).setHeader(head).setFlexGrow(1);
        fit(-1);
    }

    /** Hears the id of a row that is clicked, or on which Enter is pressed. */
    public void onOpen(Consumer<String> open) {
        opens = open;
        getElement()
                .addEventListener(
                        "row-open",
                        press -> open.accept(
                                press.getEventData().get("event.detail.row").asString()))
                .addEventData("event.detail.row");
    }

    /** Who is told when a later page could not be read. */
    public void onTrouble(Consumer<RuntimeException> told) {
        fails = told;
    }

    /** Shows these rows from now on, and there are about this many. */
    public void show(CursorPages<T> rows, int guess) {
        pages = rows;
        var lazy = setItems(this::fetch);
        lazy.setIdentifierProvider(id::apply);
        lazy.setItemCountEstimate(guess);
        lazy.setItemCountEstimateIncrease(guess * 2);
    }

    /** Shows these rows from now on, and there are this many. */
    public void showAll(CursorPages<T> rows, long count) {
        pages = rows;
        setItems(this::fetch, query -> (int) Math.min(count, Integer.MAX_VALUE)).setIdentifierProvider(id::apply);
    }

    /** Marks the row that is open, if it has been read. */
    public void mark(Predicate<T> open) {
        var found = pages == null ? -1 : pages.indexOf(open);
        if (pages == null || found < 0) deselectAll();
        else pages.rows(found, 1).findFirst().ifPresent(this::select);
    }

    /** Opens the row so many places from the open one. */
    public void step(Predicate<T> open, int by) {
        if (pages == null) return;
        pages.rows(Math.max(0, pages.indexOf(open) + by), 1)
                .findFirst()
                .ifPresent(row -> opens.accept(id.apply(row).toString()));
    }

    private Stream<T> fetch(Query<T, Void> wanted) {
        int offset = wanted.getOffset();
        int limit = wanted.getLimit();
        if (pages == null) return Stream.empty();
        try {
            return pages.rows(offset, limit);
        } catch (RuntimeException failed) {
            fails.accept(failed);
            return Stream.empty();
        }
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        // A press names the row that is seen by its own id: the grid's keys for rows end when it is given newer rows,
        // and a
        // press that is on its way then would open nothing.
        getElement().executeJs("""
                        this.openRow = (press) => {
                          const row = this.getEventContext(press).item?.row;
                          if (row) this.dispatchEvent(new CustomEvent('row-open', { detail: { row } }));
                        };
                        this.addEventListener('item-click', (click) => this.openRow(click.detail));
                        this.addEventListener('keydown', (press) => { if (press.key === 'Enter') this.openRow(press); });""");
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
        boolean small = wide.isEmpty() || width > 0 && width <= NARROW;
        if (lines != null) lines.setVisible(small);
        wide.forEach(column -> column.setVisible(!small));
        setClassName("narrow", small);
    }
}
