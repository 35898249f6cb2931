package io.velvetastro.screens.profile;

import com.vaadin.flow.component.html.Paragraph;
import io.velvetastro.questions.OwnAccount;
import io.velvetastro.screens.desk.Desk;

/** Asks for both proofs before the second factor goes. */
class SwitchOffDialog extends ProofAsk {
    private final OwnAccount own;
    private final Runnable done;

    SwitchOffDialog(Desk desk, OwnAccount own, Runnable done) {
        super(desk, "Switch off two-step sign-in", "Switch off");
        this.own = own;
        this.done = done;
        body.add(new Paragraph("Then your password alone lets anybody in who knows it."), password, code);
    }

    @Override
    protected void confirm() {
        act(() -> own.switchOff(password.getValue(), code.getValue()), done);
    }
}
