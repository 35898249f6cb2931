package io.velvetastro.screens.dashboard;

import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import io.velvetastro.language.IncidentId;
import io.velvetastro.questions.Incidents.Filter;
import io.velvetastro.questions.Incidents.IncidentList;
import io.velvetastro.questions.Incidents.IncidentPage;
import io.velvetastro.questions.Incidents.IncidentRow;
import io.velvetastro.questions.Incidents.Status;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.desk.Glance;
import io.velvetastro.screens.incidents.IncidentView;
import io.velvetastro.screens.incidents.IncidentsView;
import io.velvetastro.screens.parts.Bold;
import io.velvetastro.screens.parts.KeptRows;
import io.velvetastro.screens.parts.Moment;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.SeverityMark;
import io.velvetastro.screens.parts.Slot;
import io.velvetastro.screens.parts.StageMark;
import io.velvetastro.screens.parts.States;
import io.velvetastro.screens.parts.Words;
import java.util.Comparator;
import java.util.Set;

/** The open incidents, gravest first: what a person should look at next. */
class NeedsYouCard extends Section {
    private static final int LOOKED_THROUGH = 50;
    private static final int SHOWN = 6;
    private static final Comparator<IncidentRow> GRAVEST = Comparator.comparing(IncidentRow::severity)
            .thenComparing(IncidentRow::lastAt)
            .reversed();

    private final Desk desk;
    private final Glance glance = new Glance();
    private final Slot slot = new Slot("incidents", 4);
    private final Span count = Parts.text("sub num", "");

    private final UnorderedList list = new UnorderedList();
    private final KeptRows<IncidentId, IncidentRow> rows = new KeptRows<>(list, IncidentRow::id, NeedsYouCard::line);

    NeedsYouCard(Desk desk) {
        this.desk = desk;
        addClassNames("card", "c-needs");
        list.addClassName("needs");
        getElement().setAttribute("aria-label", "Needs you");
        add(
                new Header(
                        new H2("Needs you"),
                        count,
                        Parts.grow(),
                        Parts.classed(new RouterLink("Open incidents", IncidentsView.class), "sm")),
                slot);
    }

    void refresh() {
        var filter = new Filter(Set.of(), Set.of(Status.OPEN, Status.IN_PROGRESS), Set.of(), null, null, null, null);
        desk.look(
                glance,
                this,
                new IncidentList(desk.tenant(), filter, null, LOOKED_THROUGH),
                IncidentPage.class,
                this::show,
                problem -> slot.fail(problem, desk.now(), this::refresh));
    }

    private void show(IncidentPage page) {
        count.setText(page.total() == 0 ? "" : Words.count(page.total(), "incident", "incidents"));
        if (page.items().isEmpty()) {
            slot.show(States.empty(
                    "shield-check", "No open incidents", "What is contained or resolved stays under Incidents."));
            return;
        }
        rows.show(page.items().stream().sorted(GRAVEST).limit(SHOWN).toList());
        slot.show(list);
    }

    private static ListItem line(IncidentRow incident) {
        var link = new RouterLink(
                "",
                IncidentView.class,
                new RouteParameters("incident", incident.id().toString()));
        link.add(
                SeverityMark.quiet(incident.severity()),
                Parts.div(
                        "grow",
                        Parts.div(
                                "row",
                                new Bold(incident.title(), "ell", "grow"),
                                Parts.text("t3 mi num", "INC-" + incident.number())),
                        Parts.div(
                                "row l2",
                                StageMark.quiet(incident.stage()),
                                Parts.text(
                                        "ell grow",
                                        String.join(
                                                ", ",
                                                incident.users().isEmpty() ? incident.sources() : incident.users())),
                                Parts.classed(Moment.ago(incident.lastAt()), "t3"))));
        return new ListItem(link);
    }
}
