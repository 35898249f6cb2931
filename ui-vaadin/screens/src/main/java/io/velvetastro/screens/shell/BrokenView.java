package io.velvetastro.screens.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.ParentLayout;
import io.velvetastro.screens.desk.Problem;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.States;
import jakarta.annotation.security.PermitAll;
import jakarta.servlet.http.HttpServletResponse;

/** Stands where a screen could not be opened: what is safe, what to do, and a code that finds the cause in the log. */
@ParentLayout(Shell.class)
@PageTitle("Not opened · Velvet Astro")
@PermitAll
public class BrokenView extends Div implements HasErrorParameter<Exception>, Place {

    public BrokenView() {
        addClassNames("page", "fill", "col");
    }

    @Override
    public String heading() {
        return "Not opened";
    }

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<Exception> why) {
        var card = Parts.div("card grow");
        card.add(States.problem(
                Problem.opening(why.getException()),
                () -> UI.getCurrent().getPage().reload()));
        removeAll();
        add(card);
        return HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    }
}
