package io.velvetastro.screens.login;

import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;

/** Where a security notice's link leads: following it does nothing yet, for mail scanners follow links too. */
@Route("not-me")
@PageTitle("This wasn’t me · Velvet Astro")
@AnonymousAllowed
public class NotMeView extends DoorView {

    public NotMeView() {
        var form = Form.sentTo("api/v1/auth/not-me")
                .withLink(
                        "This link was used already, or is older than seven days. You can still choose a new password.");
        form.add(
                new H1("This wasn’t you?"),
                lead(
                        "Every session of your account ends at once, your password stops working, and what was added then or since goes. Then you choose a new password."),
                alert(),
                go("It wasn’t me"),
                foot(new Span("It was you? Then you need to do nothing. "), link("forgot", "Choose a new password")));
        side.add(form);
    }
}
