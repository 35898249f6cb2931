package io.velvetastro.screens.profile;

import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import io.velvetastro.questions.OwnAccount.NotProven;
import io.velvetastro.screens.desk.Deed;
import io.velvetastro.screens.desk.Desk;
import org.springframework.security.core.AuthenticationException;

/** A question that takes a proof, and says which proof did not hold. */
abstract class ProofAsk extends Deed {
    final PasswordField password = new PasswordField("Your password");
    final TextField code = new TextField("Code");

    ProofAsk(Desk desk, String title, String verb) {
        super(desk, title, verb);
        password.setWidthFull();
        password.setMaxLength(256);
        password.getElement().setAttribute("autocomplete", "current-password");
        code.setHelperText("Six digits of your app, or a recovery code");
        code.setMaxLength(40);
        code.getElement().setProperty("autocomplete", "one-time-code");
        code.addClassName("mono");
    }

    @Override
    protected void declined(Throwable failure) {
        password.setInvalid(false);
        code.setInvalid(false);
        switch (failure) {
            case NotProven wrong
            when wrong.field().equals("password") -> {
                refuse("This is not your password.");
                password.setInvalid(true);
                password.focus();
            }
            case NotProven _ -> {
                refuse("This code does not fit, or was used before. Wait for the next one.");
                code.setInvalid(true);
                code.focus();
            }
            case AuthenticationException _ -> refuse("Too many tries. Wait a minute, then try again.");
            default -> super.declined(failure);
        }
    }
}
