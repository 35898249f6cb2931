package io.velvetastro.screens.admin;

import com.vaadin.flow.component.html.NativeButton;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.parts.Parts;

/** Makes the buttons of what is done at once and to somebody: each asks first, and names whom. */
record Ending(Desk desk, Runnable done) {

    /** {@code label} is the whole of what the button does, for who does not see beside whom it stands. */
    NativeButton button(String verb, String label, String title, String target, String words, Runnable deed) {
        var button = Parts.button(
                "gho xs", verb, press -> new EndDialog(desk, title, title, target, words, deed, done).open());
        button.setAriaLabel(label);
        return button;
    }
}
