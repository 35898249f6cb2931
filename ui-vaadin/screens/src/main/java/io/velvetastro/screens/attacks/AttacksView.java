package io.velvetastro.screens.attacks;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Aside;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Engine;
import io.velvetastro.language.SeriesId;
import io.velvetastro.language.Severity;
import io.velvetastro.language.Stage;
import io.velvetastro.questions.Attacks.AttackFacets;
import io.velvetastro.questions.Attacks.AttackFeed;
import io.velvetastro.questions.Attacks.AttackPage;
import io.velvetastro.questions.Attacks.AttackRow;
import io.velvetastro.questions.Attacks.AttacksChanged;
import io.velvetastro.questions.Attacks.FacetCounts;
import io.velvetastro.questions.Attacks.Filter;
import io.velvetastro.questions.Attacks.Outcome;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.desk.Glance;
import io.velvetastro.screens.desk.Needs;
import io.velvetastro.screens.desk.Problem;
import io.velvetastro.screens.parts.CursorPages;
import io.velvetastro.screens.parts.CursorPages.Page;
import io.velvetastro.screens.parts.FilterField;
import io.velvetastro.screens.parts.Icon;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.Segments;
import io.velvetastro.screens.parts.SeverityMark;
import io.velvetastro.screens.parts.Slot;
import io.velvetastro.screens.parts.States;
import io.velvetastro.screens.parts.Words;
import io.velvetastro.screens.shell.Place;
import io.velvetastro.screens.shell.Shell;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every attack, narrowed by what stands in the address bar; new rows wait while somebody reads. */
@Route(value = "attacks", layout = Shell.class)
@PageTitle("Attacks · Velvet Astro")
@PermitAll
@Needs(Authority.MONITOR_READ)
public class AttacksView extends Div implements Place, BeforeEnterObserver {
    private static final int PAGE = 100;

    private final Desk desk;
    private AttackQuery query = AttackQuery.ALL;
    private final Glance glance = new Glance();
    private final Glance facetGlance = new Glance();
    private final Glance heldGlance = new Glance();
    private final Slot slot = new Slot("attacks", 12);
    private final AttackGrid grid;
    private final AttackDrawer drawer;
    private final NativeButton held = new NativeButton("", press -> showHeld());
    private final Div tabs = Parts.div("tabs grow");
    private final FilterField field = new FilterField(
            "list-filter",
            "Filter attacks",
            "source:203.0.113.7 user:nora or plain words",
            words -> go(query.typed(words)),
            (name, value) -> go(query.without(name, value)));
    private final Select<AttackQuery.Time> time = new Select<>();
    private final Aside facets = new Aside();
    private final Facet<Severity> severities;
    private final Facet<Stage> stages;
    private final Facet<Engine> engines;
    private final Facet<Outcome> outcomes;
    private List<AttackRow> firstRows = List.of();
    private boolean scrolled;
    private boolean asked;
    private @Nullable Long matches;

    public AttacksView(Desk desk) {
        this.desk = desk;
        severities = new Facet<>(
                "Severity", List.of(Severity.values()).reversed(), SeverityMark::new, value -> go(query.flip(value)));
        stages = new Facet<>(
                "Stage", List.of(Stage.values()), value -> new Span(Words.of(value)), value -> go(query.flip(value)));
        engines = new Facet<>(
                "Engine", List.of(Engine.values()), value -> new Span(Words.of(value)), value -> go(query.flip(value)));
        outcomes = new Facet<>(
                "Outcome",
                List.of(Outcome.values()),
                value -> new Span(Words.of(value)),
                value -> go(query.flip(value)));
        grid = new AttackGrid(reading -> {
            scrolled = reading;
            if (!reading && !drawer().isOpen()) showHeld();
        });
        drawer = new AttackDrawer(desk, new Neighbouring());
        addClassName("attacks");
        facets.addClassNames("facets");
        facets.getElement().setAttribute("aria-label", "Filters").setAttribute("tabindex", "0");
        facets.add(severities, stages, engines, outcomes);
        Parts.classed(held, "held");
        held.getElement().setAttribute("type", "button");
        held.setVisible(false);
        grid.onOpen(row -> go(query.opening(SeriesId.of(row))));
        grid.onTrouble(failed -> fail(Problem.asking(failed)));
        add(bar(), facets, Parts.div("list col", held, slot), drawer);
    }

