package io.velvetastro.screens.admin;

import com.vaadin.flow.component.html.Paragraph;
import io.velvetastro.screens.desk.Deed;
import io.velvetastro.screens.desk.Desk;

/** Names what ends, and says that it ends at once. */
class EndDialog extends Deed {
    private final Runnable deed;
    private final Runnable done;

    EndDialog(Desk desk, String title, String verb, String target, String words, Runnable deed, Runnable done) {
        super(desk, title, verb);
        this.deed = deed;
        this.done = done;
        body.add(target(target), new Paragraph(words));
    }

    @Override
    protected void confirm() {
        act(deed, done);
    }
}
