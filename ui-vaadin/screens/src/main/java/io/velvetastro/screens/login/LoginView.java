package io.velvetastro.screens.login;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.VaadinServletRequest;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import com.vaadin.flow.spring.security.AuthenticationContext;
import io.velvetastro.questions.AtTheDoor;
import io.velvetastro.questions.OwnAccount.Enrolment;
import io.velvetastro.screens.dashboard.DashboardView;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.Qr;
import io.velvetastro.screens.parts.Words;
import java.time.Duration;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.web.csrf.CsrfToken;

/**
 * Sign in. A plain form posts to {@code /session}, so a password never travels through the screens' own channel and
 * never sits in a component on the server.
 */
@Route("login")
@PageTitle("Sign in · Velvet Astro")
@AnonymousAllowed
public class LoginView extends DoorView implements BeforeEnterObserver {
    private final AuthenticationContext who;
    private final boolean demo;
    private final boolean open;
    private final Duration idle;
    private final ObjectProvider<AtTheDoor> atTheDoor;
    private final Div refusal = Parts.div("refusal");
    private final Div news = Parts.div("news");

    public LoginView(
            AuthenticationContext who,
            @Value("${velvet.demo.enabled:false}") boolean demo,
            @Value("${velvet.registration.open:${velvet.demo.enabled:false}}") boolean open,
            @Value("${velvet.session.idle:PT30M}") Duration idle,
            ObjectProvider<AtTheDoor> atTheDoor) {
        this.who = who;
        this.atTheDoor = atTheDoor;
        this.demo = demo;
        this.open = open;
        this.idle = idle;
        refusal.getElement().setAttribute("role", "alert");
        refusal.setVisible(false);
        news.getElement().setAttribute("role", "status");
        news.setVisible(false);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        if (who.isAuthenticated()) {
            event.forwardTo(DashboardView.class);
            return;
        }
        var asked = event.getLocation().getQueryParameters().getParameters().keySet();
        side.removeAll();
        refusal.setVisible(false);
        news.setVisible(false);
        if (asked.contains("code")) {
            if (Optional.ofNullable(atTheDoor.getIfAvailable())
                    .filter(AtTheDoor::takesTheirPasskey)
                    .isPresent()) {
                side.add(passkeyForm());
                return;
            }
            var toBeMade = Optional.ofNullable(atTheDoor.getIfAvailable()).flatMap(AtTheDoor::toBeMade);
            side.add(toBeMade.map(this::enrolment).orElseGet(() -> codeForm(asked.contains("recovery"))));
            if (asked.contains("busy")) refuse("Too many codes. Wait a minute, then try the next one.");
            else if (asked.contains("error"))
                refuse("This code doesn’t fit, or was used before. Wait for the next one and try again.");
            return;
        }
        side.add(form());
        if (asked.contains("welcome")) tell("Your account is made. Sign in with your new password.");
        if (asked.contains("joined"))
            tell("You belong to one more organisation. Sign in, and go on there from the menu at your name.");
        if (asked.contains("setup")) tell("This house is yours. Sign in with the account you have just made.");
        if (asked.contains("changed"))
            tell("Your password is changed, and all sessions have ended. Sign in with the new one.");
        if (asked.contains("idle"))
            tell("You were signed out after " + Words.lasting(idle) + " without use. Sign in to go on where you were.");
        if (asked.contains("busy")) refuse("Too many tries at once. Wait a minute, then try again.");
        else if (asked.contains("passkey"))
            refuse("This passkey does not open this house, or it took too long. Try again, or use your password.");
        else if (asked.contains("error"))
            refuse("This e-mail and password don’t go together. Check both and try again.");
        else if (asked.contains("late")) refuse("This sign-in took too long, or too many codes. Begin again.");
        else if (asked.contains("ended")) tell("Your session has ended. Sign in to go on where you were.");
    }

    private void refuse(String words) {
        refusal.setText(words);
        refusal.setVisible(true);
    }

    /** The browser does it all: the answer goes with the form, in place of a password. */
    private static NativeButton passkey() {
        var passkey = Parts.button("lg wide", "key-round", "Use a passkey", press -> {});
        passkey.getElement().setAttribute("data-passkey", "api/v1/auth/passkeys/login/options");
        return passkey;
    }

