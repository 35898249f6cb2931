package io.velvetastro.screens.admin;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import io.velvetastro.language.Plan;
import io.velvetastro.screens.parts.Icon;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.Words;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** What each plan gives, beside each other, with one's own marked. */
class Plans extends Div {
    private final Plan own;

    Plans(Plan own) {
        this.own = own;
        addClassName("sideways");
        getElement()
                .setAttribute("tabindex", "0")
                .setAttribute("role", "region")
                .setAttribute("aria-label", "Plans");
        var table = new NativeTable();
        table.addClassNames("plain", "matrix", "plans");
        var head = table.getHead().addRow();
        head.addHeaderCell().setText("Gives");
        for (var plan : Plan.values()) {
            var name = head.addHeaderCell();
            name.add(new Span(Words.capital(plan)));
            if (plan != own) continue;
            name.addClassName("own");
            name.add(Parts.text("t3", " · yours"));
        }
        var body = table.getBody();
        row(body.addRow(), "Members", plan -> number(plan, Plan::members));
        row(body.addRow(), "Service accounts", plan -> number(plan, Plan::serviceAccounts));
        row(body.addRow(), "Events a day (UTC)", plan -> number(plan, Plan::eventsADay));
        row(body.addRow(), "Playbook runs a month", plan -> number(plan, Plan::playbookRunsAMonth));
        row(body.addRow(), "Names and addresses stay readable", plan -> new Span(Words.months(plan.keepsMonths())));
        row(body.addRow(), "The record as a file, and sent out", plan -> mark(plan.hasAuditExport()));
        row(body.addRow(), "Detection, defence, evidence, second steps", plan -> mark(true));
        add(table);
    }

    private void row(NativeTableRow row, String what, Function<Plan, Component> gives) {
        row.addHeaderCell().add(Parts.div("t1", new Span(what)));
        for (var plan : Plan.values()) {
            NativeTableCell cell = row.addDataCell();
            if (plan == own) cell.addClassName("own");
            cell.add(gives.apply(plan));
        }
    }

    private static Component number(Plan plan, ToLongFunction<Plan> limit) {
        long most = limit.applyAsLong(plan);
        return new Span(most == Plan.UNLIMITED ? "No limit" : Words.count(most));
    }

    private static Component mark(boolean has) {
        return has
                ? Parts.span("ok", Icon.small("check"), Parts.text("sr", "yes"))
                : Parts.span("t3", Icon.small("minus"), Parts.text("sr", "no"));
    }
}
