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
import io.velvetastro.screens.desk.Glance;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.Segments;
import io.velvetastro.screens.parts.Slot;
import io.velvetastro.screens.parts.States;
import io.velvetastro.screens.parts.TimeChart;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** Events over time, those that findings rest on in the colour of danger. */
class TrafficCard extends Section {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Desk desk;
    private final Glance glance = new Glance();
    private final Span unit = Parts.text("sub", "");
    private final Slot slot = new Slot("traffic", 5);
    private final TimeChart chart = new TimeChart();
    private final Div well = Parts.div("body chart-well", chart);
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
        desk.look(
                glance,
                this,
                question,
                TrafficAnswer.class,
                answer -> {
                    if (asked == window) upToNow(asked, answer.points(), now);
                },
                problem -> slot.fail(problem, desk.now(), this::refresh));
    }

    /**
     * A step that has not ended counts too little, and waiting for its end would hide what happens now: the line ends
     * with the last whole step up to the minute instead.
     */
    private void upToNow(Window asked, List<TrafficPoint> points, Instant now) {
        var ended = ended(points, asked.step, now);
        if (ended.size() == points.size() || asked.step.compareTo(MINUTE) <= 0) {
            show(ended);
            return;
        }
        var until = now.truncatedTo(ChronoUnit.MINUTES);
        var since = until.minus(asked.step);
        desk.ask(
                this,
                new Traffic(desk.tenant(), since, until, (int) MINUTE.toSeconds()),
                TrafficAnswer.class,
                answer -> {
                    if (asked == window) show(with(ended, sum(since, answer.points())));
                },
                problem -> show(ended));
    }

    /** The steps that are whole. */
    static List<TrafficPoint> ended(List<TrafficPoint> points, Duration step, Instant now) {
        return points.stream()
                .filter(point -> !point.at().plus(step).isAfter(now))
                .toList();
    }

    /** The last step up to the minute comes after those that are whole, unless it is the last of them. */
    static List<TrafficPoint> with(List<TrafficPoint> ended, TrafficPoint last) {
        return Stream.concat(ended.stream().filter(point -> point.at().isBefore(last.at())), Stream.of(last))
                .toList();
    }

    static TrafficPoint sum(Instant at, List<TrafficPoint> points) {
        return new TrafficPoint(
                at,
                points.stream().mapToLong(TrafficPoint::succeeded).sum(),
                points.stream().mapToLong(TrafficPoint::failed).sum(),
                points.stream().mapToLong(TrafficPoint::alerts).sum(),
                points.stream().mapToLong(TrafficPoint::attacks).sum());
    }

    private void look(Window chosen) {
        window = chosen;
        unit.setText(chosen.unit);
        refresh();
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
        slot.show(well);
    }

    private static TimeChart.Series line(
            String name, String colour, List<TrafficPoint> points, ToLongFunction<TrafficPoint> figure) {
        return new TimeChart.Series(
                name, colour, points.stream().map(figure::applyAsLong).toList());
    }

    private static Div legend() {
        return Parts.div(
                "legend", key("chart-1", "Signed in"), key("chart-3", "Failed"), key("sev-critical", "Attack"));
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
