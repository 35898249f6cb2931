package io.velvetastro.screens.incidents;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.RouterLink;
import io.velvetastro.language.EventId;
import io.velvetastro.questions.Incidents.Evidence;
import io.velvetastro.questions.Incidents.IncidentRow;
import io.velvetastro.questions.Monitor.RawEvents;
import io.velvetastro.questions.Monitor.RawEventsAnswer;
import io.velvetastro.screens.attacks.Explained;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.forensics.ForensicsView;
import io.velvetastro.screens.forensics.HandOutDialog;
import io.velvetastro.screens.parts.Moment;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.States;
import io.velvetastro.screens.parts.Words;
import java.util.Comparator;
import java.util.List;

/** The stored events the story rests on; each opens to what came in. */
class EvidenceCard extends Section {
    private static final int SHOWN = 200;

    private final Desk desk;

    EvidenceCard(Desk desk, IncidentRow incident, List<Evidence> evidence) {
        this.desk = desk;
        addClassNames("card", "evidence");
        getElement().setAttribute("aria-label", "Evidence");
        add(new Header(
                new H2("Evidence"),
                Parts.grow(),
                Parts.text("sub num", Words.count(evidence.size(), "event", "events"))));
        add(Parts.div("row wrap evidence-acts", proofs(incident)));
        var list = new UnorderedList();
        list.getElement().setAttribute("tabindex", "0");
        evidence.stream()
                .sorted(Comparator.comparing(Evidence::occurredAt).reversed())
                .limit(SHOWN)
                .map(this::line)
                .forEach(list::add);
        var limit = new Paragraph(
                "First and latest events of every finding. They were stored before anything was concluded from them.");
        limit.addClassNames("mi", "t3", "limit");
        add(list, limit);
    }

    private Component[] proofs(IncidentRow incident) {
        var history = new RouterLink("Search its events", ForensicsView.class);
        history.setQueryParameters(QueryParameters.of("incident", incident.id().toString()));
        if (!desk.handsOut()) return new Component[] {history};
        var prove = Parts.button(
                "xs",
                "badge-check",
                "Prove it",
                press -> HandOutDialog.of(desk, IncidentGrid.number(incident), incident.id(), () -> {})
                        .open());
        return new Component[] {prove, history};
    }

    private ListItem line(Evidence evidence) {
        var id = evidence.eventId().toString();
        var open = new NativeButton("", press -> open(evidence.eventId()));
        open.getElement().setAttribute("type", "button").setAttribute("title", id);
        open.addClassName("evidence-row");
        open.add(
                Parts.classed(Moment.clock(evidence.occurredAt()), "t3"),
                Parts.text("mono ell", "evt " + id.substring(0, 8) + "…" + id.substring(id.length() - 4)));
        return new ListItem(open);
    }

    private void open(EventId id) {
        var dialog = new Dialog();
        dialog.setHeaderTitle("Event as it was stored");
        var inside = Parts.div("ask wide", States.loading("the event", 3));
        dialog.add(inside);
        dialog.getFooter().add(Parts.button("", "Close", press -> dialog.close()));
        dialog.open();
        desk.ask(
                dialog,
                new RawEvents(desk.tenant(), List.of(id)),
                RawEventsAnswer.class,
                answer -> {
                    inside.removeAll();
                    if (answer.events().isEmpty()) inside.add(new Span("This event is no longer kept."));
                    answer.events().forEach(event -> inside.add(Explained.raw(event)));
                },
                problem -> {
                    inside.removeAll();
                    inside.add(new Paragraph(problem.words() + " (" + problem.code() + ")"));
                });
    }
}
