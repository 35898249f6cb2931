package io.velvetastro.screens.profile;

import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import io.velvetastro.questions.OwnAccount;
import io.velvetastro.questions.OwnAccount.NotProven;
import io.velvetastro.screens.desk.Deed;
import io.velvetastro.screens.desk.Desk;

/** Names a new passkey and has the browser make it. */
class PasskeyDialog extends Deed {
    /** The browser asks its owner; what it made comes back as JSON. */
    private static final String MAKE =
            "return (async () => JSON.stringify((await navigator.credentials.create({publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse($0))})).toJSON()))()";

    private final OwnAccount own;
    private final Runnable done;
    private final TextField label = new TextField("Name");

    PasskeyDialog(Desk desk, OwnAccount own, Runnable done) {
        super(desk, "Add a passkey", "Add passkey");
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
        desk.act(this, own::passkeyOptions, this::make, this::declined);
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
        act(() -> own.addPasskey(label.getValue(), answer), done);
    }

    @Override
    protected void declined(Throwable failure) {
        if (failure instanceof NotProven) refuse("This passkey does not hold here. Begin again.");
        else super.declined(failure);
    }
}
