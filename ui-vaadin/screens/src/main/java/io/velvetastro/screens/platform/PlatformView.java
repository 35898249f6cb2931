package io.velvetastro.screens.platform;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Plan;
import io.velvetastro.questions.Membership;
import io.velvetastro.questions.Monitor;
import io.velvetastro.questions.Monitor.Health;
import io.velvetastro.questions.Monitor.HealthReport;
import io.velvetastro.questions.Monitor.State;
import io.velvetastro.questions.Organizations;
import io.velvetastro.questions.Organizations.TenantPage;
import io.velvetastro.questions.Organizations.TenantRow;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.desk.Needs;
import io.velvetastro.screens.desk.Problem;
import io.velvetastro.screens.parts.Icon;
import io.velvetastro.screens.parts.Line;
import io.velvetastro.screens.parts.Moment;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.Slot;
import io.velvetastro.screens.parts.Small;
import io.velvetastro.screens.parts.States;
import io.velvetastro.screens.parts.Words;
import io.velvetastro.screens.shell.Place;
import io.velvetastro.screens.shell.Shell;
import jakarta.annotation.security.PermitAll;
import java.util.ArrayList;
import java.util.List;

/** The organisations of the house, their plans, and how its rooms are. */
@Route(value = "platform", layout = Shell.class)
@PageTitle("Platform · Velvet Astro")
@PermitAll
@Needs(Authority.PLATFORM_ADMIN)
public class PlatformView extends Div implements Place, BeforeEnterObserver {
    private static final int AT_ONCE = 50;

    private final Desk desk;
    private final Organizations organizations;
    private final Slot tenants = new Slot("organisations", 4);
    private final Slot rooms = new Slot("rooms", 4);
    private final TextField name = new TextField();
    private final List<TenantRow> shown = new ArrayList<>();

    public PlatformView(Desk desk, Organizations organizations, Membership staff) {
        this.desk = desk;
        this.organizations = organizations;
        addClassNames("page", "account");
        var help = Parts.button(
                "",
                "hand",
                "Help with an account",
                press -> new HelpDialog(desk, organizations, staff, this::refresh).open());
        var tenantsCard = Parts.card(
                "",
                "Organisations",
                "A smaller plan deletes nothing; what it has no room for reads after thirty days",
                help);
        name.setPlaceholder("Part of a name");
        name.setAriaLabel("Find an organisation");
        name.setMaxLength(100);
        name.setClearButtonVisible(true);
        name.addValueChangeListener(change -> refresh());
        tenantsCard.add(Parts.div("row wrap finder", name), tenants);
        var roomsCard = Parts.card("", "Rooms", "");
        roomsCard.add(rooms);
        add(tenantsCard, roomsCard);
    }

    @Override
    public String heading() {
        return "Platform";
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        refresh();
        desk.fill(rooms, new Health(desk.tenant()), HealthReport.class, this::show);
    }

    private void refresh() {
        var wanted = name.getValue();
        desk.fill(tenants, () -> organizations.all(desk.caller(), wanted, null, AT_ONCE), page -> {
            if (!wanted.equals(name.getValue())) return; // Something else is looked for by now.
            shown.clear();
            show(page);
        });
    }

    private void show(TenantPage page) {
        shown.addAll(page.items());
        if (shown.isEmpty()) {
            tenants.show(States.empty("search", "No organisation is called so", "Look for another part of its name."));
            return;
        }
        var list = Parts.div("", Line.list(shown.stream().map(this::line).toList()));
        var next = page.next();
        if (next != null) list.add(Parts.button("gho", "More", press -> more(next)));
        tenants.show(list);
    }

    private void more(String after) {
        var wanted = name.getValue();
        desk.act(
                this,
                () -> organizations.all(desk.caller(), wanted, after, AT_ONCE),
                page -> {
                    if (wanted.equals(name.getValue())) show(page);
                },
                failure -> tenants.fail(Problem.asking(failure), desk.now(), this::refresh));
    }

    private Line line(TenantRow row) {
        var small = new Small(Words.count(row.members(), "member", "members") + " · "
                + Words.count(row.eventsToday(), "event today", "events today") + " · ");
        small.add(new Span("since "), Moment.minute(row.createdAt()));
        var plan = new Select<Plan>();
        plan.setItems(Plan.values());
        plan.setItemLabelGenerator(Words::capital);
        plan.setValue(row.plan());
        plan.setAriaLabel("Plan of " + row.name());
        plan.addValueChangeListener(change -> {
            if (change.isFromClient()) subscribe(row, change.getValue());
        });
        return new Line(Parts.text("orgmark", Words.initials(row.name())), Parts.text("t1 med ell", row.name()), small)
                .stands(plan);
    }

    private void subscribe(TenantRow row, Plan plan) {
        desk.act(
                this,
                () -> {
                    organizations.subscribe(desk.caller(), row.id(), plan);
                    return true;
                },
                given -> refresh(),
                failure -> tenants.fail(Problem.ordering(failure), desk.now(), this::refresh));
    }

    private void show(HealthReport report) {
        rooms.show(
                Line.list(report.components().stream().map(PlatformView::line).toList()));
    }

    private static Line line(Monitor.Component room) {
        boolean up = room.state() == State.UP;
        return new Line(
                        Parts.classed(new Icon(up ? "circle-check" : "triangle-alert"), up ? "ok" : "wrn"),
                        Words.capital(room.name()),
                        new Small(Words.capital(room.says())))
                .stands(Parts.text("t2 sm", Words.capital(room.state())));
    }
}
