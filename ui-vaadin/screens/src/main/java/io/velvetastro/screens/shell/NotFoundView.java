package io.velvetastro.screens.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.ParentLayout;
import io.velvetastro.screens.dashboard.DashboardView;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.States;
import jakarta.annotation.security.PermitAll;
import jakarta.servlet.http.HttpServletResponse;

/** Says that an address leads to no screen, and where to go from here. */
@ParentLayout(Shell.class)
@PageTitle("Not found · Velvet Astro")
@PermitAll
public class NotFoundView extends Div implements HasErrorParameter<NotFoundException>, Place {

    public NotFoundView() {
        addClassNames("page", "fill", "col");
        var card = Parts.div("card grow");
        card.add(States.empty(
                "search-x",
                "There is no screen here",
                "The address is mistyped, or the screen has moved. Nothing is lost.",
                Parts.button(
                        "pri", "Open the dashboard", press -> UI.getCurrent().navigate(DashboardView.class))));
        add(card);
    }

    @Override
    public String heading() {
        return "Not found";
    }

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<NotFoundException> why) {
        return HttpServletResponse.SC_NOT_FOUND;
    }
}
