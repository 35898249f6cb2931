package io.velvetastro.screens.login;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Span;
import io.velvetastro.screens.parts.Parts;

/** Chooses a password with the link of a letter, which stands behind the # and reaches the server only with the form. */
abstract class ChooseView extends DoorView {

    /** {@code again} leads on where the link opens nothing any more. */
    ChooseView(String title, String words, String verb, String call, String then, String gone, Anchor again) {
        var password = input("password", "password", "new-password");
        password.getElement()
                .setAttribute("autofocus", true)
                .setAttribute("minlength", "12")
                .setAttribute("aria-describedby", "rules");
        var rules = foot(
                new Span(
                        "12 characters or more, of any kind. Four or five random words are better than one clever one; pasting from a password manager is best."));
        rules.setId("rules");
        var form = Form.sentTo(call).then(then).withLink(gone);
        form.add(
                new H1(title),
                lead(words),
                alert(),
                label("New password", password),
                Parts.div("field lg", password, peek(password)),
                go(verb),
                rules,
                foot(new Span("The link does not work? "), again));
        side.add(form);
    }
}
