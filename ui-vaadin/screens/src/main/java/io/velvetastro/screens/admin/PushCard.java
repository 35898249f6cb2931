package io.velvetastro.screens.admin;

import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import io.velvetastro.questions.Audit;
import io.velvetastro.questions.RecordPush;
import io.velvetastro.questions.RecordPush.PushState;
import io.velvetastro.questions.RecordPush.ShownSecret;
import io.velvetastro.questions.RecordPush.State;
import io.velvetastro.questions.RecordPush.Trial;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.desk.Problem;
import io.velvetastro.screens.parts.Icon;
import io.velvetastro.screens.parts.Line;
import io.velvetastro.screens.parts.Moment;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.ShownOnce;
import io.velvetastro.screens.parts.Slot;
import io.velvetastro.screens.parts.Small;
import io.velvetastro.screens.parts.Words;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** To whom the record is sent, how far it has come there, and what stands in the way. */
class PushCard {
    private static final int LOOKS_FOR_A_TRIAL = 120;

    private final Desk desk;
    private final RecordPush push;
    private final Ending ending;
    private final Slot slot = new Slot("receiver", 2);
    final Section card = Parts.card("", "Sent out", "Every entry to a receiver of yours, such as a SIEM");
    private int looks;

    PushCard(Desk desk, RecordPush push) {
        this.desk = desk;
        this.push = push;
        ending = new Ending(desk, this::refresh);
        card.add(slot);
    }

    void refresh() {
        desk.fill(slot, () -> push.state(desk.caller()), this::show);
    }

    private void show(PushState state) {
        var lines = new ArrayList<Line>();
        if (state.state() == State.OFF || state.url() == null) lines.add(nowhere());
        else {
            lines.add(receiver(state, state.url()));
            lines.add(progress(state));
            if (state.trial() != null) lines.add(trial(state.trial()));
            if (state.oldSecretUntil() != null)
                lines.add(new Line(
                                Parts.classed(new Icon("key-round"), "t3"),
                                "Two secrets sign",
                                new Small("Give the receiver the new one before the old one ends"))
                        .stands(Parts.span(
                                "t2 sm nw", new Span("old one ends in "), Moment.left(state.oldSecretUntil()))));
        }
        slot.show(Line.list(lines));
        boolean awaited = state.trial() != null && state.trial().at() == null;
        if (awaited && looks++ < LOOKS_FOR_A_TRIAL) desk.soon(slot, this::refresh);
    }

    private Line nowhere() {
        var set = Parts.button("pri xs", "Set a receiver", press -> ask());
        boolean has = desk.caller().plan().hasAuditExport();
        set.setEnabled(has);
        return new Line(
                        Parts.classed(new Icon("send"), "t3"),
                        "It is sent nowhere yet",
                        new Small(
                                has
                                        ? "Signed, in order, and again until it is taken"
                                        : "Your plan shows the record; from Pro on it can be sent"))
                .can(set);
    }

    private Line receiver(PushState state, String url) {
        var small = new Small("");
        if (state.setAt() != null) small.add(new Span("since "), Moment.minute(state.setAt()));
        var line = new Line(
                Parts.classed(new Icon("send"), state.state() == State.ON ? "ok" : "wrn"),
                Parts.text("mono t1 ell", url),
                small);
        return line.can(
                button("Try", "Send a trial there", this::tryOut),
                button("Change", "Send the record elsewhere", this::ask),
                button(
                        "New secret",
                        "New secret for the receiver",
                        () -> new SecretDialog(desk, push, url, this::shown).open()),
                ending.button(
                        "Remove",
                        "Send the record nowhere",
                        "Send it nowhere",
                        url,
                        "Nothing goes there from now on. What has not gone yet can still be read and exported here.",
                        () -> push.remove(desk.caller())));
    }

    private Line progress(PushState state) {
        long waiting = state.waiting() == null ? 0 : state.waiting();
        var small = new Small("");
        long delivered = state.delivered() == null ? 0 : state.delivered();
        small.add(new Span(Words.count(delivered, "entry taken", "entries taken")));
        if (state.deliveredAt() != null) small.add(new Span(", the last "), Moment.ago(state.deliveredAt()));
        var line = switch (state.state()) {
            case OFF, ON ->
                new Line(
                        Parts.classed(
                                new Icon(waiting == 0 ? "circle-check" : "hourglass"), waiting == 0 ? "ok" : "t2"),
                        waiting == 0 ? "All of it was taken" : "On its way",
                        small);
            case FAILING ->
                new Line(
                        Parts.classed(new Icon("triangle-alert"), "wrn"),
                        words(state.problem(), state.status()),
                        small);
            case PAUSED ->
                new Line(
                        Parts.classed(new Icon("pause"), "wrn"),
                        "Paused: " + words(state.problem(), state.status()),
                        small);
        };
        if (state.state() == State.PAUSED) small.add(new Span(" · Nothing is lost. Once a trial is taken it goes on"));
        else if (state.state() == State.FAILING && state.nextTryAt() != null)
            small.add(new Span(" · next try in "), Moment.left(state.nextTryAt()));
        return waiting == 0
                ? line
                : line.stands(Parts.text(
                        "t2 sm nw",
                        (waiting >= Audit.MOST_WAITING ? "more than " : "") + Words.count(waiting, "waits", "wait")));
    }

    private static Line trial(Trial trial) {
        if (trial.at() == null)
            return new Line(
                    Parts.classed(new Icon("hourglass"), "t3"),
                    "A trial is on its way",
                    new Small("It takes a moment"));
        var small = new Small("");
        small.add(Moment.ago(trial.at()));
        return trial.problem() == null
                ? new Line(Parts.classed(new Icon("check"), "ok"), "The trial was taken", small)
                : new Line(
                        Parts.classed(new Icon("triangle-alert"), "wrn"),
                        "The trial was not taken: " + words(trial.problem(), trial.status()),
                        small);
    }

    private void ask() {
        new PushDialog(desk, push, this::shown).open();
    }

    private void tryOut() {
        looks = 0;
        desk.act(
                slot,
                () -> {
                    push.tryOut(desk.caller());
                    return true;
                },
                asked -> refresh(),
                failure -> slot.fail(Problem.ordering(failure), desk.now(), this::refresh));
    }

    private void shown(ShownSecret made) {
        refresh();
        new ShownOnce(
                        "The secret",
                        "Give it to the receiver: with it every message is known to come from here. It is not shown again.",
                        List.of(made.secret()))
                .open();
    }

    private static NativeButton button(String words, String label, Runnable deed) {
        var button = Parts.button("gho xs", words, press -> deed.run());
        button.setAriaLabel(label);
        return button;
    }

    private static String words(RecordPush.@Nullable Problem problem, @Nullable Integer status) {
        return switch (problem) {
            case null -> "Not taken";
            case ADDRESS -> "Its name leads nowhere, or to where the house does not go";
            case UNREACHABLE -> "Nobody listens there";
            case UNTRUSTED -> "Its certificate can’t be trusted for this name";
            case TIMEOUT -> "It does not answer in time";
            case BROKEN_OFF -> "It breaks the connection off";
            case REDIRECT -> "It points elsewhere, and the house follows nobody";
            case STATUS -> "It answers " + status;
            case GONE -> "It says that it wants no more";
            case PLAN -> "Your plan does not send the record any more";
        };
    }
}
