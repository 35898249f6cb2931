package io.velvetastro.screens.profile;

import com.vaadin.flow.component.html.Paragraph;
import io.velvetastro.questions.OwnAccount;
import io.velvetastro.questions.OwnAccount.NoticeRow;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.desk.Problem;
import io.velvetastro.screens.parts.Ask;

/** Asks before a member shuts everybody else out of their account, and leads on to a new password. */
class NotMeDialog extends Ask {
    private final Desk desk;
    private final OwnAccount own;
    private final NoticeRow notice;
    private final Runnable done;

    NotMeDialog(Desk desk, OwnAccount own, NoticeRow notice, String what, Runnable done) {
        super("This wasn’t you?", "It wasn’t me");
        this.desk = desk;
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
        busy();
        desk.act(
                this,
                () -> {
                    own.notMe(notice.id());
                    return true;
                },
                denied -> {
                    close();
                    done.run();
                    new PasswordDialog(desk, own, done).open();
                },
                failure -> refuse(Problem.ordering(failure)));
    }
}
