package io.velvetastro.screens.forensics;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextArea;
import io.velvetastro.ledger.Checkpoint;
import io.velvetastro.ledger.ConsistencyProof;
import io.velvetastro.ledger.NotProven;
import io.velvetastro.ledger.Note;
import io.velvetastro.ledger.VerifierKey;
import io.velvetastro.questions.Forensics.LedgerAnswer;
import io.velvetastro.questions.Forensics.Unchanged;
import io.velvetastro.questions.Forensics.UnchangedAnswer;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.parts.Ask;
import io.velvetastro.screens.parts.Icon;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.Words;

/** Holds a checkpoint that somebody kept against the ledger of today: was anything rewritten since? */
class CompareDialog extends Ask {
    private final Desk desk;
    private final LedgerAnswer ledger;
    private final TextArea saved = new TextArea("A checkpoint you kept");
    private final Div verdict = Parts.div("verdict");

    CompareDialog(Desk desk, LedgerAnswer ledger) {
        super("Compare with a saved checkpoint", "Compare");
        this.desk = desk;
        this.ledger = ledger;
        saved.setMinRows(6);
        saved.setMaxLength(64 * 1024);
        saved.addClassName("mono");
        saved.setHelperText("The whole signed note, as /api/v1/forensics/checkpoint or a bundle gave it to you");
        verdict.getElement().setAttribute("role", "status");
        body.add(
                new Paragraph(
                        "Keep a checkpoint now and then, outside this house. If it still fits later, nothing up to it was changed."),
                saved,
                verdict,
                Parts.button("xs", "copy", "Copy today’s checkpoint", press -> copy()));
        saved.focus();
    }

    private void copy() {
        getElement().executeJs("navigator.clipboard?.writeText($0)", ledger.checkpoint());
        say("check", "Today’s checkpoint is on your clipboard. Keep it where nobody here can change it.");
    }

    @Override
    protected void confirm() {
        verdict.removeAll();
        try {
            var key = VerifierKey.parse(ledger.logKey());
            var earlier = Checkpoint.trusted(Note.parse(saved.getValue().strip() + "\n"), key.name(), key);
            busy();
            desk.ask(
                    this,
                    new Unchanged(desk.tenant(), earlier.size()),
                    UnchangedAnswer.class,
                    answer -> judge(key, earlier, answer),
                    this::refuse);
        } catch (NotProven notOurs) {
            refuse("This is no checkpoint of this ledger. " + notOurs.getMessage());
        }
    }

    private void judge(VerifierKey key, Checkpoint earlier, UnchangedAnswer answer) {
        if (answer.proof() == null) {
            refuse("This ledger was never of size " + Words.count(earlier.size())
                    + ", although its key signed that it was. That is what a rewritten history looks like.");
            return;
        }
        try {
            var today = Checkpoint.trusted(Note.parse(answer.checkpoint()), key.name(), key);
            ConsistencyProof.parse(answer.proof()).verify(earlier.root(), today.root());
            refuse("");
            say(
                    "badge-check",
                    "Nothing was rewritten: checkpoint " + Words.count(today.size()) + " contains checkpoint "
                            + Words.count(earlier.size()) + " unchanged.");
        } catch (NotProven rewritten) {
            refuse("History was rewritten since this checkpoint. " + rewritten.getMessage());
        }
    }

    private void say(String icon, String words) {
        verdict.removeAll();
        verdict.add(Icon.small(icon), new Span(words));
    }
}
