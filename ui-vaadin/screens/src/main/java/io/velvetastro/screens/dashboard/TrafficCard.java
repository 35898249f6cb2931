package io.velvetastro.screens.dashboard;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import io.velvetastro.questions.Monitor.Traffic;
import io.velvetastro.questions.Monitor.TrafficAnswer;
import io.velvetastro.questions.Monitor.TrafficPoint;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.Segments;
import io.velvetastro.screens.parts.Slot;
import io.velvetastro.screens.parts.States;
import io.velvetastro.screens.parts.TimeChart;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;

/** Events over time, those that findings rest on in the colour of danger. */
class TrafficCard extends Section {
    private final Desk desk;
    private final Span unit = Parts.text("sub", "");
    private final Slot slot = new Slot("traffic", 5);
    private final TimeChart chart = new TimeChart();
    private Window window = Window.DAY;

    /** How far back to look, and in what steps. */
    private enum Window {
        HOUR("1 h", Duration.ofHours(1), Duration.ofMinutes(1), "events per minute, last hour"),
        DAY("24 h", Duration.ofHours(24), Duration.ofMinutes(10), "events per 10 minutes, last 24 h"),
        WEEK("7 d", Duration.ofDays(7), Duration.ofHours(1), "events per hour, last 7 days");

        private final String label;
        private final Duration back;
        private final Duration step;
        private final String unit;

        Window(String label, Duration back, Duration step, String unit) {
            this.label = label;
            this.back = back;
            this.step = step;
            this.unit = unit;
        }
    }

    TrafficCard(Desk desk) {
        this.desk = desk;
        addClassNames("card", "c-traffic");
        getElement().setAttribute("aria-label", "Traffic");
        var windows = new Segments<Window>("Time", this::look);
        for (var each : Window.values()) windows.with(each, each.label);
        windows.choose(window);
        var table = new NativeButton[1];
        table[0] = Parts.iconButton("gho xs", "table", "Show as table", press -> {
            var words = chart.flip() ? "Show as chart" : "Show as table";
            table[0].setAriaLabel(words);
            table[0].setTitle(words);
        });
        unit.setText(window.unit);
        add(new Header(new H2("Traffic"), unit, Parts.grow(), legend(), table[0], windows), slot);
    }

    void refresh() {
        var now = desk.now();
        var asked = window;
        var question = new Traffic(desk.tenant(), now.minus(asked.back), now, (int) asked.step.toSeconds());
        desk.ask(
                this,
                question,
                TrafficAnswer.class,
                answer -> {
                    if (asked == window) show(settled(answer.points(), now));
                },
                problem -> slot.fail(problem, desk.now(), this::refresh));
    }

    private void look(Window chosen) {
        window = chosen;
        unit.setText(chosen.unit);
        refresh();
    }

    /** A step that has not ended yet counts too little: it is drawn once it reaches the one before it, so the line never dips for no reason. */
    private List<TrafficPoint> settled(List<TrafficPoint> points, Instant now) {
        if (points.size() < 2) return points;
        var last = points.getLast();
        boolean running = last.at().plus(window.step).isAfter(now);
        return running && all(last) < all(points.get(points.size() - 2))
                ? points.subList(0, points.size() - 1)
                : points;
    }

    private static long all(TrafficPoint point) {
        return point.succeeded() + point.failed() + point.alerts();
    }

    private void show(List<TrafficPoint> points) {
        if (points.stream().allMatch(point -> all(point) == 0)) {
            slot.show(States.empty(
                    "activity",
                    "No events in this time",
                    "Send a log you have, or follow one that grows.",
                    States.command("./velvet import FILE --format sshd")));
            return;
        }
        var times = points.stream().map(point -> point.at().toEpochMilli()).toList();
        chart.show(new TimeChart.Plot(
                "Traffic, " + window.unit,
                times,
                List.of(
                        line("Signed in", "chart-1", points, TrafficPoint::succeeded),
                        line("Failed or alerted", "chart-3", points, point -> point.failed() + point.alerts()),
                        line("Attack", "sev-critical", points, TrafficPoint::attacks))));
        if (chart.isAttached()) slot.fresh();
        else slot.show(Parts.div("body chart-well", chart));
    }

    private static TimeChart.Series line(
            String name, String colour, List<TrafficPoint> points, ToLongFunction<TrafficPoint> figure) {
        return new TimeChart.Series(
                name, colour, points.stream().map(figure::applyAsLong).toList());
    }

    private static Div legend() {
        return Parts.div(
                "legend d-only", key("chart-1", "Signed in"), key("chart-3", "Failed"), key("sev-critical", "Attack"));
    }

    private static Span key(String colour, String words) {
        var swatch = new com.vaadin.flow.dom.Element("i");
        swatch.getStyle().set("background", "var(--va-" + colour + ")");
        var key = new Span();
        key.getElement().appendChild(swatch);
        key.add(new Span(words));
        return key;
    }
}
