package io.velvetastro.screens.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.velvetastro.screens.desk.Problem;
import java.time.Instant;
import java.util.List;

/**
 * Where an answer goes: its skeleton first, then its rows; when a later answer fails, the old rows stay and say so. While
 * its rows answer an earlier question it says that it is busy, so that keys meant for the next rows wait for them.
 */
public class Slot extends Div {
    private final Div stale = Parts.div("stale");
    private final Div inside = Parts.div("col grow");
    private boolean answered;

    public Slot(String what, int rows) {
        addClassNames("col", "grow");
        stale.setVisible(false);
        stale.getElement().setAttribute("role", "status");
        inside.add(States.loading(what, rows));
        add(stale, inside);
    }

    /** Another question was asked than the one that is answered here. */
    public void waits() {
        getElement().setAttribute("aria-busy", "true");
    }

    public void show(Component... answer) {
        answered = true;
        getElement().removeAttribute("aria-busy");
        stale.setVisible(false);
        // What stays in place keeps its focus and its scroll.
        if (inside.getChildren().toList().equals(List.of(answer))) return;
        inside.removeAll();
        inside.add(answer);
    }

    public boolean isAnswered() {
        return answered;
    }

    public void fail(Problem problem, Instant at, Runnable again) {
        getElement().removeAttribute("aria-busy");
        if (!answered) {
            inside.removeAll();
            inside.add(States.problem(problem, () -> {
                inside.removeAll();
                inside.add(States.loading("", 3));
                again.run();
            }));
            return;
        }
        stale.removeAll();
        stale.add(
                Icon.small("triangle-alert"),
                Parts.span(
                        "grow",
                        new Span("Not refreshed since "),
                        Moment.clock(at),
                        new Span(". What you see is from before.")),
                Parts.button("xs", "Try again", press -> again.run()));
        stale.setVisible(true);
    }
}
