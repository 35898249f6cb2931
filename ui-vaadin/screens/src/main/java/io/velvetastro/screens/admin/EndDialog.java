package io.velvetastro.screens.admin;

import com.vaadin.flow.component.html.Paragraph;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.desk.Problem;
import io.velvetastro.screens.parts.Ask;

/** Names what ends, and says that it ends at once. */
class EndDialog extends Ask {
    private final Desk desk;
    private final Runnable deed;
    private final Runnable done;

    EndDialog(Desk desk, String title, String verb, String target, String words, Runnable deed, Runnable done) {
        super(title, verb);
        this.desk = desk;
        this.deed = deed;
        this.done = done;
        body.add(target(target), new Paragraph(words));
    }

    @Override
    protected void confirm() {
        busy();
        desk.act(
                this,
                () -> {
                    deed.run();
                    return true;
                },
                ended -> {
                    close();
                    done.run();
                },
                failure -> refuse(Problem.ordering(failure)));
    }
}
