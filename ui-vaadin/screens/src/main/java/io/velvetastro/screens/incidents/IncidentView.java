package io.velvetastro.screens.incidents;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import io.velvetastro.language.Authority;
import io.velvetastro.language.IncidentCommand.ReopenIncident;
import io.velvetastro.language.IncidentId;
import io.velvetastro.questions.Incidents.IncidentById;
import io.velvetastro.questions.Incidents.IncidentDetail;
import io.velvetastro.questions.Incidents.IncidentRow;
import io.velvetastro.questions.Incidents.IncidentsChanged;
import io.velvetastro.questions.Incidents.Status;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.desk.Needs;
import io.velvetastro.screens.parts.Drawn;
import io.velvetastro.screens.parts.Moment;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.SeverityMark;
import io.velvetastro.screens.parts.Slot;
import io.velvetastro.screens.parts.States;
import io.velvetastro.screens.parts.Words;
import io.velvetastro.screens.shell.Place;
import io.velvetastro.screens.shell.Shell;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.UUID;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.jspecify.annotations.Nullable;

/** The bench where one story is read, answered and closed. */
@Route(value = "incidents/:incident", layout = Shell.class)
@PermitAll
@Needs(Authority.INCIDENTS_READ)
public class IncidentView extends Div implements Place, BeforeEnterObserver, HasDynamicTitle {
    private final Desk desk;
    private final Slot slot = new Slot("the incident", 10);
    private final Timeline timeline;
    private final Actions actions;
    private final Drawn head = new Drawn();
    private final Drawn ribbon = new Drawn();
    private final Drawn entities = new Drawn();
    private final Drawn evidence = new Drawn();
    private final Drawn orders = new Drawn();
    private final Div bench;
    private @Nullable IncidentId id;
    private @Nullable IncidentDetail detail;
    private String title = "Incident · Velvet Astro";

    public IncidentView(Desk desk) {
        this.desk = desk;
        timeline = new Timeline(desk);
        actions = new Actions(desk, this::refresh);
        bench = Parts.div("bench", timeline, entities, Parts.div("col side-col", actions, evidence));
        addClassName("incident");
        add(slot);
    }

    @Override
    public String heading() {
        return "Incident";
    }

    @Override
    public String getPageTitle() {
        return title;
    }

    @Override
    public boolean isWorkView() {
        return true;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        detail = null;
        try {
            id = new IncidentId(
                    UUID.fromString(event.getRouteParameters().get("incident").orElse("")));
        } catch (IllegalArgumentException noId) {
            id = null;
            slot.show(missing());
            return;
        }
        slot.waits();
        refresh();
    }

    @Override
    public void pressed(String key) {
        if (detail == null) return;
        switch (key) {
            case "n" -> comment();
            case "b" -> actions.block();
            case "Escape" -> UI.getCurrent().navigate(IncidentsView.class);
            case "1", "2", "3", "4", "5", "6", "7" -> timeline.only(key.charAt(0) - '0');
            default -> {} // The others belong to other places.
        }
    }

    @Override
    protected void onAttach(AttachEvent event) {
        event.getUI().getPage().executeJs("document.documentElement.dataset.density = 'compact'");
        nameItself();
        if (id == null) return;
        desk.watch(
                this,
                new IncidentById(desk.tenant(), id),
                ResponseTypes.multipleInstancesOf(IncidentDetail.class),
                IncidentsChanged.class,
                this::refresh);
    }

    @Override
    protected void onDetach(DetachEvent event) {
        event.getUI().getPage().executeJs("delete document.documentElement.dataset.density");
    }

    /** In the top bar, once there is one and the incident is known. */
    private void nameItself() {
        if (detail != null && isAttached())
            findAncestor(Shell.class).head("Incidents", IncidentsView.class, IncidentGrid.number(detail.incident()));
    }

    private void refresh() {
        var asked = id;
        if (asked == null) return;
        desk.ask(
                this,
                new IncidentById(desk.tenant(), asked),
                ResponseTypes.multipleInstancesOf(IncidentDetail.class),
                found -> {
                    if (found.isEmpty()) slot.show(missing());
                    else show(found.getFirst());
                },
                problem -> slot.fail(problem, desk.now(), this::refresh));
    }

    private void show(IncidentDetail found) {
        if (!found.equals(detail)) draw(found);
        slot.show(head, ribbon, bench, orders);
    }

