package io.velvetastro.screens.forensics;

import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import io.velvetastro.language.DoubtCommand.AcknowledgeDoubt;
import io.velvetastro.screens.desk.Deed;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.parts.Words;

/** Asks why a changed event may stand there, and has it recorded for good who has looked at it. */
class DoubtDialog extends Deed {
    private final long leaf;
    private final Runnable done;
    private final TextField reason = new TextField("Reason");

    DoubtDialog(Desk desk, long leaf, Runnable done) {
        super(desk, "Acknowledge a doubt", "Say that I have looked");
        this.leaf = leaf;
        this.done = done;
        reason.setRequiredIndicatorVisible(true);
        reason.setMaxLength(2_000);
        reason.setHelperText("What you found, and why it may stand there");
        body.add(
                target("The event at leaf " + Words.count(leaf)
                        + " was no longer as it had been stored when the ledger sealed it."),
                reason,
                new Paragraph("This is recorded under your name. The doubt stays visible, with your words beside it."));
        reason.focus();
    }

    @Override
    protected void confirm() {
        if (reason.getValue().isBlank()) {
            reason.setInvalid(true);
            reason.setErrorMessage("Say why, for whoever reads this in a year");
            reason.focus();
            return;
        }
        reason.setInvalid(false);
        var words = desk.sealed(reason.getValue().strip());
        order(new AcknowledgeDoubt(desk.tenant(), leaf, words, desk.now()), done);
    }
}
