package io.velvetastro.screens.login;

import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import io.velvetastro.questions.LetterBox;
import io.velvetastro.screens.parts.Parts;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;

/** Asks for an organisation of one's own; the rest is in a letter. */
@Route("register")
@PageTitle("Register · Velvet Astro")
@AnonymousAllowed
public class RegisterView extends DoorView {

    public RegisterView(
            @Value("${velvet.registration.open:${velvet.demo.enabled:false}}") boolean open,
            ObjectProvider<LetterBox> letters) {
        var box = letters.getIfAvailable();
        side.add(open ? form(box == null || box.sends()) : closed());
    }

    private static Form form(boolean sends) {
        var organization = input("organization", "text", "organization");
        var name = input("name", "text", "name");
        organization.getElement().setAttribute("maxlength", "100").setAttribute("autofocus", true);
        name.getElement().setAttribute("maxlength", "100");
        var email = email();
        email.getElement().removeAttribute("autofocus");
        var form = Form.sentTo("api/v1/auth/register");
        form.add(
                new H1("Register"),
                lead("An organisation of your own, on the Free plan. You choose your password with the link we send."),
                alert(),
                label("Organisation", organization),
                Parts.div("field lg", organization),
                label("Your name", name),
                Parts.div("field lg", name),
                label("Work e-mail", email),
                Parts.div("field lg", email),
                go("Send me the link"),
                foot(new Span("You have an account? "), link("login", "Sign in")),
                Sent.letter("It is good for 24 hours. If nothing comes, look into the spam folder first.", sends));
        return form;
    }

    private static Form closed() {
        var form = Form.postedTo("login");
        form.add(
                new H1("By invitation only"),
                lead(
                        "This house takes new members by invitation. Ask an administrator of your organisation for a link."),
                foot(link("login", "Sign in")));
        return form;
    }
}
