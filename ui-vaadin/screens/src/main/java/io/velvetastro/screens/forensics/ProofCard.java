package io.velvetastro.screens.forensics;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import io.velvetastro.ledger.SingleEvent;
import io.velvetastro.screens.parts.Icon;
import io.velvetastro.screens.parts.Moment;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.States;
import io.velvetastro.screens.parts.Words;
import java.util.Map;

/** Shows how an event leads to the signed checkpoint, and what the verifier said when it walked there just now. */
class ProofCard extends Section {
    ProofCard() {
        addClassNames("card", "prf");
        getElement().setAttribute("aria-label", "Inclusion proof");
    }

    void show(Examined examined) {
        removeAll();
        var event = examined.event();
        if (event == null) {
            add(new Header(new H2("Inclusion proof")), waiting());
            return;
        }
        var walk = Walk.of(event);
        var legend = Parts.span(
                "legend d-only",
                Parts.span("", swatch("--va-iris-300"), new Span("Computed here")),
                Parts.span("", swatch("--va-text-3"), new Span("Given by the proof")));
        add(new Header(
                new H2("Inclusion proof"),
                Parts.text("sub d-only", Words.count(walk.hashes()) + " hashes from this event to the signed root"),
                Parts.grow(),
                legend));
        var path = new ProofPath();
        path.show(walk, examined.report() != null);
        var scroller = Parts.div("well", path);
        scroller.getElement()
                .setAttribute("tabindex", "0")
                .setAttribute("role", "group")
                .setAttribute("aria-label", "The path, which scrolls sideways");
        add(Parts.div("body", scroller, verdict(examined, event), everyHash(walk)));
    }

    private static Div waiting() {
        return States.empty(
                "hourglass",
                "Not under a witnessed checkpoint yet",
                "A new event is hashed, signed and witnessed within a second or two. If this stays, the ledger’s state above says why.");
    }

    private static Component verdict(Examined examined, SingleEvent event) {
        var refusal = examined.refusal();
        var report = examined.report();
        if (report == null) {
            var words = refusal == null ? "The verifier could not decide." : refusal.getMessage();
            var no = Parts.div("steps bad", step("triangle-alert", new Span("Not proven. " + words)));
            no.getElement().setAttribute("role", "alert");
            return no;
        }
        var steps = Parts.div(
                "steps",
                step(
                        "check",
                        new Span("Leaf hash made from the " + Words.count(event.payload().length)
                                + " stored bytes and the envelope")),
                step(
                        "check",
                        new Span("Leads to the root of your log of "
                                + Words.count(report.anchor().size(), "event", "events"))),
                step(
                        "check",
                        new Span("Which stands in checkpoint "
                                + Words.count(report.checkpoint().size()) + ", signed by "
                                + shortly(report.checkpoint().origin()))));
        for (var seen : report.witnessed().entrySet()) steps.add(witnessed(seen));
        if (report.witnessed().isEmpty())
            steps.add(step("triangle-alert", new Span("No witness has cosigned this checkpoint")));
        return steps;
    }

    private static Div witnessed(Map.Entry<String, java.time.Instant> seen) {
        return step(
                "check",
                Parts.span("", new Span(shortly(seen.getKey()) + " saw it at "), Moment.clock(seen.getValue())));
    }

    /** The last part of a key's name is enough to tell keys of one house apart. */
    private static String shortly(String name) {
        return name.substring(name.indexOf('/') + 1);
    }

    private static Div step(String icon, Component words) {
        return Parts.div("", Icon.small(icon), words);
    }

    private static Component everyHash(Walk walk) {
        var list = new OrderedList();
        list.addClassNames("hashes", "mono");
        for (var line : walk.lines()) {
            var item = new ListItem();
            item.add(Parts.text("t3", line.what()), Parts.text("t1", line.hash()));
            if (line.given() != null) item.add(Parts.text("t3", "with " + line.given()));
            list.add(item);
        }
        var details = new NativeDetails("Every hash", list);
        var limit = new Paragraph(
                "Computed in this house, with the keys this house says are its own. For a proof that needs no trust in us, take a bundle and verify it elsewhere. It can't show that an event was never sent.");
        limit.addClassNames("mi", "t3", "limit");
        return Parts.div("", details, limit);
    }

    private static Span swatch(String colour) {
        var swatch = Parts.span("swatch");
        swatch.getStyle().set("background", "var(" + colour + ")");
        return swatch;
    }
}