    private void tell(String words) {
        news.setText(words);
        news.setVisible(true);
    }

    private Form form() {
        var email = email();
        var password = input("password", "password", "current-password");
        var form = Form.postedTo("session");
        form.add(new H1("Sign in"), lead(demo), news, refusal);
        form.add(label("E-mail", email), Parts.div("field lg", email));
        form.add(
                Parts.div("lab-row", label("Password", password), link("forgot", "Forgot it?")),
                Parts.div("field lg", password, peek(password)));
        form.add(go("Sign in"), Parts.div("or", new Span("or")), passkey());
        if (open) form.add(foot(new Span("New here? "), link("register", "Register an organisation")));
        form.add(foot(new Span("Each sign-in is recorded and watched like any other.")));
        csrf(form);
        return form;
    }

    /** The second step of whoever has no app: nothing to type. */
    private static Form passkeyForm() {
        var form = Form.postedTo("session");
        form.add(
                new H1("Use your passkey"),
                lead(
                        "Your password was right, and your second step is a passkey. Once you are in you can add an authenticator app."),
                passkey(),
                foot(
                        new Span("You have lost it? An administrator can reset your second step. "),
                        link("login", "Sign in as somebody else")));
        csrf(form);
        return form;
    }

    /** The second step: one field for either kind of code, so that pasting works. */
    private Form codeForm(boolean recovery) {
        var code = code(recovery);
        var lead = new Paragraph(
                recovery
                        ? "Type one of the recovery codes you kept. Each works once."
                        : "Your password was right. Type the six digits your authenticator app shows for Velvet Astro.");
        lead.addClassName("lead");
        var form = Form.postedTo("session");
        form.add(new H1(recovery ? "Use a recovery code" : "Enter your code"), lead, refusal);
        form.add(label(recovery ? "Recovery code" : "Code", code), Parts.div("field lg", code));
        form.add(
                go("Sign in"),
                Parts.div(
                        "row wrap",
                        recovery
                                ? link("login?code", "Use the app instead")
                                : link("login?code&recovery", "Use a recovery code"),
                        Parts.grow(),
                        link("login", "Sign in as somebody else")));
        csrf(form);
        return form;
    }

    private static Field code(boolean recovery) {
        var code = input("code", "text", recovery ? "off" : "one-time-code");
        code.addClassNames("mono", "code");
        code.getElement()
                .setAttribute("autofocus", true)
                .setAttribute("inputmode", recovery ? "text" : "numeric")
                .setAttribute("autocapitalize", "none")
                .setAttribute("spellcheck", "false")
                .setAttribute("maxlength", "40");
        return code;
    }

    /** The organisation asks for a second step and there is none yet: it is made here, or nobody comes in. */
    private Form enrolment(Enrolment enrolment) {
        var code = code(false);
        var form = Form.postedTo("session");
        form.add(
                new H1("Make your second step"),
                lead(
                        "Your organisation asks for one. Scan this with an authenticator app on your phone, then type the six digits it shows."),
                refusal,
                Qr.picture(enrolment),
                Qr.typed(enrolment),
                label("Code", code),
                Parts.div("field lg", code),
                go("Sign in"),
                foot(
                        new Span("Then make recovery codes in your account. "),
                        link("login", "Sign in as somebody else")));
        csrf(form);
        return form;
    }

    private static Paragraph lead(boolean demo) {
        var lead = new Paragraph();
        lead.addClassName("lead");
        if (demo)
            lead.add(
                    new Span("Demo: "),
                    Parts.text("mono t1", "admin@velvet.com"),
                    new Span(" and "),
                    Parts.text("mono t1", "password"),
                    new Span("."));
        else lead.setText("Use your work account.");
        return lead;
    }

    private static void csrf(Form form) {
        var request = VaadinServletRequest.getCurrent();
        if (request == null || !(request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token)) return;
        var field = new Field("hidden", token.getParameterName());
        field.getElement().setAttribute("value", token.getToken());
        form.add(field);
    }
}
