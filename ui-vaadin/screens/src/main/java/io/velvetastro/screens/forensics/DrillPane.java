package io.velvetastro.screens.forensics;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.select.Select;
import io.velvetastro.language.Authority;
import io.velvetastro.language.DrillCommand.RunTamperDrill;
import io.velvetastro.language.DrillId;
import io.velvetastro.questions.Forensics.CustodyChanged;
import io.velvetastro.questions.Forensics.DrillEdit;
import io.velvetastro.questions.Forensics.DrillList;
import io.velvetastro.questions.Forensics.DrillReport;
import io.velvetastro.questions.Forensics.DrillRow;
import io.velvetastro.questions.Forensics.Drills;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.desk.Problem;
import io.velvetastro.screens.parts.Bold;
import io.velvetastro.screens.parts.Icon;
import io.velvetastro.screens.parts.Moment;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.Slot;
import io.velvetastro.screens.parts.Words;
import java.util.List;
import java.util.UUID;

/** A drill: a copy of the newest events is damaged at random, and the audit must name every change. */
class DrillPane extends Div {
    private final Desk desk;
    private final Slot past = new Slot("past drills", 3);
    private final Div result = Parts.div("col result");
    private final Select<Integer> events = new Select<>();
    private final Select<Integer> edits = new Select<>();
    private final NativeButton run = Parts.button("pri", "Run a drill", press -> run());

    DrillPane(Desk desk) {
        this.desk = desk;
        addClassNames("card", "pane", "drill");
        events.setLabel("Newest events to copy");
        events.setItems(100, 1_000, 5_000);
        events.setItemLabelGenerator(Words::count);
        events.setValue(1_000);
        edits.setLabel("Changes to make");
        edits.setItems(10, 50, 100);
        edits.setValue(50);
        result.getElement().setAttribute("role", "status");
        add(
                new H2("Would we notice?"),
                new Paragraph(
                        "The house copies its newest witnessed events aside, changes the copy at random as a database administrator could, and audits it against the ledger. The store itself is never touched."));
        add(
                desk.may(Authority.INCIDENTS_WRITE)
                        ? Parts.div("row wrap end", events, edits, run)
                        : Parts.div("t3", new Span("Your role can look; IT security can run a drill.")));
        add(result, new H2("Past drills"), past);
    }

    @Override
    protected void onAttach(AttachEvent event) {
        refresh();
        desk.watch(this, new Drills(desk.tenant(), 1), DrillList.class, CustodyChanged.class, this::refresh);
    }

    private void run() {
        run.setEnabled(false);
        result.removeAll();
        result.add(Parts.text("t2", "Copying, changing and auditing …"));
        var order = new RunTamperDrill(
                new DrillId(UUID.randomUUID()), desk.tenant(), events.getValue(), edits.getValue(), desk.now());
        desk.<DrillReport>order(this, order, this::show, this::fail);
    }

    private void fail(Problem problem) {
        run.setEnabled(true);
        result.removeAll();
        result.add(Parts.div("refusal", new Span(problem.words() + " (" + problem.code() + ")")));
    }

    private void show(DrillReport report) {
        run.setEnabled(true);
        result.removeAll();
        boolean all =
                report.found() == report.edits().size() && report.falseAlarms().isEmpty();
        result.add(Parts.classed(
                Parts.div(
                        "verdict",
                        Icon.small(all ? "badge-check" : "triangle-alert"),
                        new Span(Words.count(report.found()) + " of "
                                + Words.count(report.edits().size(), "change", "changes") + " found among "
                                + Words.count(report.events(), "event", "events") + " in "
                                + Words.count(report.auditMillis()) + " ms, "
                                + Words.count(report.falseAlarms().size(), "false alarm", "false alarms")
                                + ". Copying took " + Words.count(report.copyMillis()) + " ms.")),
                all ? "ok" : "dng"));
        var list = new UnorderedList();
        list.addClassName("drill-list");
        list.getElement().setAttribute("tabindex", "0");
        report.edits().stream().map(DrillPane::line).forEach(list::add);
        report.falseAlarms()
                .forEach(alarm ->
                        list.add(new ListItem(Icon.small("triangle-alert"), new Span("False alarm: " + alarm))));
        result.add(list);
    }

    private static ListItem line(DrillEdit edit) {
        var found = edit.found();
        return new ListItem(
                Parts.classed(Icon.small(found == null ? "triangle-alert" : "check"), found == null ? "dng" : "ok"),
                Parts.text("num t3", "leaf " + Words.count(edit.leaf())),
                Parts.text("t1", edit.what()),
                Parts.text("t3 ell", found == null ? "not noticed" : found));
    }

    private void refresh() {
        desk.fill(past, new Drills(desk.tenant(), 20), DrillList.class, answer -> past.show(rows(answer.items())));
    }

    private static Div rows(List<DrillRow> drills) {
        if (drills.isEmpty()) return Parts.div("t3", new Span("No drill has been run yet."));
        var list = new UnorderedList();
        list.addClassName("past-list");
        for (var drill : drills) {
            boolean all = drill.found() == drill.edits() && drill.falseAlarms() == 0;
            list.add(new ListItem(
                    Parts.classed(Icon.small(all ? "badge-check" : "triangle-alert"), all ? "ok" : "dng"),
                    new Bold(Words.count(drill.found()) + " of " + Words.count(drill.edits())),
                    Parts.text(
                            "t2 grow",
                            "among " + Words.count(drill.events(), "event", "events") + " from leaf "
                                    + Words.count(drill.firstLeaf()) + " in " + Words.count(drill.millis()) + " ms, by "
                                    + drill.by()),
                    Parts.classed(Moment.clock(drill.at()), "t3")));
        }
        return Parts.div("", list);
    }
}
