package io.velvetastro.screens.profile;

import com.vaadin.flow.component.textfield.TextField;
import io.velvetastro.questions.OwnAccount;
import io.velvetastro.questions.OwnAccount.NotProven;
import io.velvetastro.screens.desk.Deed;
import io.velvetastro.screens.desk.Desk;

/** Asks what somebody is called. */
class OwnNameDialog extends Deed {
    private final OwnAccount own;
    private final Runnable done;
    private final TextField name = new TextField("Your name");

    OwnNameDialog(Desk desk, OwnAccount own, Runnable done) {
        super(desk, "Change your name", "Change name");
        this.own = own;
        this.done = done;
        name.setWidthFull();
        name.setMaxLength(100);
        name.setValue(desk.caller().name());
        name.setHelperText("As your colleagues see it, in all your organisations");
        name.getElement().setAttribute("autocomplete", "name");
        body.add(name);
        name.focus();
    }

    @Override
    protected void confirm() {
        name.setInvalid(false);
        act(() -> own.rename(name.getValue()), done);
    }

    @Override
    protected void declined(Throwable failure) {
        if (!(failure instanceof NotProven)) {
            super.declined(failure);
            return;
        }
        refuse("A name in plain text, without an address in it.");
        name.setInvalid(true);
        name.focus();
    }
}
