package io.velvetastro.screens.incidents;

import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Span;
import io.velvetastro.language.Stage;
import io.velvetastro.questions.Incidents.KillChainStep;
import io.velvetastro.screens.parts.Bold;
import io.velvetastro.screens.parts.Moment;
import io.velvetastro.screens.parts.Parts;
import java.util.Comparator;
import java.util.List;

/** The seven stages of the kill chain: which were seen, when first and by which technique. */
class Ribbon extends OrderedList {

    Ribbon(List<KillChainStep> seen, Stage furthest) {
        addClassName("rib");
        long stages = seen.stream().map(KillChainStep::stage).distinct().count();
        getElement().setAttribute("aria-label", "Kill chain, " + stages + " of 7 stages seen");
        for (var stage : Stage.values()) {
            var step = seen.stream().filter(each -> each.stage() == stage).min(Comparator.comparing(KillChainStep::at));
            add(step.isPresent() ? seen(step.get(), stage == furthest) : unseen(stage));
        }
    }

    private static ListItem seen(KillChainStep step, boolean furthest) {
        var item = new ListItem(Parts.div("row", number(step.stage()), new Bold(name(step.stage()), "ell")));
        var when = Parts.div("l2", Parts.classed(Moment.minute(step.at()), "t1"));
        if (step.technique() != null) {
            var technique = Parts.text("mono", step.technique());
            technique.setTitle(step.techniqueName() == null ? step.technique() : step.techniqueName());
            when.add(technique);
        }
        item.add(when);
        item.addClassName("rb");
        if (furthest) item.addClassName("cur");
        item.getStyle().set("--c", "var(--va-stage-" + step.stage().number() + ")");
        return item;
    }

    private static ListItem unseen(Stage stage) {
        var item = new ListItem(
                Parts.div("row", number(stage), new Bold(name(stage), "ell")), Parts.div("l2", new Span("not seen")));
        item.addClassNames("rb", "no");
        return item;
    }

    private static Span number(Stage stage) {
        return Parts.text("k", String.valueOf(stage.number()));
    }

    private static String name(Stage stage) {
        return switch (stage) {
            case COMMAND_AND_CONTROL -> "Command, control";
            case ACTIONS_ON_OBJECTIVES -> "Actions";
            default -> stage.title();
        };
    }
}
