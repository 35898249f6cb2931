package io.velvetastro.screens.admin;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.UnorderedList;
import io.velvetastro.language.Plan;
import io.velvetastro.questions.Organizations.Meter;
import io.velvetastro.questions.Organizations.PlanState;
import io.velvetastro.questions.Organizations.State;
import io.velvetastro.screens.parts.Icon;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.Small;
import io.velvetastro.screens.parts.Words;

/** How much of a plan is used, line by line, in words and with a tone that says when it ends. */
final class Meters extends UnorderedList {

    Meters(PlanState state) {
        addClassName("rule-list");
        state.meters().forEach(meter -> add(line(meter)));
        add(fact(
                "clock",
                "Names and addresses stay readable",
                Words.months(state.keepsMonths() == null ? Plan.FOR_EVER : state.keepsMonths())));
        add(fact(
                "download",
                "The record as a file, and sent out",
                state.auditExport() ? "Included" : "Not in this plan"));
    }

    private static ListItem line(Meter meter) {
        var item = new ListItem(
                Parts.classed(new Icon(icon(meter)), tone(meter.state())),
                Parts.div("grow", Parts.div("row", Parts.text("t1 med", name(meter.what()))), new Small(words(meter))),
                gauge(meter),
                Parts.text(
                        tone(meter.state()) + " sm nw",
                        Words.count(meter.used())
                                + (meter.limit() == null ? "" : " of " + Words.count(meter.limit()))));
        item.getElement().setAttribute("data-state", Words.key(meter.state()));
        return item;
    }

    /** For the eye alone: the numbers stand beside it. */
    private static Component gauge(Meter meter) {
        var gauge = Parts.div("gauge");
        gauge.getElement().setAttribute("aria-hidden", "true");
        if (meter.limit() == null) return Parts.classed(gauge, "endless");
        if (meter.used() == 0) return gauge;
        var used = Parts.div("");
        used.getStyle().setWidth(Math.clamp(100 * meter.used() / Math.max(1, meter.limit()), 0, 100) + "%");
        gauge.add(used);
        return gauge;
    }

    private static ListItem fact(String icon, String what, String says) {
        return new ListItem(
                Parts.classed(new Icon(icon), "t3"), Parts.text("grow t1 med", what), Parts.text("t2 sm nw", says));
    }

    private static String icon(Meter meter) {
        return meter.state() == State.FINE ? "circle-check" : "triangle-alert";
    }

    private static String tone(State state) {
        return state == State.FINE ? "t2" : "wrn";
    }

    private static String words(Meter meter) {
        return switch (meter.state()) {
            case FINE -> meter.limit() == null ? "No limit" : "Within the plan";
            case SOON -> "Nearly all of the plan is used";
            case FULL ->
                meter.refuses()
                        ? "The plan is used up: no more of it"
                        : "The plan is used up: attacks are answered all the same";
            case OVER ->
                meter.refuses()
                        ? "More than the plan has: it stays, and none is added"
                        : "More than the plan has: attacks are answered all the same";
        };
    }

    private static String name(String what) {
        return switch (what) {
            case "members" -> "Members";
            case "serviceAccounts" -> "Service accounts";
            case "eventsToday" -> "Events today (UTC)";
            case "playbookRunsThisMonth" -> "Playbook runs this month (UTC)";
            default -> what;
        };
    }
}
