package io.velvetastro.screens.admin;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.velvetastro.language.Authority;
import io.velvetastro.questions.Organizations;
import io.velvetastro.questions.Organizations.PlanState;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.desk.Needs;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.Slot;
import io.velvetastro.screens.parts.Words;
import io.velvetastro.screens.shell.Place;
import io.velvetastro.screens.shell.Shell;
import jakarta.annotation.security.PermitAll;

/** What the organisation has subscribed to, and how much of it is used. */
@Route(value = "plan", layout = Shell.class)
@PageTitle("Plan and usage · Velvet Astro")
@PermitAll
@Needs(Authority.ORG_ADMIN)
public class PlanView extends Div implements Place, BeforeEnterObserver {
    private final Desk desk;
    private final Organizations organizations;
    private final Slot meters = new Slot("usage", 4);

    public PlanView(Desk desk, Organizations organizations) {
        this.desk = desk;
        this.organizations = organizations;
        addClassNames("page", "account");
        var rename = Parts.button(
                "",
                "sliders-horizontal",
                "Rename organisation",
                press -> new NameDialog(
                                desk,
                                "Rename organisation",
                                "Rename",
                                desk.caller().organization(),
                                name -> organizations.rename(desk.caller(), name),
                                () -> getUI().ifPresent(ui -> ui.getPage().reload()))
                        .open());
        var another = Parts.button(
                "",
                "plus",
                "New organisation",
                press -> new NameDialog(
                                desk,
                                "New organisation",
                                "Create",
                                "",
                                name -> organizations.create(desk.caller(), name),
                                () -> getUI().ifPresent(ui -> ui.getPage().reload()))
                        .open());
        var card = Parts.card(
                "", Words.capital(desk.caller().plan()) + " plan", desk.caller().organization(), rename, another);
        card.add(meters);
        var plans = Parts.card("", "The plans", "Whoever runs the house changes yours; a smaller one deletes nothing");
        plans.add(new Plans(desk.caller().plan()));
        add(card, plans);
    }

    @Override
    public String heading() {
        return "Plan and usage";
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        desk.fill(meters, () -> organizations.plan(desk.caller(), desk.tenant()), this::show);
    }

    private void show(PlanState state) {
        var beyond = state.beyond();
        var used = new Meters(state);
        meters.show(beyond == null ? used : Parts.div("", new BeyondCard(beyond, desk.now()), used));
    }
}
