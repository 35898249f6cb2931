package io.velvetastro.screens.admin;

import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.velvetastro.language.Plan;
import io.velvetastro.questions.Kept.Ending;
import io.velvetastro.questions.Kept.HowLongKept;
import io.velvetastro.questions.Kept.HowLongKeptAnswer;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.parts.Icon;
import io.velvetastro.screens.parts.Moment;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.Slot;
import io.velvetastro.screens.parts.Small;
import io.velvetastro.screens.parts.Words;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How long names and addresses stay readable here, and which months end next, while something can still be done about it. */
class KeptCard {
    private static final int MOST_SHOWN = 6;

    private final Desk desk;
    private final Slot slot = new Slot("months", 3);
    final Section card = Parts.card("", "How long names stay readable", "After it their keys are destroyed, for good");

    KeptCard(Desk desk) {
        this.desk = desk;
        card.add(slot);
    }

    void refresh() {
        desk.fill(slot, new HowLongKept(desk.tenant()), HowLongKeptAnswer.class, this::show);
    }

    private void show(HowLongKeptAnswer answer) {
        var list = new UnorderedList();
        list.addClassName("rule-list");
        list.add(line("By your plan", Words.months(answer.planMonths()), answer.planFrom()));
        list.add(line("By your own rule", Words.months(answer.ownMonths()), null));
        if (answer.held())
            list.add(new ListItem(
                    Parts.classed(new Icon("lock"), "ok"),
                    Parts.text("grow t1 med", "A legal hold stands: no month ends until it is lifted")));
        answer.ending().stream().limit(MOST_SHOWN).map(this::ending).forEach(list::add);
        int more = answer.ending().size() - MOST_SHOWN;
        if (more > 0)
            list.add(new ListItem(Parts.text("t3 sm", "and " + Words.count(more, "month", "months") + " later")));
        slot.show(list);
    }

    private static ListItem line(String what, String says, @Nullable Instant from) {
        var small = new Small("");
        if (from != null) small.add(new Span("Nothing ends because of it before "), Moment.minute(from));
        return new ListItem(
                Parts.classed(new Icon("clock"), "t3"),
                Parts.div("grow", Parts.div("row", Parts.text("t1 med", what)), small),
                Parts.text("t2 sm nw", says));
    }

    private ListItem ending(Ending month) {
        boolean soon = month.at().isBefore(desk.now().plus(Plan.GRACE.plusDays(1)));
        return new ListItem(
                Parts.classed(new Icon(soon ? "triangle-alert" : "history"), soon ? "wrn" : "t3"),
                Parts.div(
                        "grow",
                        Parts.div("row", Parts.text("t1 mono", month.month())),
                        new Small(month.byPlan() ? "Your plan keeps it no longer" : "By your own rule")),
                Parts.span(soon ? "wrn sm nw" : "t2 sm nw", new Span("ends "), Moment.minute(month.at())));
    }
}
