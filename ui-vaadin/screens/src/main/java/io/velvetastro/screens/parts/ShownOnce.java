package io.velvetastro.screens.parts;

import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import java.util.List;

/** Secrets that are shown this once: to copy or to write down, and then to close. Nothing else closes it. */
public class ShownOnce extends Dialog {
    private final Div list;

    public ShownOnce(String title, String words, List<String> secrets) {
        setHeaderTitle(title);
        setCloseOnEsc(false);
        setCloseOnOutsideClick(false);
        list = Parts.div(secrets.size() == 1 ? "secrets one" : "secrets");
        list.getElement()
                .setAttribute("tabindex", "0")
                .setAttribute("role", "group")
                .setAttribute("aria-label", title);
        secrets.forEach(secret -> list.add(Parts.text("mono", secret)));
        var copy = Parts.button("", "copy", "Copy", press -> {});
        // In the browser only: what is shown once does not come back to the server.
        copy.getElement()
                .executeJs(
                        "this.addEventListener('click', () => navigator.clipboard?.writeText([...$0.children].map(e => e.textContent).join('\\n')).then(() => { this.lastElementChild.textContent = 'Copied'; }))",
                        list.getElement());
        add(Parts.div("ask", new Paragraph(words), list));
        getFooter().add(copy, Parts.button("pri", "I have kept it", press -> close()));
    }

    /** What is shown are paths of this house; the browser knows the rest of the address. */
    public ShownOnce asLinks() {
        list.getElement()
                .executeJs(
                        "[...this.children].forEach(e => { e.textContent = new URL(e.textContent, document.baseURI).href; })");
        return this;
    }
}
