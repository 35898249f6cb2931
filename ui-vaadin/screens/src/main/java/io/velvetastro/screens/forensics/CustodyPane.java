package io.velvetastro.screens.forensics;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import io.velvetastro.questions.Forensics.CustodyChanged;
import io.velvetastro.questions.Forensics.CustodyLog;
import io.velvetastro.questions.Forensics.CustodyPage;
import io.velvetastro.questions.Forensics.CustodyRow;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.incidents.IncidentView;
import io.velvetastro.screens.parts.Bold;
import io.velvetastro.screens.parts.Moment;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.Slot;
import io.velvetastro.screens.parts.States;
import io.velvetastro.screens.parts.Words;
import org.jspecify.annotations.Nullable;

/** Who took evidence out of the house, what, when and why. */
class CustodyPane extends Div {
    private static final int PAGE = 50;

    private final Desk desk;
    private final Slot slot = new Slot("the custody log", 6);
    private final UnorderedList list = new UnorderedList();
    private final Div more = Parts.div("row");

    CustodyPane(Desk desk) {
        this.desk = desk;
        addClassNames("card", "custody", "pane");
        list.addClassName("custody-list");
        add(slot);
    }

    @Override
    protected void onAttach(AttachEvent event) {
        refresh();
        desk.watch(
                this, new CustodyLog(desk.tenant(), null, 1), CustodyPage.class, CustodyChanged.class, this::refresh);
    }

    private void refresh() {
        desk.ask(
                this,
                new CustodyLog(desk.tenant(), null, PAGE),
                CustodyPage.class,
                page -> {
                    list.removeAll();
                    if (page.items().isEmpty()) slot.show(nothing());
                    else {
                        add(page);
                        slot.show(list, more);
                    }
                },
                problem -> slot.fail(problem, desk.now(), this::refresh));
    }

    private void add(CustodyPage page) {
        page.items().stream().map(CustodyPane::line).forEach(list::add);
        more.removeAll();
        more.add(Parts.text("t3 sm", Words.count(page.total(), "export", "exports") + " in all"), Parts.grow());
        var next = page.next();
        if (next != null) more.add(Parts.button("xs", "Show older ones", press -> older(next)));
    }

    private void older(String cursor) {
        desk.ask(
                this,
                new CustodyLog(desk.tenant(), cursor, PAGE),
                CustodyPage.class,
                this::add,
                problem -> slot.fail(problem, desk.now(), this::refresh));
    }

    private static ListItem line(CustodyRow row) {
        var what = Parts.span("", new Span("took " + Words.count(row.events(), "event", "events") + ", "), asked(row));
        var item = new ListItem(
                Parts.div(
                        "row wrap",
                        new Bold(row.by()),
                        what,
                        Parts.grow(),
                        Parts.classed(Moment.clock(row.at()), "t3")),
                Parts.div("t2", new Span(row.reason() == null ? "No reason was given" : row.reason())));
        var sha256 = row.sha256();
        item.add(
                sha256 == null
                        ? Parts.text("sm t3", "The bundle was not handed over")
                        : Parts.div("sm t3 ell mono", new Span("SHA-256 " + sha256 + size(row.bytes()))));
        return item;
    }

    private static String size(@Nullable Long bytes) {
        return bytes == null ? "" : ", " + Words.count(bytes) + " bytes";
    }

    private static Component asked(CustodyRow row) {
        if (row.incident() == null) return new Span(row.question());
        return new RouterLink(
                "an incident",
                IncidentView.class,
                new RouteParameters("incident", row.incident().toString()));
    }

    private static Div nothing() {
        return States.empty(
                "shield-check",
                "No evidence has left the house",
                "Whoever takes a bundle appears here, with what it held, why, and the hash of the file. Open an incident and press “Prove it”.");
    }
}
