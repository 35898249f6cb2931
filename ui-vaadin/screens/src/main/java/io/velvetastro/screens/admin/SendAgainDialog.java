package io.velvetastro.screens.admin;

import com.vaadin.flow.component.html.Paragraph;
import io.velvetastro.questions.Membership;
import io.velvetastro.questions.Membership.InvitationRow;
import io.velvetastro.questions.Membership.ShownInvitation;
import io.velvetastro.screens.desk.Deed;
import io.velvetastro.screens.desk.Desk;
import java.util.function.Consumer;

/** For who has lost the letter or the link: another one, as what they were invited as. */
class SendAgainDialog extends Deed {
    private final Membership staff;
    private final InvitationRow row;
    private final Consumer<ShownInvitation> done;

    SendAgainDialog(Desk desk, Membership staff, InvitationRow row, Consumer<ShownInvitation> done) {
        super(desk, "Send invitation again", "Send again");
        this.staff = staff;
        this.row = row;
        this.done = done;
        body.add(
                target(row.email()),
                new Paragraph("The new link is good for seven days; the one before stops working."));
    }

    @Override
    protected void confirm() {
        act(() -> staff.invite(desk.caller(), row.email(), row.role()), done);
    }
}
