package io.velvetastro.screens.parts;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.data.provider.IdentifierProvider;
import com.vaadin.flow.data.provider.Query;
import com.vaadin.flow.data.renderer.LitRenderer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A list without end, read page by page: columns where there is room, a few lines a row where there is not. */
public abstract class RowGrid<T> extends Grid<T> {
    private static final int NARROW = 800;

    private final List<Column<T>> wide = new ArrayList<>();
    private @Nullable Column<T> lines;
    private @Nullable CursorPages<T> pages;
    private Consumer<T> opens = row -> {};
    private Consumer<RuntimeException> fails = failure -> {
        throw failure;
    };

    protected RowGrid(Class<T> type, String label) {
        super(type, false);
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

    /** Click or Enter. */
    public void onOpen(Consumer<T> open) {
        opens = open;
        var focused = new ArrayList<T>(1);
        addItemClickListener(click -> open.accept(click.getItem()));
        addCellFocusListener(focus -> {
            focused.clear();
            focus.getItem().ifPresent(focused::add);
        });
        getElement().addEventListener("keydown", press -> focused.forEach(open)).setFilter("event.key === 'Enter'");
    }

    /** For a link inside a row, whose clicks the grid passes over. */
    protected void open(T row) {
        opens.accept(row);
    }

    /** Who is told when a later page could not be read. */
    public void onTrouble(Consumer<RuntimeException> told) {
        fails = told;
    }

    /** Shows these rows from now on; {@code id} tells whether two readings are of the same row. */
    public void show(CursorPages<T> rows, IdentifierProvider<T> id, int guess) {
        pages = rows;
        var lazy = setItems(this::fetch);
        lazy.setIdentifierProvider(id);
        lazy.setItemCountEstimate(guess);
        lazy.setItemCountEstimateIncrease(guess * 2);
    }

    /** Shows these rows from now on, and there are this many. */
    public void showAll(CursorPages<T> rows, IdentifierProvider<T> id, long count) {
        pages = rows;
        setItems(this::fetch, query -> (int) Math.min(count, Integer.MAX_VALUE)).setIdentifierProvider(id);
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
        pages.rows(Math.max(0, pages.indexOf(open) + by), 1).findFirst().ifPresent(opens);
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
