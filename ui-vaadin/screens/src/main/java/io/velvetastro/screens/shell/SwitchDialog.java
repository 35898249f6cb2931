package io.velvetastro.screens.shell;

import static io.velvetastro.language.Refused.Why.NOT_AS_IT_STANDS;

import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import io.velvetastro.language.Refused;
import io.velvetastro.questions.Organizations;
import io.velvetastro.questions.Organizations.OrganizationRow;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.desk.Problem;
import io.velvetastro.screens.parts.Ask;
import io.velvetastro.screens.parts.Words;
import java.util.List;

/** Asks in which of one's organisations to go on. */
class SwitchDialog extends Ask {
    private final Desk desk;
    private final Organizations organizations;
    private final Select<OrganizationRow> where = new Select<>();
    private final TextField invitation = new TextField("Or take up an invitation");

    SwitchDialog(Desk desk, Organizations organizations, List<OrganizationRow> mine) {
        super("Switch organisation", "Switch");
        this.desk = desk;
        this.organizations = organizations;
        where.setLabel("Go on in");
        where.setItems(
                mine.stream().filter(row -> !row.id().equals(desk.tenant())).toList());
        where.setItemLabelGenerator(row -> row.name() + ", " + Words.of(row.role()));
        where.setWidthFull();
        where.setEmptySelectionAllowed(false);
        invitation.setHelperText("Paste the link you were sent; it has to be made out to "
                + desk.caller().email());
        invitation.setWidthFull();
        invitation.setMaxLength(300);
        if (mine.size() > 1) body.add(where);
        body.add(invitation);
    }

    @Override
    protected void confirm() {
        var link = invitation.getValue().strip();
        var chosen = where.getValue();
        if (link.isEmpty() && chosen == null) {
            invitation.focus();
            return;
        }
        busy();
        if (link.isEmpty()) enter(chosen, "");
        else
            desk.act(
                    this,
                    () -> organizations.accept(desk.caller(), token(link)),
                    this::joined,
                    failure -> refuse(Problem.ordering(failure)));
    }

    /** The invitation is used up, whatever comes of going there. */
    private void joined(OrganizationRow row) {
        invitation.clear();
        where.setItems(row);
        where.setValue(row);
        body.add(where);
        enter(row, "You belong to " + row.name() + " now. ");
    }

    private void enter(OrganizationRow to, String sofar) {
        desk.act(
                this,
                () -> {
                    organizations.enter(desk.caller(), to.id());
                    return true;
                },
                entered -> close(), // The page ends with who it was opened as.
                failure -> refuse(sofar + why(failure)));
    }

    /** What is asked for there the organisation's door says best. */
    private static String why(Throwable failure) {
        if (failure instanceof Refused refused && refused.why() == NOT_AS_IT_STANDS && refused.getMessage() != null)
            return refused.getMessage();
        var problem = Problem.ordering(failure);
        return "Going on there was not possible. (" + problem.code() + ")";
    }

    /** What stands behind the #, or the whole where there is none. */
    private static String token(String link) {
        return link.substring(link.indexOf('#') + 1);
    }
}
