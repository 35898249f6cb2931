package io.velvetastro.screens.admin;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.velvetastro.language.Authority;
import io.velvetastro.questions.Membership;
import io.velvetastro.questions.ServiceAccounts;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.desk.Needs;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.shell.Place;
import io.velvetastro.screens.shell.Shell;
import jakarta.annotation.security.PermitAll;

/** The organisation's people and programs, and which role may do what. */
@Route(value = "admin", layout = Shell.class)
@PageTitle("Administration · Velvet Astro")
@PermitAll
@Needs(Authority.ORG_ADMIN)
public class AdminView extends Div implements Place, BeforeEnterObserver {
    private final MembersCard members;
    private final ProgramsCard programs;
    private final KeptCard kept;

    public AdminView(Desk desk, ServiceAccounts accounts, Membership staff) {
        members = new MembersCard(desk, staff);
        programs = new ProgramsCard(desk, accounts);
        kept = new KeptCard(desk);
        addClassNames("page", "account");
        var matrix = Parts.card("", "Who may do what", "");
        matrix.add(new Matrix());
        add(members.card, programs.card, kept.card, matrix);
    }

    @Override
    public String heading() {
        return "Administration";
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        members.refresh();
        programs.refresh();
        kept.refresh();
    }
}
