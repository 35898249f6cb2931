package io.velvetastro.screens.incidents;

import com.vaadin.flow.component.textfield.TextArea;
import io.velvetastro.language.IncidentCommand.CommentOnIncident;
import io.velvetastro.questions.Incidents.IncidentRow;
import io.velvetastro.screens.desk.Deed;
import io.velvetastro.screens.desk.Desk;

/** A note on the timeline; it is sealed before it leaves this room, because notes name people. */
class CommentDialog extends Deed {
    private final IncidentRow incident;
    private final Runnable done;
    private final TextArea words = new TextArea("Note");

    CommentDialog(Desk desk, IncidentRow incident, Runnable done) {
        super(desk, "Note on " + IncidentGrid.number(incident), "Add note");
        this.incident = incident;
        this.done = done;
        words.setMaxLength(4000);
        words.setMinRows(4);
        body.add(target(incident.title()), words);
        words.focus();
    }

    @Override
    protected void confirm() {
        if (words.getValue().isBlank()) {
            words.setInvalid(true);
            words.setErrorMessage("Write something first");
            return;
        }
        order(
                new CommentOnIncident(
                        incident.id(),
                        desk.tenant(),
                        desk.sealed(words.getValue().strip()),
                        desk.now()),
                done);
    }
}
