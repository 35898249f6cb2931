package io.velvetastro.screens.incidents;

import com.vaadin.flow.component.select.Select;
import io.velvetastro.language.Authority;
import io.velvetastro.language.IncidentCommand.AssignIncident;
import io.velvetastro.questions.Incidents.IncidentRow;
import io.velvetastro.questions.Members.MemberList;
import io.velvetastro.questions.Members.MemberListAnswer;
import io.velvetastro.questions.Members.MemberRow;
import io.velvetastro.screens.desk.Deed;
import io.velvetastro.screens.desk.Desk;

/** Asks who takes it on. */
class AssignDialog extends Deed {
    private final IncidentRow incident;
    private final Runnable done;
    private final Select<MemberRow> member = new Select<>();

    AssignDialog(Desk desk, IncidentRow incident, Runnable done) {
        super(desk, "Assign " + IncidentGrid.number(incident), "Assign incident");
        this.incident = incident;
        this.done = done;
        member.setLabel("To");
        member.setItemLabelGenerator(MemberRow::name);
        body.add(target(incident.title()), member);
        desk.ask(this, new MemberList(desk.tenant()), MemberListAnswer.class, this::offer, this::refuse);
    }

    private void offer(MemberListAnswer answer) {
        var able = answer.members().stream()
                .filter(each -> each.role().authorities().contains(Authority.INCIDENTS_WRITE))
                .toList();
        member.setItems(able);
        able.stream()
                .filter(each -> each.id().equals(desk.caller().member()))
                .findFirst()
                .ifPresent(member::setValue);
    }

    @Override
    protected void confirm() {
        if (member.getValue() == null) {
            member.setInvalid(true);
            member.setErrorMessage("Choose a person");
            return;
        }
        order(new AssignIncident(incident.id(), desk.tenant(), member.getValue().id(), desk.now()), done);
    }
}
