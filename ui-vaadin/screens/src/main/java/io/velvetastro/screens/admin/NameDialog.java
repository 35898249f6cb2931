package io.velvetastro.screens.admin;

import com.vaadin.flow.component.textfield.TextField;
import io.velvetastro.screens.desk.Deed;
import io.velvetastro.screens.desk.Desk;
import java.util.function.Consumer;

/** Asks what an organisation is called. */
class NameDialog extends Deed {
    private final Consumer<String> deed;
    private final Runnable done;
    private final TextField name = new TextField("Name");

    NameDialog(Desk desk, String title, String verb, String before, Consumer<String> deed, Runnable done) {
        super(desk, title, verb);
        this.deed = deed;
        this.done = done;
        name.setWidthFull();
        name.setMaxLength(100);
        name.setValue(before);
        body.add(name);
        name.focus();
    }

    @Override
    protected void confirm() {
        var chosen = name.getValue().strip();
        if (chosen.isEmpty() || chosen.matches(".*[\\p{Cntrl}<>].*")) {
            name.setInvalid(true);
            name.setErrorMessage("A name in plain text");
            name.focus();
            return;
        }
        act(() -> deed.accept(chosen), done);
    }
}
