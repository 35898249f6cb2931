package io.velvetastro.screens.login;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import io.velvetastro.screens.parts.Icon;
import io.velvetastro.screens.parts.Parts;

/** What stands where the form was once a letter is on its way, whoever has that address. */
final class Sent {
    private Sent() {}

    /** @param sends whether letters leave this house at all */
    static Div letter(String hint, boolean sends) {
        var words = new Paragraph("If this address can be used here, a letter with a link is on its way. " + hint);
        words.addClassName("lead");
        var sent = Parts.div("sent", Parts.span("ic", new Icon("mail")), new H1("Look into your mailbox"), words);
        if (!sends) {
            var here = new Paragraph(
                    "This house sends no mail. Whoever runs it finds the letter under Letters, in the navigation.");
            here.addClassName("foot");
            sent.add(here);
        }
        sent.getElement().setAttribute("hidden", true).setAttribute("role", "status");
        return sent;
    }
}
