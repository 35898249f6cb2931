package io.velvetastro.screens.login;

import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import io.velvetastro.questions.LetterBox;
import io.velvetastro.screens.parts.Parts;
import org.springframework.beans.factory.ObjectProvider;

/** Asks for a link with which a new password can be chosen. */
@Route("forgot")
@PageTitle("Forgotten password · Velvet Astro")
@AnonymousAllowed
public class ForgotView extends DoorView {

    public ForgotView(ObjectProvider<LetterBox> letters) {
        var box = letters.getIfAvailable();
        var email = email();
        var form = Form.sentTo("api/v1/auth/password/forgot");
        form.add(
                new H1("Forgotten your password?"),
                lead("We send you a link with which you choose a new one. Your second step stays as it is."),
                alert(),
                label("E-mail", email),
                Parts.div("field lg", email),
                go("Send me the link"),
                foot(link("login", "Back to sign-in")),
                Sent.letter("It is good for 30 minutes.", box == null || box.sends()));
        side.add(form);
    }
}