    @Override
    public String heading() {
        return "Attacks";
    }

    @Override
    public boolean isWorkView() {
        return true;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        var before = query;
        query = AttackQuery.of(event.getLocation().getQueryParameters());
        if (!query.sameRows(before)) matches = null;
        show(query);
        if (!asked || !query.sameRows(before)) {
            slot.waits();
            refresh();
        }
        if (query.open() == null) drawer.shut();
        else drawer.open(query.open());
        setClassName("opened", query.open() != null);
        grid.tight(query.open() != null);
        select();
    }

    @Override
    public void pressed(String key) {
        switch (key) {
            case "j" -> step(1);
            case "k" -> step(-1);
            case "Escape" -> go(query.opening(null));
            case "b" -> drawer.block();
            case "." -> showHeld();
            case "1", "2", "3", "4", "5", "6", "7" -> go(query.flip(Stage.values()[key.charAt(0) - '1']));
            default -> {} // The others belong to other places.
        }
    }

    @Override
    protected void onAttach(AttachEvent event) {
        density(event.getUI(), "compact");
        desk.watch(
                this,
                new AttackFeed(desk.tenant(), Filter.none(), null, 1),
                AttackPage.class,
                AttacksChanged.class,
                this::changed);
    }

    @Override
    protected void onDetach(DetachEvent event) {
        density(event.getUI(), "");
    }

    private AttackDrawer drawer() {
        return drawer;
    }

    private Div bar() {
        var spacing = new Segments<String>("Row height", chosen -> density(UI.getCurrent(), chosen))
                .with("", "Comfortable")
                .with("compact", "Compact")
                .choose("compact");
        time.setAriaLabel("Time");
        time.setItems(AttackQuery.Time.values());
        time.setItemLabelGenerator(AttackQuery.Time::words);
        time.addValueChangeListener(change -> {
            if (change.isFromClient()) go(query.during(change.getValue()));
        });
        var narrow = Parts.iconButton(
                "m-only",
                "sliders-horizontal",
                "Filters",
                press -> facets.getElement().executeJs("this.classList.toggle('shown')"));
        return Parts.div(
                "bar",
                Parts.div("row sideways", tabs, Parts.classed(spacing, "d-only")),
                Parts.div("row", Parts.classed(field, "quiet grow"), time, narrow));
    }

    private void show(AttackQuery now) {
        time.setValue(now.time());
        field.show(now.tokens());
        tabs();
    }

    private void tabs() {
        tabs.removeAll();
        tab("All", AttackQuery.ALL);
        tab("Needs a person", AttackQuery.ALL.flip(Outcome.NEEDS_YOU));
        tab("High and critical", AttackQuery.ALL.flip(Severity.HIGH).flip(Severity.CRITICAL));
        tab("Other tools", AttackQuery.ALL.flip(Engine.EXTERNAL));
    }

    private void tab(String words, AttackQuery preset) {
        boolean chosen = query.sameRows(preset);
        var tab = Parts.tab(words, chosen, press -> go(preset.opening(query.open())));
        if (chosen && matches != null) tab.add(Parts.text("n", Words.count(matches)));
        tabs.add(tab);
    }

    private void go(AttackQuery next) {
        UI.getCurrent().navigate(AttacksView.class, next.parameters());
    }

    private Filter filter() {
        return query.filter(desk.now(), desk.midnight());
    }

    private void refresh() {
        asked = true;
        var filter = filter();
        var rows = query;
        desk.look(
                glance,
                this,
                new AttackFeed(desk.tenant(), filter, null, PAGE),
                AttackPage.class,
                page -> {
                    if (query.sameRows(rows)) show(filter, page);
                },
                this::fail);
        desk.look(
                facetGlance,
                this,
                new AttackFacets(desk.tenant(), filter),
                FacetCounts.class,
                counts -> {
                    if (query.sameRows(rows)) show(counts);
                },
                problem -> {});
    }

