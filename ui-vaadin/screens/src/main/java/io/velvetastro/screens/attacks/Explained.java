package io.velvetastro.screens.attacks;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.dom.Element;
import io.velvetastro.language.FindingRaised.Weight;
import io.velvetastro.questions.Monitor.RawEvent;
import io.velvetastro.screens.parts.Moment;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.Words;
import java.util.List;
import java.util.Locale;

/** How a finding shows what it rests on, wherever it is shown. */
public final class Explained {
    private Explained() {}

    /** What weighed in, as bars against the heaviest; what spoke against it is grey. */
    public static Div weights(List<Weight> weights) {
        double most = weights.stream()
                .mapToDouble(weight -> Math.abs(weight.share()))
                .max()
                .orElse(1);
        var list = Parts.div("feat");
        for (var weight : weights) {
            var fill = new Element("i");
            fill.getStyle().set("width", Math.round(Math.abs(weight.share()) * 100 / Math.max(most, 1e-9)) + "%");
            fill.getStyle().set("background", weight.share() < 0 ? "var(--va-chart-3)" : "var(--va-chart-1)");
            var bar = Parts.span("prog");
            bar.getElement().appendChild(fill);
            list.add(Parts.text("t1", weight.what()), bar, Parts.text("num r", Words.signed(weight.share())));
        }
        return list;
    }

    /** A stored name as people say it: what happened, without where it is written down. */
    private static String named(String type) {
        var name = type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1)
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ");
        return name.isEmpty() ? name : name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    /** An event as it was stored; whatever it says, it is text. */
    public static Div raw(RawEvent event) {
        var text = new Pre(event.json());
        text.addClassName("raw");
        text.getElement()
                .setAttribute("tabindex", "0")
                .setAttribute("role", "group")
                .setAttribute("aria-label", "Raw event");
        var head = Parts.div(
                "row mi t3",
                Moment.clock(event.occurredAt()).recorded(event.recordedAt()),
                new Span(named(event.type())),
                Parts.grow(),
                Parts.text("mono ell", event.id().toString()));
        return Parts.div("raw-event", head, text);
    }
}
