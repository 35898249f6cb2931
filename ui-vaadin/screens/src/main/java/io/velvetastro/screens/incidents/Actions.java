package io.velvetastro.screens.incidents;

import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.velvetastro.language.Authority;
import io.velvetastro.language.DefenseCommand.LiftRule;
import io.velvetastro.language.Network;
import io.velvetastro.language.PlaybookCommand.UndoStep;
import io.velvetastro.questions.Defense.HeldBy;
import io.velvetastro.questions.Defense.RulePage;
import io.velvetastro.questions.Incidents.Action;
import io.velvetastro.questions.Incidents.Action.State;
import io.velvetastro.questions.Incidents.IncidentDetail;
import io.velvetastro.questions.Incidents.Status;
import io.velvetastro.screens.defense.BlockDialog;
import io.velvetastro.screens.defense.LiftDialog;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.parts.Bold;
import io.velvetastro.screens.parts.Icon;
import io.velvetastro.screens.parts.Moment;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.Small;
import io.velvetastro.screens.parts.States;
import io.velvetastro.screens.parts.Words;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What was done about it, how long it still stands and how to take it back; and what could be done next. */
class Actions extends Section {
    private final Desk desk;
    private final Runnable changed;
    private @Nullable IncidentDetail detail;

    Actions(Desk desk, Runnable changed) {
        this.desk = desk;
        this.changed = changed;
        addClassNames("card", "act");
        getElement().setAttribute("aria-label", "Actions");
    }

    void show(IncidentDetail found) {
        detail = found;
        removeAll();
        var head = new Header(new H2("Actions"), Parts.grow());
        if (desk.may(Authority.DEFENSE_WRITE) && !found.incident().sources().isEmpty())
            head.add(Parts.button("xs", "shield-ban", "Block address", press -> block()));
        add(head);
        var open = unblocked(found);
        boolean asks = found.incident().status() != Status.RESOLVED
                && found.incident().status() != Status.MERGED
                && desk.may(Authority.DEFENSE_WRITE);
        if (found.actions().isEmpty() && (open.isEmpty() || !asks)) {
            add(States.empty("shield", "Nothing was done yet", "No playbook has acted, and nobody has by hand."));
            return;
        }
        var list = new UnorderedList();
        list.getElement().setAttribute("tabindex", "0");
        if (asks) open.forEach(source -> list.add(waiting(source)));
        found.actions().stream()
                .sorted(Comparator.comparing(Action::at).reversed())
                .map(this::line)
                .forEach(list::add);
        add(list);
    }

    /** The first source that is not kept out yet; the dialog names it. */
    void block() {
        if (detail == null
                || !desk.may(Authority.DEFENSE_WRITE)
                || detail.incident().sources().isEmpty()) return;
        var open = unblocked(detail);
        block(open.isEmpty() ? detail.incident().sources().getFirst() : open.getFirst());
    }

    private void block(String source) {
        var incident = detail == null ? null : detail.incident();
        if (incident != null)
            BlockDialog.of(desk, source, IncidentGrid.number(incident) + " " + incident.title(), incident.id(), changed)
                    .open();
    }

    private static List<String> unblocked(IncidentDetail found) {
        var standing = new HashSet<String>();
        for (var action : found.actions())
            if (action.state() == State.STANDING && action.target() != null) standing.add(action.target());
        return found.incident().sources().stream()
                .filter(source -> !standing.contains(source))
                .toList();
    }

    private ListItem waiting(String source) {
        var item = new ListItem(
                new Icon("hand"),
                Parts.div("ell", new Bold("Block "), Parts.text("mono t1", source)),
                Parts.button("xs", "Block address", press -> block(source)),
                new Small("Not kept out"));
        item.addClassName("pend");
        return item;
    }

    private ListItem line(Action action) {
        var what = Parts.div("ell", new Bold(action.what()));
        if (action.target() != null && !action.what().contains(action.target()))
            what.add(Parts.text("mono t1", " " + action.target()));
        var item = new ListItem(Parts.classed(new Icon(icon(action.state())), tone(action.state())), what);
        var undo = undo(action);
        if (undo != null && desk.may(Authority.DEFENSE_WRITE))
            item.add(Parts.button("gho xs", "Undo", press -> ask(action, undo).open()));
        var small = small(action);
        item.add(small);
        if (action.target() != null && (action.state() == State.STANDING || action.state() == State.UNDONE))
            heldToo(action, action.target(), small);
        if (!action.detail().isEmpty()) item.getElement().setAttribute("title", action.detail());
        return item;
    }

    /** What another incident, or somebody by hand, keeps out too is not let in by what is undone here. */
    private void heldToo(Action action, String target, Small small) {
        desk.ask(
                this,
                new HeldBy(desk.tenant(), Network.of(target), desk.now()),
                RulePage.class,
                page -> {
                    long others = page.items().stream()
                            .filter(rule -> !rule.id().equals(action.rule()))
                            .count();
                    if (others > 0)
                        small.add(new Span(
                                others == 1
                                        ? "; another block holds it too"
                                        : "; " + others + " other blocks hold it too"));
                },
                problem -> small.add(new Span("; whether others hold it is unknown now")));
    }

    private LiftDialog ask(Action action, Function<String, Object> undo) {
        var dialog = new LiftDialog(
                desk,
                "Undo this",
                "Undo",
                action.what() + (action.target() == null ? "" : " " + action.target()),
                undo,
                changed);
        return action.target() == null ? dialog : dialog.amid(action.target(), action.rule());
    }

    private @Nullable Function<String, Object> undo(Action action) {
        if (action.state() != State.STANDING) return null;
        var run = action.run();
        var step = action.step();
        if (run != null && step != null) return why -> new UndoStep(run, desk.tenant(), step, why, desk.now());
        var rule = action.rule();
        return rule == null ? null : why -> new LiftRule(rule, desk.tenant(), why, desk.now());
    }

    private static Small small(Action action) {
        var small = new Small("");
        switch (action.state()) {
            case STANDING -> {
                if (action.until() != null)
                    small.add(new Span("Ends in "), Moment.left(action.until()), new Span(", "));
                small.add(new Span("by " + Words.actor(action.by())));
            }
            case ENDED ->
                small.add(
                        new Span("Ended by itself "),
                        Moment.clock(action.until() == null ? action.at() : action.until()));
            case UNDONE -> small.add(new Span("Taken back by " + Words.actor(action.by())));
            case WITHHELD ->
                small.add(new Span(
                        "Not done: " + (action.detail().isEmpty() ? "its reason lies in the past" : action.detail())));
            case REFUSED ->
                small.add(new Span(
                        "Refused: " + (action.detail().isEmpty() ? "on the never-block list" : action.detail())));
        }
        return small;
    }

    private static String icon(State state) {
        return switch (state) {
            case STANDING -> "shield-check";
            case ENDED -> "hourglass";
            case UNDONE -> "undo-2";
            case WITHHELD -> "history";
            case REFUSED -> "shield-off";
        };
    }

    private static String tone(State state) {
        return switch (state) {
            case STANDING -> "ok";
            case REFUSED -> "wrn";
            case ENDED, UNDONE, WITHHELD -> "t3";
        };
    }
}
