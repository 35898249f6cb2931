package io.velvetastro.screens.admin;

import com.vaadin.flow.component.select.Select;
import io.velvetastro.language.Role;
import io.velvetastro.questions.Members.MemberRow;
import io.velvetastro.questions.Membership;
import io.velvetastro.screens.desk.Deed;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.parts.Words;

/** Asks what a member is from now on. */
class RoleDialog extends Deed {
    private final Membership staff;
    private final MemberRow member;
    private final Runnable done;
    private final Select<Role> role = new Select<>();

    RoleDialog(Desk desk, Membership staff, MemberRow member, Runnable done) {
        super(desk, "Change role", "Give role");
        this.staff = staff;
        this.member = member;
        this.done = done;
        role.setLabel("Role");
        role.setItems(Roles.givenBy(desk.caller()));
        role.setItemLabelGenerator(Words::of);
        role.setValue(member.role());
        role.setHelperText("It counts at their next request; open pages ask them to sign in again");
        body.add(target(member.name() + ", " + member.email()), role);
    }

    @Override
    protected void confirm() {
        act(() -> staff.giveRole(desk.caller(), member.id(), role.getValue()), done);
    }
}
