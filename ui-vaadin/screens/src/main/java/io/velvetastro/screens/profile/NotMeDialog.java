package io.velvetastro.screens.profile;

import com.vaadin.flow.component.html.Paragraph;
import io.velvetastro.questions.OwnAccount;
import io.velvetastro.questions.OwnAccount.NoticeRow;
import io.velvetastro.screens.desk.Deed;
import io.velvetastro.screens.desk.Desk;

/** Asks before a member shuts everybody else out of their account, and leads on to a new password. */
class NotMeDialog extends Deed {
    private final OwnAccount own;
    private final NoticeRow notice;
    private final Runnable done;

    NotMeDialog(Desk desk, OwnAccount own, NoticeRow notice, String what, Runnable done) {
        super(desk, "This wasn’t you?", "It wasn’t me");
        this.own = own;
        this.notice = notice;
        this.done = done;
        body.add(
                target(what),
                new Paragraph(
                        "All your other sessions end at once, every device becomes a stranger, and what was added then or since goes. Then choose a new password."));
    }

    @Override
    protected void confirm() {
        act(() -> own.notMe(notice.id()), () -> {
            done.run();
            new PasswordDialog(desk, own, done).open();
        });
    }
}
