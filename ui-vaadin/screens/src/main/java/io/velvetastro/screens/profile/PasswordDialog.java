package io.velvetastro.screens.profile;

import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.PasswordField;
import io.velvetastro.questions.OwnAccount;
import io.velvetastro.questions.OwnAccount.NotProven;
import io.velvetastro.screens.desk.Desk;

/** Asks for the old password and a new one. */
class PasswordDialog extends ProofAsk {
    private final OwnAccount own;
    private final Runnable done;
    private final PasswordField fresh = new PasswordField("New password");

    PasswordDialog(Desk desk, OwnAccount own, Runnable done) {
        super(desk, "Change your password", "Change password");
        this.own = own;
        this.done = done;
        fresh.setWidthFull();
        fresh.setMaxLength(256);
        fresh.setHelperText("12 characters or more, of any kind; pasting is fine");
        fresh.getElement().setAttribute("autocomplete", "new-password");
        body.add(new Paragraph("Your other sessions end."), password, fresh);
        password.focus();
    }

    @Override
    protected void confirm() {
        fresh.setInvalid(false);
        act(() -> own.changePassword(password.getValue(), fresh.getValue()), done);
    }

    @Override
    protected void declined(Throwable failure) {
        if (failure instanceof NotProven wrong && wrong.field().equals("fresh")) {
            refuse("The new password " + wrong.getMessage() + ".");
            fresh.setInvalid(true);
            fresh.focus();
            return;
        }
        super.declined(failure);
    }
}
