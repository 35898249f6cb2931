package io.velvetastro.screens.desk;

import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.PasswordField;
import io.velvetastro.questions.OwnAccount;
import io.velvetastro.questions.OwnAccount.NotProven;
import io.velvetastro.screens.parts.Ask;
import io.velvetastro.screens.parts.Parts;
import org.springframework.security.core.AuthenticationException;

/** Asks once more who sits here, before something that outlives the session; then what was asked is done. */
class ProveDialog extends Ask {
    /** The browser asks the key's owner; what it answers comes back as JSON. */
    private static final String USE =
            "return (async () => JSON.stringify((await navigator.credentials.get({publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse($0))})).toJSON()))()";

    private final Desk desk;
    private final OwnAccount own;
    private final Runnable done;
    private final PasswordField proof = new PasswordField();
    private final Kind kind;
    private boolean proven;

    /** What somebody proves it with: the strongest that they have. */
    private enum Kind {
        PASSWORD,
        CODE,
        PASSKEY;

        static Kind of(boolean hasApp, boolean hasPasskey) {
            return hasApp ? CODE : hasPasskey ? PASSKEY : PASSWORD;
        }
    }

    ProveDialog(Desk desk, OwnAccount own, Runnable done) {
        this(desk, own, own.secondFactor().on(), !own.passkeys().isEmpty(), done);
    }

    private ProveDialog(Desk desk, OwnAccount own, boolean hasApp, boolean hasPasskey, Runnable done) {
        super("Prove that it’s you", Kind.of(hasApp, hasPasskey) == Kind.PASSKEY ? "Use your passkey" : "Go on");
        this.desk = desk;
        this.own = own;
        this.done = done;
        kind = Kind.of(hasApp, hasPasskey);
        body.add(
                new Paragraph(
                        "What you are about to do outlives this session, so we ask again. For ten minutes we don’t ask any more."));
        if (kind == Kind.PASSKEY) return;
        boolean code = kind == Kind.CODE;
        proof.setLabel(code ? "Code" : "Your password");
        proof.setHelperText(code ? "Six digits of your app, or a recovery code" : "");
        proof.setMaxLength(256);
        proof.setWidthFull();
        proof.getElement().setAttribute("autocomplete", code ? "one-time-code" : "current-password");
        body.add(proof);
        if (hasPasskey)
            body.add(Parts.button("", "fingerprint-pattern", "Use a passkey instead", press -> withPasskey()));
        proof.focus();
    }

    void whenCancelled(Runnable then) {
        addOpenedChangeListener(change -> {
            if (!change.isOpened() && !proven) then.run();
        });
    }

    @Override
    protected void confirm() {
        if (kind == Kind.PASSKEY) withPasskey();
        else give(() -> own.prove(proof.getValue()));
    }

    private void withPasskey() {
        busy();
        desk.act(this, own::proofOptions, this::use, this::declined);
    }

    private void use(String options) {
        getElement()
                .executeJs(USE, options)
                .then(
                        String.class,
                        answer -> give(() -> own.proveByPasskey(answer)),
                        cancelled -> refuse("No passkey was used."));
    }

    private void give(Runnable shown) {
        busy();
        desk.act(
                this,
                () -> {
                    shown.run();
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
                        switch (wrong.field()) {
                            case "code" -> "This code does not fit, or was used before. Wait for the next one.";
                            case "credential" -> "This passkey does not hold here.";
                            default -> "This is not your password.";
                        });
                proof.clear();
                proof.focus();
            }
            case AuthenticationException _ -> refuse("Too many tries. Wait a minute, then try again.");
            default -> refuse(Problem.ordering(failure));
        }
    }
}
