package io.velvetastro.screens.dashboard;

import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.popover.Popover;
import com.vaadin.flow.component.popover.PopoverPosition;
import io.velvetastro.questions.Monitor.Component;
import io.velvetastro.questions.Monitor.Health;
import io.velvetastro.questions.Monitor.HealthReport;
import io.velvetastro.questions.Monitor.State;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.desk.Glance;
import io.velvetastro.screens.desk.Problem;
import io.velvetastro.screens.parts.Bold;
import io.velvetastro.screens.parts.Icon;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.Words;
import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Pattern;

/** Whether the house itself is well: one line, and every part of it behind a button. */
class HealthStrip extends Section {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final int ON_THE_LINE = 5;

    private final Desk desk;
    private final Glance glance = new Glance();

    HealthStrip(Desk desk) {
        this.desk = desk;
        addClassNames("card", "health");
        getElement().setAttribute("aria-label", "System health");
        add(Parts.span("", Parts.span("sk")));
    }

    void refresh() {
        desk.look(glance, this, new Health(desk.tenant()), HealthReport.class, this::show, this::fail);
    }

    private void fail(Problem problem) {
        removeAll();
        add(
                Parts.span("wrn", Icon.small("triangle-alert"), new Bold("Health is unknown")),
                Parts.text("t3", problem.code()),
                Parts.button("gho xs", "Try again", press -> refresh()));
    }

    private void show(HealthReport report) {
        removeAll();
        add(verdict(report.state()));
        report.components().stream()
                .sorted(Comparator.comparing(Component::state).reversed()) // What limps comes first.
                .limit(ON_THE_LINE)
                .forEach(part -> add(part(part)));
        var all = Parts.button("gho xs", "All parts", press -> {});
        var details = new Popover();
        details.setTarget(all);
        details.setPosition(PopoverPosition.BOTTOM_END);
        details.setAriaLabel("System health, all parts");
        details.add(everything(report));
        add(Parts.grow(), all, details);
    }

    private static Span part(Component part) {
        var span = Parts.span(
                "part",
                Parts.text("nm", Words.capital(part.name())),
                state(part),
                Parts.text("t1 med ell", part.says()));
        span.setTitle(Words.capital(part.name()) + ": " + part.says());
        return span;
    }

    private static Span verdict(State state) {
        return switch (state) {
            case UP -> Parts.span("verdict ok", Icon.small("circle-check"), new Bold("Systems normal"));
            case DEGRADED -> Parts.span("verdict wrn", Icon.small("triangle-alert"), new Bold("Running with limits"));
            case DOWN -> Parts.span("verdict dng", Icon.small("triangle-alert"), new Bold("Not working"));
        };
    }

    private static Span state(Component part) {
        return switch (part.state()) {
            case UP -> Parts.text("sr", "up");
            case DEGRADED -> Parts.text("badge wrn", "limited");
            case DOWN -> Parts.text("badge dng", "down");
        };
    }

    private static DescriptionList everything(HealthReport report) {
        var list = new DescriptionList();
        list.addClassNames("kv", "health-parts");
        for (var part : report.components()) {
            var says = new DescriptionList.Description();
            says.add(state(part), new Span(part.says()));
            part.figures()
                    .forEach((what, value) -> says.add(
                            Parts.div("t3 sm", new Span(called(what) + " "), Parts.text("num t2", figure(value)))));
            list.add(new DescriptionList.Term(Words.capital(part.name())), says);
        }
        return list;
    }

    /** {@code checkpoint.ageSeconds} as people say it. */
    private static String called(String figure) {
        return Words.spaced(figure).toLowerCase(Locale.ROOT);
    }

    private static String figure(String value) {
        return NUMBER.matcher(value).matches() ? Words.count(Long.parseLong(value)) : value;
    }
}
