package io.velvetastro.screens.admin;

import com.vaadin.flow.component.html.Paragraph;
import io.velvetastro.questions.RecordPush;
import io.velvetastro.questions.RecordPush.ShownSecret;
import io.velvetastro.screens.desk.Deed;
import io.velvetastro.screens.desk.Desk;
import java.util.function.Consumer;

/** Asks whether the receiver of the record gets another secret, and says how long both count. */
class SecretDialog extends Deed {
    private final RecordPush push;
    private final Consumer<ShownSecret> done;

    SecretDialog(Desk desk, RecordPush push, String url, Consumer<ShownSecret> done) {
        super(desk, "New secret", "Make secret");
        this.push = push;
        this.done = done;
        body.add(
                target(url),
                new Paragraph(
                        "It is shown once. For a day every message is signed with both, so that none is missed."));
    }

    @Override
    protected void confirm() {
        act(() -> push.renew(desk.caller()), done);
    }
}
