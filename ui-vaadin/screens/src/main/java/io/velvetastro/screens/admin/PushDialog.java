package io.velvetastro.screens.admin;

import static io.velvetastro.language.Refused.Why.NOT_AS_IT_STANDS;

import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import io.velvetastro.language.Refused;
import io.velvetastro.questions.RecordPush;
import io.velvetastro.questions.RecordPush.ShownSecret;
import io.velvetastro.screens.desk.Deed;
import io.velvetastro.screens.desk.Desk;
import java.util.function.Consumer;

/** Asks where the record is to go. */
class PushDialog extends Deed {
    private final RecordPush push;
    private final Consumer<ShownSecret> done;
    private final TextField url = new TextField("Address");

    PushDialog(Desk desk, RecordPush push, Consumer<ShownSecret> done) {
        super(desk, "Send the record", "Send it there");
        this.push = push;
        this.done = done;
        url.setWidthFull();
        url.setMaxLength(2_000);
        url.setPlaceholder("https://siem.example.org/velvet");
        url.setHelperText("An https address on the open internet");
        body.add(
                new Paragraph(
                        "Every entry goes there from now on, signed. Its secret is made here and shown once. A receiver that was set before gets nothing more."),
                url);
        url.focus();
    }

    @Override
    protected void confirm() {
        if (url.getValue().isBlank()) {
            wrong("Say where it is to go");
            return;
        }
        url.setInvalid(false);
        act(() -> push.set(desk.caller(), url.getValue().strip()), done);
    }

    @Override
    protected void declined(Throwable failure) {
        if (failure instanceof Refused refused && refused.why() == NOT_AS_IT_STANDS) {
            ready();
            wrong(String.valueOf(refused.getMessage()));
        } else super.declined(failure);
    }

    private void wrong(String words) {
        url.setInvalid(true);
        url.setErrorMessage(words);
        url.focus();
    }
}
