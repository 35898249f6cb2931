package io.velvetastro.screens.forensics;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.ClientCallable;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.velvetastro.language.AuditCommand.AskForAudit;
import io.velvetastro.language.Authority;
import io.velvetastro.questions.Forensics.AuditAsked;
import io.velvetastro.questions.Forensics.AuditFinding;
import io.velvetastro.questions.Forensics.AuditRow;
import io.velvetastro.questions.Forensics.Audits;
import io.velvetastro.questions.Forensics.AuditsAnswer;
import io.velvetastro.questions.Forensics.DoubtList;
import io.velvetastro.questions.Forensics.DoubtRow;
import io.velvetastro.questions.Forensics.DoubtsAnswer;
import io.velvetastro.questions.Members.MemberList;
import io.velvetastro.questions.Members.MemberListAnswer;
import io.velvetastro.questions.Members.MemberRow;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.desk.Problem;
import io.velvetastro.screens.parts.Bold;
import io.velvetastro.screens.parts.Icon;
import io.velvetastro.screens.parts.Moment;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.Slot;
import io.velvetastro.screens.parts.Words;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What rounds through the whole store have found, a button that begins one now, and what was said about each doubt. */
class AuditPane extends Div {
    private static final int ROUNDS = 20;
    private static final int LOOK_AGAIN_MILLIS = 5_000;

    private final Desk desk;
    private final Slot past = new Slot("past rounds", 3);
    private final Slot doubts = new Slot("doubts", 2);
    private final Div state = Parts.div("row wrap");
    private final NativeButton ask = Parts.button("pri", "Audit now", press -> ask());

    AuditPane(Desk desk) {
        this.desk = desk;
        addClassNames("card", "pane", "drill");
        state.getElement().setAttribute("role", "status");
        add(
                new H2("Is all of it still as it was?"),
                new Paragraph(
                        "Every few hours the house reads everything it has stored and holds it against the ledger, that against its signatures, and those against what the witness remembers."));
        add(
                desk.may(Authority.ORG_ADMIN)
                        ? Parts.div("row wrap end", ask)
                        : Parts.div("t3", new Span("Your role can look; an administrator can ask for a round now.")));
        add(state, new H2("Rounds"), past, new H2("Doubts"), doubts);
    }

    @Override
    protected void onAttach(AttachEvent event) {
        look();
        refreshDoubts();
        getElement()
                .executeJs(
                        "const timer = setInterval(() => { if (!this.isConnected) clearInterval(timer); else if (!document.hidden) this.$server.look(); }, $0)",
                        LOOK_AGAIN_MILLIS);
    }

    private void ask() {
        ask.setEnabled(false);
        desk.<AuditAsked>order(this, new AskForAudit(desk.tenant(), desk.now()), this::answered, this::refuse);
    }

    private void answered(AuditAsked asked) {
        if (asked.againInSeconds() == 0) {
            waits(asked.at());
            return;
        }
        waits(null);
        state.add(Parts.text(
                "t2",
                "A round that was asked for has just ended. The next can be asked for in "
                        + Words.count(1 + asked.againInSeconds() / 60, "minute", "minutes") + "."));
    }

    private void refuse(Problem problem) {
        ask.setEnabled(true);
        state.removeAll();
        state.add(Parts.div("refusal", new Span(problem.words() + " (" + problem.code() + ")")));
    }

    private void waits(@Nullable Instant askedAt) {
        boolean waited = !ask.isEnabled();
        ask.setEnabled(askedAt == null);
        if (waited || askedAt != null) state.removeAll(); // What was declined stays to be read.
        if (askedAt != null)
            state.add(
                    Icon.small("hourglass"),
                    Parts.text("t2", "A round was asked for and is under way, since"),
                    Parts.classed(Moment.clock(askedAt), "t2"));
    }

    @ClientCallable
    private void look() {
        desk.fill(past, new Audits(desk.tenant(), ROUNDS), AuditsAnswer.class, answer -> {
            waits(answer.askedAt());
            past.show(rounds(answer.items()));
        });
    }

    private static Component rounds(List<AuditRow> rounds) {
        if (rounds.isEmpty())
            return Parts.div("t3", new Span("No round has ended yet. The first begins ten minutes after the start."));
        var list = new UnorderedList();
        list.addClassName("past-list");
        rounds.stream().map(AuditPane::line).forEach(list::add);
        return list;
    }

    private static ListItem line(AuditRow round) {
        boolean well = round.failure() == null && round.found() == 0 && round.elsewhere() == 0;
        var item = new ListItem(
                Parts.classed(Icon.small(well ? "badge-check" : "triangle-alert"), well ? "ok" : "dng"),
                new Bold(verdict(round)),
                Parts.text("t2 grow", range(round)),
                Parts.classed(Moment.clock(round.endedAt()), "t3"));
        for (var finding : round.first()) item.add(place(finding));
        return item;
    }

    private static String verdict(AuditRow round) {
        if (round.failure() != null) return "Did not end";
        if (round.found() > 0) return Words.count(round.found(), "place differs", "places differ");
        return round.elsewhere() > 0 ? "Yours is as it was, others’ is not" : "All as it was";
    }

    private static String range(AuditRow round) {
        var range = round.failure() != null
                ? "it stumbled over " + round.failure()
                : Words.count(round.events(), "event", "events") + " of the whole store, under checkpoint "
                        + Words.count(round.checkpoint());
        return round.asked() ? range + ", asked for" : range;
    }

    private static Div place(AuditFinding finding) {
        return Parts.div("sm t3 wide", new Span(finding.place() + " " + finding.what()));
    }

    private void refreshDoubts() {
        desk.fill(doubts, new DoubtList(desk.tenant()), DoubtsAnswer.class, answer -> {
            if (answer.items().isEmpty()) doubts.show(rows(List.of(), Map.of()));
            else
                desk.fill(
                        doubts,
                        new MemberList(desk.tenant()),
                        MemberListAnswer.class,
                        members -> doubts.show(rows(
                                answer.items(),
                                members.members().stream()
                                        .collect(Collectors.toMap(
                                                member -> "member:" + member.id(), MemberRow::name)))));
        });
    }

    private Component rows(List<DoubtRow> rows, Map<String, String> names) {
        if (rows.isEmpty())
            return Parts.div(
                    "t3", new Span("None: every event was still as it had been stored when the ledger sealed it."));
        var list = new UnorderedList();
        list.addClassName("past-list");
        rows.stream().map(row -> line(row, names)).forEach(list::add);
        return list;
    }

    private ListItem line(DoubtRow doubt, Map<String, String> names) {
        var looked = doubt.acknowledged();
        var item = new ListItem(
                Parts.classed(Icon.small("triangle-alert"), looked == null ? "dng" : "t3"),
                new Bold("Leaf " + Words.count(doubt.leaf())),
                Parts.text("t2 grow", "was changed before the ledger had it" + named(doubt)),
                Parts.classed(Moment.clock(doubt.foundAt()), "t3"));
        if (looked != null)
            item.add(Parts.div(
                    "sm t2 wide",
                    new Span(names.getOrDefault(looked.by(), looked.by()) + " has looked: "
                            + (looked.reason() == null ? "(the reason has expired)" : looked.reason()))));
        else if (desk.may(Authority.ORG_ADMIN))
            item.add(Parts.button(
                    "xs", "Acknowledge", press -> new DoubtDialog(desk, doubt.leaf(), this::refreshDoubts).open()));
        return item;
    }

    private static String named(DoubtRow doubt) {
        var type = doubt.type();
        return type == null ? ", and is gone by now" : ": " + type.substring(type.lastIndexOf('.') + 1);
    }
}
