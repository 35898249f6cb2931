package io.velvetastro.screens.dashboard;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.RouterLink;
import io.velvetastro.questions.Monitor.Figures;
import io.velvetastro.questions.Monitor.FiguresAnswer;
import io.velvetastro.screens.attacks.AttacksView;
import io.velvetastro.screens.defense.DefenseView;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.desk.Glance;
import io.velvetastro.screens.incidents.IncidentsView;
import io.velvetastro.screens.parts.Bold;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.Small;
import io.velvetastro.screens.parts.Spark;
import io.velvetastro.screens.parts.Words;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Five figures of today, each a way to its rows. */
class Tiles extends Div {
    private final Desk desk;
    private final Glance glance = new Glance();
    private final SeverityCard severities;
    private final Tile incidents = new Tile("Open incidents", IncidentsView.class, QueryParameters.empty());
    private final Tile attacks = new Tile("Attacks today", AttacksView.class, QueryParameters.of("time", "today"));
    private final Tile stopped =
            new Tile("Stopped without a person", AttacksView.class, QueryParameters.of("outcome", "blocked"));
    private final Tile acknowledged = new Tile("Time to acknowledge", IncidentsView.class, QueryParameters.empty());
    private final Tile blocks = new Tile("Standing blocks", DefenseView.class, QueryParameters.empty());

    Tiles(Desk desk, SeverityCard severities) {
        this.desk = desk;
        this.severities = severities;
        addClassName("tiles");
        add(incidents, attacks, stopped, acknowledged, blocks);
    }

    void refresh() {
        desk.look(
                glance,
                this,
                new Figures(desk.tenant(), desk.now(), desk.midnight()),
                FiguresAnswer.class,
                this::show,
                problem -> {
                    for (var tile : new Tile[] {incidents, attacks, stopped, acknowledged, blocks}) tile.unknown();
                    severities.fail(problem, desk.now(), this::refresh);
                });
    }

    private void show(FiguresAnswer figures) {
        severities.show(figures.severitiesToday());
        incidents.value(Words.count(figures.openIncidents()));
        incidents.delta(
                figures.openedToday() == 0 ? "t3" : "c-high",
                figures.openedToday() == 0 ? "" : "+" + Words.count(figures.openedToday()),
                figures.openedToday() == 0 ? "none opened today" : "today");
        incidents.trend(figures.incidentTrend());
        attacks.value(Words.count(figures.attacksToday()));
        usual(figures);
        attacks.trend(figures.attackTrend());
        if (figures.containableToday() == 0) {
            stopped.value("–");
            stopped.delta("t3", "", "nothing to stop today");
        } else {
            stopped.value(
                    Words.percent((double) figures.containedToday() / figures.containableToday())
                            .replace("\u202f%", ""),
                    "%");
            stopped.delta(
                    "t1",
                    Words.count(figures.containedToday()),
                    "of " + Words.count(figures.containableToday()) + " today");
        }
        acknowledge(figures.medianSecondsToAcknowledge());
        blocks.value(Words.count(figures.standingBlocks()));
        blocks.delta("t3", "", "all end by themselves");
        blocks.trend(figures.blockTrend());
    }

    private void usual(FiguresAnswer figures) {
        var usual = figures.usualAttacks();
        if (usual == null || usual < 1) {
            attacks.delta(
                    "t1",
                    Words.count(figures.eventsToday()),
                    figures.eventsToday() == 1 ? "event today" : "events today");
            return;
        }
        long percent = Math.round((figures.attacksToday() / usual - 1) * 100);
        var day = LocalDate.ofInstant(desk.now(), desk.zone())
                .getDayOfWeek()
                .getDisplayName(TextStyle.FULL, Locale.ENGLISH);
        attacks.delta("t1", (percent < 0 ? "−" : "+") + Math.abs(percent) + "\u202f%", "on usual " + day);
    }

    private void acknowledge(@Nullable Double median) {
        if (median == null) {
            acknowledged.value("–");
            acknowledged.delta("t3", "", "nothing taken on yet");
            return;
        }
        long seconds = Math.round(median);
        if (seconds < 3600) acknowledged.value(seconds / 60 + "", "m", seconds % 60 + "", "s");
        else acknowledged.value(seconds / 3600 + "", "h", seconds / 60 % 60 + "", "m");
        acknowledged.delta("t3", "", "median");
    }

    /** One figure, what it is compared with, and its day as a line. */
    static class Tile extends RouterLink {
        private final Div value = Parts.div("v");
        private final Span delta = Parts.text("delta", "");
        private final Spark spark = new Spark();

        Tile(String title, Class<? extends Component> target, QueryParameters rows) {
            super("", target);
            setQueryParameters(rows);
            addClassNames("card", "tile");
            add(new H2(title), value, Parts.div("bot", delta, spark));
            value.add(Parts.span("sk"));
        }

        /** Numbers and their small units by turns. */
        void value(String... parts) {
            value.removeAll();
            for (int i = 0; i < parts.length; i++)
                value.add(i % 2 == 0 ? new Span((i > 0 ? " " : "") + parts[i]) : new Small(parts[i]));
        }

        void delta(String tone, String figure, String against) {
            delta.removeAll();
            if (!figure.isEmpty()) delta.add(new Bold(figure, tone), new Span(" "));
            delta.add(new Span(against));
        }

        void trend(java.util.List<Long> points) {
            spark.show(points);
        }

        void unknown() {
            value("?");
            delta("t3", "", "could not be loaded");
        }
    }
}