    private void draw(IncidentDetail found) {
        detail = found;
        var incident = found.incident();
        var number = IncidentGrid.number(incident);
        title = number + " " + incident.title() + " · Velvet Astro";
        getUI().ifPresent(ui -> ui.getPage().setTitle(title));
        nameItself();
        timeline.show(found);
        actions.show(found);
        head.show(incident, () -> head(incident));
        ribbon.show(
                List.of(found.killChain(), incident.stage()), () -> new Ribbon(found.killChain(), incident.stage()));
        entities.show(found.entities(), () -> new Entities(found.entities()));
        evidence.show(
                List.of(incident.id(), found.evidence()), () -> new EvidenceCard(desk, incident, found.evidence()));
        orders.show(incident, () -> mobileBar(incident));
    }

    private Section head(IncidentRow incident) {
        var status = Parts.classed(
                new Span(Words.of(incident.status())), "status t1 " + IncidentGrid.done(incident.status()));
        status.getStyle().set("--part", String.valueOf(IncidentGrid.part(incident.status())));
        var meta = Parts.div(
                "meta",
                SeverityMark.badge(incident.severity()),
                status,
                owner(incident),
                Parts.span(
                        "t3",
                        new Span("Began "),
                        Moment.clock(incident.openedAt()).recorded(incident.recordedAt())),
                Parts.span("t3", new Span("Last activity "), Moment.clock(incident.lastAt())));
        meta.add(Parts.text("t3 d-only", size(incident)));
        if (incident.disposition() != null) meta.add(Parts.text("badge line", Words.of(incident.disposition())));
        if (incident.history())
            meta.add(
                    badge("history", "Its evidence was older than 15 minutes when it came in: playbooks did not act."));
        if (incident.simulated()) meta.add(Parts.text("badge line", "simulated"));
        if (incident.mergedInto() != null)
            meta.add(new RouterLink(
                    "Goes on in another incident",
                    IncidentView.class,
                    new RouteParameters("incident", incident.mergedInto().toString())));
        var words = Parts.div("grow", new H2(incident.title()), meta);
        var head = new Section(words, Parts.div("row d-only", orders(incident)));
        head.addClassName("ih");
        return head;
    }

    private static String size(IncidentRow incident) {
        return Words.count(incident.users().size(), "user", "users") + ", "
                + Words.count(incident.findings(), "finding", "findings") + ", "
                + Words.count(incident.events(), "event", "events");
    }

    private static Span badge(String words, String explained) {
        var badge = Parts.text("badge line", words);
        badge.setTitle(explained);
        return badge;
    }

    private static Span owner(IncidentRow incident) {
        if (incident.assigneeName() == null) return Parts.text("t3", "Nobody has taken it yet");
        return Parts.span(
                "row",
                Parts.text("ava s", Words.initials(incident.assigneeName())),
                Parts.text("t1", incident.assigneeName()));
    }

    private Component[] orders(IncidentRow incident) {
        if (!desk.may(Authority.INCIDENTS_WRITE))
            return new Component[] {Parts.text("t3 sm", "Your role can look, not act")};
        var note = Parts.button("", "message-square-plus", "Note", press -> comment());
        if (incident.status() == Status.MERGED) return new Component[] {note};
        if (incident.status() == Status.RESOLVED)
            return new Component[] {note, Parts.button("pri", "Reopen incident", press -> reopen(incident))};
        var assign = Parts.button(
                "",
                "user-plus",
                incident.assignee() == null ? "Assign" : "Reassign",
                press -> new AssignDialog(desk, incident, this::refresh).open());
        return new Component[] {
            note,
            assign,
            Parts.button("pri", "Resolve incident", press -> new ResolveDialog(desk, incident, this::refresh).open())
        };
    }

    private Div mobileBar(IncidentRow incident) {
        return Parts.div("mbar glass m-only", orders(incident));
    }

    private void comment() {
        if (detail != null && desk.may(Authority.INCIDENTS_WRITE))
            new CommentDialog(desk, detail.incident(), this::refresh).open();
    }

    private void reopen(IncidentRow incident) {
        desk.order(
                this,
                new ReopenIncident(incident.id(), desk.tenant(), null, desk.now()),
                this::refresh,
                problem -> slot.fail(problem, desk.now(), this::refresh));
    }

    private static Div missing() {
        return States.empty(
                "search-x",
                "This incident is not here",
                "It may belong to another organisation, or its address in the bar is wrong.",
                Parts.button(
                        "",
                        "Show all incidents",
                        press -> UI.getCurrent()
                                .navigate("incidents", com.vaadin.flow.router.QueryParameters.of("show", "all"))));
    }
}
