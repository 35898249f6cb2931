package io.velvetastro.screens.login;

import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;

/** Where a forgotten password becomes a new one. */
@Route("reset")
@PageTitle("New password · Velvet Astro")
@AnonymousAllowed
public class ResetView extends ChooseView {

    public ResetView() {
        super(
                "Choose a new password",
                "All your sessions end, on every device. Then you sign in with it.",
                "Set new password",
                "api/v1/auth/password/reset",
                "login?changed",
                "This link was used already, or is older than an hour. Ask for a new one.",
                link("forgot", "Send me a new one"));
    }
}
