package io.velvetastro.screens.incidents;

import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextArea;
import io.velvetastro.language.Disposition;
import io.velvetastro.language.IncidentCommand.ResolveIncident;
import io.velvetastro.questions.Incidents.IncidentRow;
import io.velvetastro.screens.desk.Deed;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.parts.Words;

/** Asks what it turned out to be; without that an incident is not resolved. */
class ResolveDialog extends Deed {
    private final IncidentRow incident;
    private final Runnable done;
    private final RadioButtonGroup<Disposition> disposition = new RadioButtonGroup<>("It was");
    private final TextArea note = new TextArea("Note, if there is more to say");

    ResolveDialog(Desk desk, IncidentRow incident, Runnable done) {
        super(desk, "Resolve " + IncidentGrid.number(incident), "Resolve incident");
        this.incident = incident;
        this.done = done;
        disposition.setItems(Disposition.values());
        disposition.setItemLabelGenerator(Words::of);
        disposition.setRequiredIndicatorVisible(true);
        note.setMaxLength(4000);
        body.add(target(incident.title()), disposition, note);
    }

    @Override
    protected void confirm() {
        if (disposition.getValue() == null) {
            disposition.setInvalid(true);
            disposition.setErrorMessage("Choose what it was");
            return;
        }
        var words =
                note.getValue().isBlank() ? null : desk.sealed(note.getValue().strip());
        order(new ResolveIncident(incident.id(), desk.tenant(), disposition.getValue(), words, desk.now()), done);
    }
}
