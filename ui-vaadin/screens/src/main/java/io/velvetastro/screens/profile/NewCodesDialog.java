package io.velvetastro.screens.profile;

import com.vaadin.flow.component.html.Paragraph;
import io.velvetastro.questions.OwnAccount;
import io.velvetastro.screens.desk.Desk;
import java.util.List;
import java.util.function.Consumer;

/** Asks for a code before new recovery codes replace the old ones. */
class NewCodesDialog extends ProofAsk {
    private final OwnAccount own;
    private final Consumer<List<String>> done;

    NewCodesDialog(Desk desk, OwnAccount own, Consumer<List<String>> done) {
        super(desk, "New recovery codes", "Make new codes");
        this.own = own;
        this.done = done;
        body.add(new Paragraph("The codes you have now stop working."), code);
        code.focus();
    }

    @Override
    protected void confirm() {
        act(() -> own.newRecoveryCodes(code.getValue()), done);
    }
}
