package io.velvetastro.screens.login;

import com.vaadin.flow.component.HtmlComponent;
import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Aside;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.NativeLabel;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.VaadinServletRequest;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import com.vaadin.flow.spring.security.AuthenticationContext;
import io.velvetastro.screens.dashboard.DashboardView;
import io.velvetastro.screens.parts.Bold;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.Small;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.web.csrf.CsrfToken;

/**
 * Sign in. A plain form posts to {@code /session}, so a password never travels through the screens' own channel and
 * never sits in a component on the server.
 */
@Route("login")
@PageTitle("Sign in · Velvet Astro")
@AnonymousAllowed
public class LoginView extends Div implements BeforeEnterObserver {
    private final AuthenticationContext who;
    private final boolean demo;
    private final Side side = new Side();
    private final Div refusal = Parts.div("refusal");

    public LoginView(AuthenticationContext who, @Value("${velvet.demo.enabled:false}") boolean demo) {
        this.who = who;
        addClassName("signin");
        refusal.getElement().setAttribute("role", "alert");
        refusal.setVisible(false);
        this.demo = demo;
        add(art(), side);
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
        if (asked.contains("code")) {
            side.add(codeForm(asked.contains("recovery")));
            if (asked.contains("busy")) refuse("Too many codes. Wait a minute, then try the next one.");
            else if (asked.contains("error"))
                refuse("This code doesn’t fit, or was used before. Wait for the next one and try again.");
            return;
        }
        side.add(form(demo));
        if (asked.contains("busy")) refuse("Too many tries at once. Wait a minute, then try again.");
        else if (asked.contains("error"))
            refuse("This e-mail and password don’t go together. Check both and try again.");
        else if (asked.contains("late")) refuse("This sign-in took too long, or too many codes. Begin again.");
        else if (asked.contains("ended")) refuse("Your session has ended. Sign in to go on where you were.");
    }

    private void refuse(String words) {
        refusal.setText(words);
        refusal.setVisible(true);
    }

    private static Aside art() {
        var brand = Parts.div("brand", new Image("velvet/mark.svg", ""), new Bold("Velvet Astro"));
        var sky = new Image("velvet/sky.svg", "");
        sky.addClassName("sky");
        var say = Parts.div(
                "say",
                new Paragraph("See the attack. Prove what happened. Undo what you did."),
                new Small(
                        "One record for detection, response and evidence. Every decision can be replayed, and every event can be checked."));
        var art = new Aside(sky, brand, say);
        art.addClassName("art");
        art.getElement().setAttribute("aria-label", "Velvet Astro");
        return art;
    }

    private Form form(boolean demo) {
        var email = input("email", "email", "username");
        email.getElement()
                .setAttribute("autofocus", true)
                .setAttribute("inputmode", "email")
                .setAttribute("autocapitalize", "none")
                .setAttribute("spellcheck", "false");
        var password = input("password", "password", "current-password");
        var form = new Form();
        form.add(new H1("Sign in"), lead(demo), refusal);
        form.add(label("E-mail", email), Parts.div("field lg", email));
        form.add(label("Password", password), Parts.div("field lg", password, peek(password)));
        var go = new NativeButton("Sign in");
        go.getElement().setAttribute("type", "submit");
        Parts.classed(go, "btn pri lg wide");
        form.add(go, new FootNote("Each sign-in is recorded and watched like any other."));
        csrf(form);
        return form;
    }

    /** The second step: one field for either kind of code, so that pasting works. */
    private Form codeForm(boolean recovery) {
        var code = input("code", "text", recovery ? "off" : "one-time-code");
        code.addClassNames("mono", "code");
        code.getElement()
                .setAttribute("autofocus", true)
                .setAttribute("inputmode", recovery ? "text" : "numeric")
                .setAttribute("autocapitalize", "none")
                .setAttribute("spellcheck", "false")
                .setAttribute("maxlength", "40");
        var lead = new Paragraph(
                recovery
                        ? "Type one of the recovery codes you kept. Each works once."
                        : "Your password was right. Type the six digits your authenticator app shows for Velvet Astro.");
        lead.addClassName("lead");
        var form = new Form();
        form.add(new H1(recovery ? "Use a recovery code" : "Enter your code"), lead, refusal);
        form.add(label(recovery ? "Recovery code" : "Code", code), Parts.div("field lg", code));
        var go = new NativeButton("Sign in");
        go.getElement().setAttribute("type", "submit");
        Parts.classed(go, "btn pri lg wide");
        form.add(
                go,
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

    /** A whole new page, so that the form's token is of the session that will get it. */
    private static Anchor link(String to, String words) {
        var link = new Anchor(to, words);
        link.setRouterIgnore(true);
        link.addClassName("sm");
        return link;
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

    private static NativeLabel label(String words, Field of) {
        var label = new NativeLabel(words);
        label.addClassName("lab");
        label.getElement().setAttribute("for", of.getId().orElseThrow());
        return label;
    }

    private static Field input(String name, String type, String autocomplete) {
        var input = new Field(type, name);
        input.setId(name);
        input.getElement()
                .setAttribute("autocomplete", autocomplete)
                .setAttribute("required", true)
                .setAttribute("maxlength", "254");
        return input;
    }

    private static NativeButton peek(Field password) {
        var peek = Parts.iconButton("gho xs", "eye", "Show password", press -> {});
        peek.getElement().setAttribute("aria-pressed", "false");
        // In the browser only: a click must not wait for the server, and must not tell it anything.
        peek.getElement()
                .executeJs(
                        "this.addEventListener('click', () => { const shown = $0.type === 'text'; $0.type = shown ? 'password' : 'text'; this.setAttribute('aria-pressed', String(!shown)); })",
                        password.getElement());
        return peek;
    }

    private static void csrf(Form form) {
        var request = VaadinServletRequest.getCurrent();
        if (request == null || !(request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token)) return;
        var field = new Field("hidden", token.getParameterName());
        field.getElement().setAttribute("value", token.getToken());
        form.add(field);
    }

    @Tag("form")
    private static class Form extends HtmlContainer {
        Form() {
            addClassNames("box", "glass");
            getElement().setAttribute("method", "post").setAttribute("action", "session");
        }
    }

    /** An input the server hears nothing of; Vaadin's own would send every change. */
    @Tag("input")
    private static class Field extends HtmlComponent {
        Field(String type, String name) {
            getElement().setAttribute("type", type).setAttribute("name", name);
        }
    }

    private static class Side extends Main {
        Side() {
            addClassName("side");
        }
    }

    private static class FootNote extends Paragraph {
        FootNote(String words) {
            super(words);
            addClassName("foot");
        }
    }
}
