package io.velvetastro.screens.dashboard;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteAlias;
import io.velvetastro.language.Authority;
import io.velvetastro.questions.Attacks;
import io.velvetastro.questions.Attacks.AttackFeed;
import io.velvetastro.questions.Attacks.AttackPage;
import io.velvetastro.questions.Attacks.AttacksChanged;
import io.velvetastro.questions.Incidents;
import io.velvetastro.questions.Incidents.IncidentList;
import io.velvetastro.questions.Incidents.IncidentPage;
import io.velvetastro.questions.Incidents.IncidentsChanged;
import io.velvetastro.questions.Monitor.Traffic;
import io.velvetastro.questions.Monitor.TrafficAnswer;
import io.velvetastro.questions.Monitor.TrafficChanged;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.desk.Needs;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.shell.Place;
import io.velvetastro.screens.shell.Shell;
import jakarta.annotation.security.PermitAll;
import java.time.Duration;

/** The first look of the day, and the screen on the wall. */
@Route(value = "dashboard", layout = Shell.class)
@RouteAlias(value = "", layout = Shell.class)
@PageTitle("Dashboard · Velvet Astro")
@PermitAll
@Needs(Authority.MONITOR_READ)
public class DashboardView extends Div implements Place {
    private final Desk desk;
    private final HealthStrip health;
    private final Tiles tiles;
    private final TrafficCard traffic;
    private final LiveFeed feed;
    private final NeedsYouCard needsYou;
    private final SeverityCard severities;
    private final TopCard top;

    public DashboardView(Desk desk) {
        this.desk = desk;
        health = new HealthStrip(desk);
        traffic = new TrafficCard(desk);
        feed = new LiveFeed(desk);
        needsYou = new NeedsYouCard(desk);
        severities = new SeverityCard();
        top = new TopCard(desk);
        tiles = new Tiles(desk, severities);
        addClassNames("page", "fill");
        add(Parts.div("dash", health, tiles, traffic, feed, needsYou, severities, top));
    }

    @Override
    public String heading() {
        return "Dashboard";
    }

    @Override
    public void pressed(String key) {
        if (key.equals(".")) feed.follow(true);
    }

    @Override
    protected void onAttach(AttachEvent event) {
        health.refresh();
        tiles.refresh();
        traffic.refresh();
        feed.refresh();
        needsYou.refresh();
        top.refresh();
        var tenant = desk.tenant();
        desk.watch(
                this,
                new AttackFeed(tenant, Attacks.Filter.none(), null, 1),
                AttackPage.class,
                AttacksChanged.class,
                () -> {
                    feed.refresh();
                    top.refresh();
                });
        desk.watch(
                this,
                new IncidentList(tenant, Incidents.Filter.none(), null, 1),
                IncidentPage.class,
                IncidentsChanged.class,
                needsYou::refresh);
        var hour = new Traffic(tenant, desk.now().minus(Duration.ofHours(1)), desk.now(), 60);
        desk.watch(this, hour, TrafficAnswer.class, TrafficChanged.class, () -> {
            traffic.refresh();
            tiles.refresh();
            health.refresh();
        });
    }
}
