package io.velvetastro.screens.defense;

import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import io.velvetastro.language.DefenseCommand.LiftRule;
import io.velvetastro.language.RuleId;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.parts.Ask;
import java.util.function.Function;

/** Asks before something that stands is taken back. */
public class LiftDialog extends Ask {
    private final Desk desk;
    private final Function<String, Object> command;
    private final Runnable done;
    private final TextField reason = new TextField("Reason");

    public LiftDialog(
            Desk desk, String title, String verb, String target, Function<String, Object> command, Runnable done) {
        super(title, verb);
        this.desk = desk;
        this.command = command;
        this.done = done;
        reason.setMaxLength(200);
        reason.setValue("Lifted by hand");
        body.add(target(target), new Paragraph("It takes effect at once, and can be done again."), reason);
    }

    static LiftDialog rule(Desk desk, RuleId rule, String network, Runnable done) {
        return new LiftDialog(
                desk,
                "Lift the block",
                "Lift block",
                network,
                why -> new LiftRule(rule, desk.tenant(), why, desk.now()),
                done);
    }

    @Override
    protected void confirm() {
        busy();
        var why = reason.getValue().isBlank()
                ? "Lifted by hand"
                : reason.getValue().strip();
        desk.order(
                this,
                command.apply(why),
                () -> {
                    close();
                    done.run();
                },
                this::refuse);
    }
}
