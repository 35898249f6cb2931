package io.velvetastro.screens.map;

import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import io.velvetastro.questions.Monitor.Traffic;
import io.velvetastro.questions.Monitor.TrafficAnswer;
import io.velvetastro.questions.Monitor.TrafficPoint;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.desk.Glance;
import io.velvetastro.screens.parts.Bold;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.TimeChart;
import io.velvetastro.screens.parts.Words;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When the attacks on the map came: the map says where, this says when. */
class Tide extends Section {
    private static final int STEPS = 144;

    private final Desk desk;
    private final Glance glance = new Glance();
    private final TimeChart chart = new TimeChart();
    private final Span sum = Parts.text("t3 sm num", "");

    Tide(Desk desk) {
        this.desk = desk;
        addClassNames("tide", "glass");
        getElement().setAttribute("aria-label", "Attacks over time");
        add(Parts.div("row", new Bold("When", "t1"), sum), Parts.div("chart-well", chart));
    }

    /** The last {@code back}; for all time there is no such picture. */
    void show(@Nullable Duration back) {
        setVisible(back != null);
        if (back == null) return;
        var now = desk.now();
        var step = Math.max(60, back.toSeconds() / STEPS);
        desk.look(
                glance,
                this,
                new Traffic(desk.tenant(), now.minus(back), now, (int) step),
                TrafficAnswer.class,
                answer -> draw(answer.points()),
                problem -> sum.setText(problem.words()));
    }

    private void draw(List<TrafficPoint> points) {
        var figures = points.stream().map(TrafficPoint::attacks).toList();
        sum.setText(Words.count(
                figures.stream().mapToLong(Long::longValue).sum(),
                "event that findings rest on",
                "events that findings rest on"));
        chart.show(new TimeChart.Plot(
                "Events that findings rest on",
                points.stream().map(point -> point.at().toEpochMilli()).toList(),
                List.of(new TimeChart.Series("In attacks", "sev-critical", figures))));
    }
}
