package io.velvetastro.screens.parts;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.KeyModifier;
import com.vaadin.flow.component.Shortcuts;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import io.velvetastro.screens.desk.Problem;

/** A question before something is done: it names its target, its button is a verb, and a refusal is shown where it was asked. */
public abstract class Ask extends Dialog {
    private final Div refusal = Parts.div("refusal");
    private final NativeButton go;
    protected final Div body = Parts.div("ask");

    protected Ask(String title, String verb) {
        setHeaderTitle(title);
        refusal.setVisible(false);
        refusal.getElement().setAttribute("role", "alert");
        body.add(refusal);
        add(body);
        go = Parts.button("pri", verb, press -> confirm());
        getFooter().add(Parts.button("gho", "Cancel", press -> close()), go);
        Shortcuts.addShortcutListener(this, this::confirm, Key.ENTER, KeyModifier.CONTROL)
                .listenOn(this);
    }

    /** Does it; ends in {@link #close()} or {@link #refuse}. */
    protected abstract void confirm();

    protected void busy() {
        go.setEnabled(false);
        refusal.setVisible(false);
    }

    /** The next part of the question may be answered. */
    protected void ready() {
        go.setEnabled(true);
        refusal.setVisible(false);
    }

    protected void refuse(Problem problem) {
        refuse(problem.words() + " (" + problem.code() + ")");
    }

    protected void refuse(String words) {
        go.setEnabled(true);
        refusal.setText(words);
        refusal.setVisible(true);
    }

    protected static Div target(String words) {
        var target = Parts.div("target");
        target.setText(words);
        return target;
    }
}