    private void fail(Problem problem) {
        slot.fail(problem, desk.now(), this::refresh);
    }

    private void show(Filter filter, AttackPage page) {
        held.setVisible(false);
        firstRows = page.items();
        if (page.items().isEmpty()) {
            slot.show(query.filters() ? nothingMatches() : nothingYet());
            return;
        }
        var pages = new CursorPages<>(PAGE, new Page<>(page.items(), page.next()), (cursor, limit) -> {
            var next = desk.answer(new AttackFeed(desk.tenant(), filter, cursor, limit), AttackPage.class);
            return new Page<>(next.items(), next.next());
        });
        grid.show(pages, (int) Math.min(page.total(), PAGE));
        slot.show(grid);
        select();
    }

    private void show(FacetCounts counts) {
        severities.show(query.severities(), counts.severities());
        stages.show(query.stages(), counts.stages());
        engines.show(query.engines(), counts.engines());
        outcomes.show(query.outcomes(), counts.outcomes());
        matches = counts.total();
        tabs();
    }

    private Div nothingYet() {
        return States.empty(
                "shield-check",
                "No attacks yet",
                "Every event that comes in is looked at, by every engine. Send a log you have, or follow one that grows.",
                States.command("./velvet import FILE --format sshd"));
    }

    private Div nothingMatches() {
        var words = String.join(
                " and ",
                query.tokens().stream()
                        .map(token -> token.getKey() + ":" + token.getValue())
                        .toList());
        return States.empty(
                "search-x",
                "Nothing matches these filters",
                "No attack has " + words + ".",
                Parts.button("", "Clear all filters", press -> go(AttackQuery.ALL.opening(query.open()))));
    }

    /** While somebody reads, new rows are counted and wait; otherwise they come in. */
    private void changed() {
        var open = query.open();
        if (drawer.isOpen() && open != null) drawer.open(open);
        if (!drawer.isOpen() && !scrolled) {
            refresh();
            return;
        }
        desk.look(
                heldGlance,
                this,
                new AttackFeed(desk.tenant(), filter(), null, PAGE),
                AttackPage.class,
                this::hold,
                problem -> {});
    }

    private void hold(AttackPage page) {
        var known = new java.util.HashMap<Object, Object>();
        firstRows.forEach(row -> known.put(row.id(), row.at()));
        long fresh = page.items().stream()
                .filter(row -> !row.at().equals(known.get(row.id())))
                .count();
        if (fresh == 0) return;
        held.removeAll();
        held.add(
                Icon.small("arrow-up"),
                new Span(Words.count(fresh) + (fresh == PAGE ? "+" : "") + " new, held while you read. "),
                underlined("Show them"));
        held.setVisible(true);
    }

    private static Span underlined(String words) {
        var span = new Span();
        span.getElement().appendChild(new com.vaadin.flow.dom.Element("u").setText(words));
        return span;
    }

    private void showHeld() {
        if (!held.isVisible()) return;
        refresh();
        grid.scrollToStart();
    }

    private void select() {
        grid.mark(row -> row.id().equals(query.open()));
    }

    private void step(int by) {
        grid.step(row -> row.id().equals(query.open()), by);
    }

    private static void density(UI ui, String density) {
        ui.getPage()
                .executeJs(
                        "if ($0) document.documentElement.dataset.density = $0; else delete document.documentElement.dataset.density;",
                        density);
    }

    /** What the drawer asks of the list. */
    private class Neighbouring implements AttackDrawer.Neighbours {
        @Override
        public void previous() {
            step(-1);
        }

        @Override
        public void next() {
            step(1);
        }

        @Override
        public void close() {
            go(query.opening(null));
            grid.getElement().callJsFunction("focus");
        }

        @Override
        public void changed() {
            AttacksView.this.changed();
        }
    }
}
