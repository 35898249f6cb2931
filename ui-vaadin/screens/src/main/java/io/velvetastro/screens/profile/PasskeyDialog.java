package io.velvetastro.screens.profile;

import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import io.velvetastro.questions.OwnAccount;
import io.velvetastro.questions.OwnAccount.NotProven;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.desk.Problem;
import io.velvetastro.screens.parts.Ask;

/** Names a new passkey and has the browser make it. */
class PasskeyDialog extends Ask {
    /** The browser asks its owner; what it made comes back as JSON. */
    private static final String MAKE =
            "return (async () => JSON.stringify((await navigator.credentials.create({publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse($0))})).toJSON()))()";

    private final Desk desk;
    private final OwnAccount own;
    private final Runnable done;
    private final TextField label = new TextField("Name");

    PasskeyDialog(Desk desk, OwnAccount own, Runnable done) {
        super("Add a passkey", "Add passkey");
        this.desk = desk;
        this.own = own;
        this.done = done;
        label.setWidthFull();
        label.setMaxLength(60);
        label.setPlaceholder("Where it lives, such as: work laptop");
        body.add(new Paragraph("Your browser asks you next. The house keeps only the public half."), label);
        label.focus();
    }

    @Override
    protected void confirm() {
        busy();
        desk.act(this, own::passkeyOptions, this::make, failure -> refuse(Problem.ordering(failure)));
    }

    private void make(String options) {
        getElement()
                .executeJs(MAKE, options)
                .then(
                        String.class,
                        this::keep,
                        cancelled -> refuse("No passkey was made: your browser was cancelled, or has one already."));
    }

    private void keep(String answer) {
        desk.act(
                this,
                () -> {
                    own.addPasskey(label.getValue(), answer);
                    return true;
                },
                added -> {
                    close();
                    done.run();
                },
                failure -> {
                    if (failure instanceof NotProven) refuse("This passkey does not hold here. Begin again.");
                    else refuse(Problem.ordering(failure));
                });
    }
}
