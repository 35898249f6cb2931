package io.velvetastro.screens.admin;

import com.vaadin.flow.component.html.Paragraph;
import io.velvetastro.questions.ServiceAccounts.KeyRow;
import io.velvetastro.questions.ServiceAccounts.ShownKey;
import io.velvetastro.screens.desk.Deed;
import io.velvetastro.screens.desk.Desk;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Names the key that gets a successor, and says how long both work. */
class RotateDialog extends Deed {
    private final Supplier<ShownKey> rotate;
    private final Consumer<ShownKey> done;

    RotateDialog(Desk desk, KeyRow key, Supplier<ShownKey> rotate, Consumer<ShownKey> done) {
        super(desk, "Rotate key", "Rotate key");
        this.rotate = rotate;
        this.done = done;
        body.add(
                target(key.name() + " " + key.prefix() + "…"),
                new Paragraph("A new key with the same scopes is shown once. This one works on for a day."));
    }

    @Override
    protected void confirm() {
        act(rotate, done);
    }
}
