package io.velvetastro.screens.login;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlComponent;
import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Aside;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.NativeLabel;
import com.vaadin.flow.component.html.Paragraph;
import io.velvetastro.screens.parts.Bold;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.Small;

/** What everybody sees who is not inside: the sky on one side, and on the other one form, whose fields the server never hears of. */
@JsModule("context://velvet/door.js")
abstract class DoorView extends Div {
    final Main side = new Main();

    DoorView() {
        addClassName("signin");
        side.addClassName("side");
        add(art(), side);
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

    /** A whole new page, so that the form's token is of the session that will get it. */
    static Anchor link(String to, String words) {
        var link = new Anchor(to, words);
        link.setRouterIgnore(true);
        link.addClassName("sm");
        return link;
    }

    static Paragraph lead(String words) {
        var lead = new Paragraph(words);
        lead.addClassName("lead");
        return lead;
    }

    static NativeLabel label(String words, Field of) {
        var label = new NativeLabel(words);
        label.addClassName("lab");
        label.getElement().setAttribute("for", of.getId().orElseThrow());
        return label;
    }

    static Field input(String name, String type, String autocomplete) {
        var input = new Field(type, name);
        input.setId(name);
        input.getElement()
                .setAttribute("autocomplete", autocomplete)
                .setAttribute("required", true)
                .setAttribute("maxlength", type.equals("password") ? "256" : "254");
        return input;
    }

    static Field email() {
        var email = input("email", "email", "username");
        email.getElement()
                .setAttribute("autofocus", true)
                .setAttribute("inputmode", "email")
                .setAttribute("autocapitalize", "none")
                .setAttribute("spellcheck", "false");
        return email;
    }

    static NativeButton peek(Field password) {
        var peek = Parts.iconButton("gho xs", "eye", "Show password", press -> {});
        peek.getElement().setAttribute("aria-pressed", "false");
        // In the browser only: a click must not wait for the server, and must not tell it anything.
        peek.getElement()
                .executeJs(
                        "this.addEventListener('click', () => { const shown = $0.type === 'text'; $0.type = shown ? 'password' : 'text'; this.setAttribute('aria-pressed', String(!shown)); })",
                        password.getElement());
        return peek;
    }

    static NativeButton go(String words) {
        var go = new NativeButton(words);
        go.getElement().setAttribute("type", "submit");
        return Parts.classed(go, "btn pri lg wide");
    }

    /** Where a refusal stands, said by the browser. */
    static Div alert() {
        var alert = Parts.div("refusal");
        alert.getElement().setAttribute("role", "alert").setAttribute("hidden", true);
        return alert;
    }

    static Paragraph foot(Component... words) {
        var foot = new Paragraph(words);
        foot.addClassName("foot");
        return foot;
    }

    @Tag("form")
    static class Form extends HtmlContainer {
        private Form() {
            addClassNames("box", "glass");
            getElement().setAttribute("method", "post");
        }

        /** Posted as browsers post forms. */
        static Form postedTo(String action) {
            var form = new Form();
            form.getElement().setAttribute("action", action);
            return form;
        }

        /** Sent as JSON to one of the house's calls. */
        static Form sentTo(String call) {
            var form = new Form();
            form.getElement().setAttribute("data-call", call);
            return form;
        }

        /** @param page where it goes when it is done */
        Form then(String page) {
            getElement().setAttribute("data-then", page);
            return this;
        }

        /** @param gone what is said when what stands behind the # opens nothing any more */
        Form withLink(String gone) {
            getElement().setAttribute("data-gone", gone);
            return this;
        }
    }

    /** An input the server hears nothing of; Vaadin's own would send every change. */
    @Tag("input")
    static class Field extends HtmlComponent {
        Field(String type, String name) {
            getElement().setAttribute("type", type).setAttribute("name", name);
        }
    }
}
