package io.velvetastro.screens.defense;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import io.velvetastro.language.DefenseCommand.LiftRule;
import io.velvetastro.language.Network;
import io.velvetastro.language.RuleId;
import io.velvetastro.questions.Defense.HeldBy;
import io.velvetastro.questions.Defense.RulePage;
import io.velvetastro.questions.Defense.RuleRow;
import io.velvetastro.screens.desk.Deed;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.incidents.IncidentView;
import io.velvetastro.screens.parts.Words;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks before something that stands is taken back, and says what will keep the network out all the same. */
public class LiftDialog extends Deed {
    private final Function<String, Object> command;
    private final Runnable done;
    private final TextField reason = new TextField("Reason");
    private final Div others = new Div();

    public LiftDialog(
            Desk desk, String title, String verb, String target, Function<String, Object> command, Runnable done) {
        super(desk, title, verb);
        this.command = command;
        this.done = done;
        reason.setMaxLength(200);
        reason.setValue("Lifted by hand");
        body.add(target(target), new Paragraph("It takes effect at once, and can be done again."), others, reason);
    }

    /** Names the other blocks of the same network: lifting one of two lets nobody in. */
    public LiftDialog amid(String network, @Nullable RuleId lifted) {
        desk.ask(
                this,
                new HeldBy(desk.tenant(), Network.of(network), desk.now()),
                RulePage.class,
                page -> page.items().stream()
                        .filter(rule -> !rule.id().equals(lifted))
                        .map(this::other)
                        .forEach(others::add),
                this::refuse);
        return this;
    }

    private Paragraph other(RuleRow rule) {
        var words = new Paragraph(new Span("Still kept out by another block: " + rule.reason()));
        if (rule.incident() != null)
            words.add(
                    new Span(", for "),
                    new RouterLink(
                            "another incident",
                            IncidentView.class,
                            new RouteParameters("incident", rule.incident().toString())));
        words.add(new Span(", by " + Words.actor(rule.by()) + ". Lift that too to let it in."));
        words.addClassNames("wrn", "sm");
        return words;
    }

    static LiftDialog block(Desk desk, RuleId rule, String network, Runnable done) {
        return rule(desk, "Lift the block", "Lift block", rule, network, done).amid(network, rule);
    }

    static LiftDialog allowance(Desk desk, RuleId rule, String network, Runnable done) {
        return rule(desk, "Allow blocks again", "Remove", rule, network, done);
    }

    private static LiftDialog rule(Desk desk, String title, String verb, RuleId rule, String network, Runnable done) {
        return new LiftDialog(
                desk, title, verb, network, why -> new LiftRule(rule, desk.tenant(), why, desk.now()), done);
    }

    @Override
    protected void confirm() {
        var why = reason.getValue().isBlank()
                ? "Lifted by hand"
                : reason.getValue().strip();
        order(command.apply(why), done);
    }
}
