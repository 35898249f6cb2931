package io.velvetastro.screens.admin;

import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.EmailField;
import io.velvetastro.language.Role;
import io.velvetastro.questions.Membership;
import io.velvetastro.questions.Membership.ShownInvitation;
import io.velvetastro.screens.desk.Deed;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.parts.Words;
import java.util.function.Consumer;

/** Asks who is invited, and as what. */
class InviteDialog extends Deed {
    private final Membership staff;
    private final Consumer<ShownInvitation> done;
    private final EmailField email = new EmailField("E-mail");
    private final Select<Role> role = new Select<>();

    InviteDialog(Desk desk, Membership staff, Consumer<ShownInvitation> done) {
        super(desk, "Invite somebody", "Invite");
        this.staff = staff;
        this.done = done;
        email.setWidthFull();
        email.setMaxLength(254);
        role.setLabel("As");
        role.setItems(Roles.givenBy(desk.caller()));
        role.setItemLabelGenerator(Words::of);
        role.setValue(Role.IT_SECURITY);
        body.add(email, role);
    }

    @Override
    protected void confirm() {
        if (email.isEmpty() || email.isInvalid()) {
            email.setInvalid(true);
            email.setErrorMessage("Their e-mail address");
            email.focus();
            return;
        }
        act(() -> staff.invite(desk.caller(), email.getValue(), role.getValue()), done);
    }
}
