package io.velvetastro.screens.desk;

import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.PasswordField;
import io.velvetastro.questions.OwnAccount;
import io.velvetastro.questions.OwnAccount.NotProven;
import io.velvetastro.screens.parts.Ask;
import org.springframework.security.core.AuthenticationException;

/** Asks once more who sits here, before something that outlives the session; then what was asked is done. */
class ProveDialog extends Ask {
    private final Desk desk;
    private final OwnAccount own;
    private final Runnable done;
    private final PasswordField proof = new PasswordField();
    private boolean proven;

    ProveDialog(Desk desk, OwnAccount own, Runnable done) {
        super("Prove that it’s you", "Go on");
        this.desk = desk;
        this.own = own;
        this.done = done;
        boolean code = own.secondFactor().on();
        proof.setLabel(code ? "Code" : "Your password");
        proof.setHelperText(code ? "Six digits of your app, or a recovery code" : "");
        proof.setMaxLength(256);
        proof.setWidthFull();
        proof.getElement().setAttribute("autocomplete", code ? "one-time-code" : "current-password");
        body.add(
                new Paragraph(
                        "What you are about to do outlives this session, so we ask again. For ten minutes we don’t ask any more."),
                proof);
        proof.focus();
    }

    void whenCancelled(Runnable then) {
        addOpenedChangeListener(change -> {
            if (!change.isOpened() && !proven) then.run();
        });
    }

    @Override
    protected void confirm() {
        busy();
        desk.act(
                this,
                () -> {
                    own.prove(proof.getValue());
                    return true;
                },
                given -> {
                    proven = true;
                    close();
                    done.run();
                },
                this::declined);
    }

    private void declined(Throwable failure) {
        switch (failure) {
            case NotProven wrong -> {
                refuse(
                        wrong.field().equals("code")
                                ? "This code does not fit, or was used before. Wait for the next one."
                                : "This is not your password.");
                proof.clear();
                proof.focus();
            }
            case AuthenticationException _ -> refuse("Too many tries. Wait a minute, then try again.");
            default -> refuse(Problem.ordering(failure));
        }
    }
}
