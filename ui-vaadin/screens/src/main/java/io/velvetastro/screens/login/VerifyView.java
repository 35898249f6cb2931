package io.velvetastro.screens.login;

import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;

/** The last step of registering. */
@Route("verify")
@PageTitle("Choose your password · Velvet Astro")
@AnonymousAllowed
public class VerifyView extends ChooseView {

    public VerifyView() {
        super(
                "Choose your password",
                "Your address is confirmed. With a password your organisation is made, and you run it.",
                "Make my account",
                "api/v1/auth/verify",
                "login?welcome",
                "This link was used already, or is older than 24 hours. Register again for a new one.",
                link("register", "Register again"));
    }
}
