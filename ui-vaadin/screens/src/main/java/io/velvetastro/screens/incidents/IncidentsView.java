package io.velvetastro.screens.incidents;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Input;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteParameters;
import io.velvetastro.language.Authority;
import io.velvetastro.language.IncidentId;
import io.velvetastro.questions.Incidents.Filter;
import io.velvetastro.questions.Incidents.IncidentList;
import io.velvetastro.questions.Incidents.IncidentPage;
import io.velvetastro.questions.Incidents.IncidentsChanged;
import io.velvetastro.questions.Incidents.Status;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.desk.Glance;
import io.velvetastro.screens.desk.Needs;
import io.velvetastro.screens.desk.Problem;
import io.velvetastro.screens.parts.AddressBar;
import io.velvetastro.screens.parts.CursorPages;
import io.velvetastro.screens.parts.CursorPages.Page;
import io.velvetastro.screens.parts.Icon;
import io.velvetastro.screens.parts.Kbd;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.Slot;
import io.velvetastro.screens.parts.States;
import io.velvetastro.screens.shell.Place;
import io.velvetastro.screens.shell.Shell;
import jakarta.annotation.security.PermitAll;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every incident, those that want a person first. */
@Route(value = "incidents", layout = Shell.class)
@PageTitle("Incidents · Velvet Astro")
@PermitAll
@Needs(Authority.INCIDENTS_READ)
public class IncidentsView extends Div implements Place, BeforeEnterObserver {
    private static final int PAGE = 50;

    private final Desk desk;
    private final Glance glance = new Glance();
    private final Slot slot = new Slot("incidents", 10);
    private final IncidentGrid grid = new IncidentGrid();
    private final Div tabs = Parts.div("tabs grow");
    private final Input field = new Input();
    private Which which = Which.OPEN;
    private @Nullable String text;

    /** Which part of their life incidents are in. */
    private enum Which {
        OPEN("Open", Set.of(Status.OPEN, Status.IN_PROGRESS, Status.CONTAINED)),
        CONTAINED("Contained", Set.of(Status.CONTAINED)),
        RESOLVED("Resolved", Set.of(Status.RESOLVED, Status.MERGED)),
        ALL("All", Set.of());

        private final String words;
        private final Set<Status> statuses;

        Which(String words, Set<Status> statuses) {
            this.words = words;
            this.statuses = statuses;
        }
    }

    public IncidentsView(Desk desk) {
        this.desk = desk;
        addClassName("incidents");
        field.setPlaceholder("An address, a user, words of the title");
        field.getElement()
                .setAttribute("data-query", true)
                .setAttribute("aria-label", "Filter incidents")
                .setAttribute("maxlength", "200");
        field.addValueChangeListener(change -> {
            if (change.isFromClient()) go(which, change.getValue().strip());
        });
        grid.onOpen(row -> open(IncidentId.of(row)));
        grid.onTrouble(failed -> slot.fail(Problem.asking(failed), desk.now(), this::refresh));
        add(
                Parts.div(
                        "bar",
                        Parts.div(
                                "row wrap",
                                Parts.div("row sideways grow", tabs),
                                Parts.div("field quiet q", Icon.small("list-filter"), field, new Kbd("/", "d-only")))),
                Parts.div("list col grow", slot));
    }

    @Override
    public String heading() {
        return "Incidents";
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        var given = AddressBar.of(event.getLocation().getQueryParameters());
        which = given.one("show", Which.OPEN);
        text = given.first("text");
        field.setValue(text == null ? "" : text);
        tabs();
        slot.waits();
        refresh();
    }

    @Override
    protected void onAttach(AttachEvent event) {
        desk.watch(
                this,
                new IncidentList(desk.tenant(), Filter.none(), null, 1),
                IncidentPage.class,
                IncidentsChanged.class,
                this::refresh);
    }

    private void tabs() {
        tabs.removeAll();
        for (var each : Which.values()) tabs.add(Parts.tab(each.words, each == which, press -> go(each, text)));
    }

    private void go(Which part, @Nullable String words) {
        var next = new AddressBar().put("show", part, Which.OPEN).put("text", words);
        UI.getCurrent().navigate(IncidentsView.class, next.parameters());
    }

    private static void open(IncidentId incident) {
        UI.getCurrent().navigate(IncidentView.class, new RouteParameters(Map.of("incident", incident.toString())));
    }

    private Filter filter() {
        return new Filter(Set.of(), which.statuses, Set.of(), null, text, null, null);
    }

    private void refresh() {
        var filter = filter();
        desk.look(
                glance,
                this,
                new IncidentList(desk.tenant(), filter, null, PAGE),
                IncidentPage.class,
                page -> {
                    if (filter.equals(filter())) show(filter, page);
                },
                problem -> slot.fail(problem, desk.now(), this::refresh));
    }

    private void show(Filter filter, IncidentPage page) {
        if (page.items().isEmpty()) {
            slot.show(nothing());
            return;
        }
        var pages = new CursorPages<>(PAGE, new Page<>(page.items(), page.next()), (cursor, limit) -> {
            var next = desk.answer(new IncidentList(desk.tenant(), filter, cursor, limit), IncidentPage.class);
            return new Page<>(next.items(), next.next());
        });
        grid.showAll(pages, page.total());
        slot.show(grid);
    }

    private Div nothing() {
        if (text != null)
            return States.empty(
                    "search-x",
                    "No incident has these words",
                    "Nothing under “" + which.words + "” mentions “" + text + "”.",
                    Parts.button("", "Clear the filter", press -> go(which, null)));
        return switch (which) {
            case OPEN ->
                States.empty(
                        "shield-check",
                        "No open incidents",
                        "When findings tell one story, it appears here at once, with what was done about it.",
                        Parts.button("", "Show resolved incidents", press -> go(Which.RESOLVED, null)));
            case CONTAINED ->
                States.empty(
                        "shield",
                        "Nothing is contained right now",
                        "An incident is contained while every known source of it is blocked.",
                        Parts.button("", "Show open incidents", press -> go(Which.OPEN, null)));
            case RESOLVED ->
                States.empty(
                        "circle-check",
                        "Nothing has been resolved yet",
                        "Resolve an incident and say what it turned out to be.",
                        Parts.button("", "Show open incidents", press -> go(Which.OPEN, null)));
            case ALL ->
                States.empty("siren", "No incidents yet", "When findings tell one story, it appears here at once.");
        };
    }
}
