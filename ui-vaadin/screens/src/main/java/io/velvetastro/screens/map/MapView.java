package io.velvetastro.screens.map;

import static java.util.Objects.requireNonNull;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AnchorTarget;
import com.vaadin.flow.component.html.Aside;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Footer;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Severity;
import io.velvetastro.questions.Attacks.AttackOrigins;
import io.velvetastro.questions.Attacks.AttacksChanged;
import io.velvetastro.questions.Attacks.OriginRow;
import io.velvetastro.screens.attacks.AttacksView;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.desk.Glance;
import io.velvetastro.screens.desk.Needs;
import io.velvetastro.screens.incidents.IncidentView;
import io.velvetastro.screens.parts.AddressBar;
import io.velvetastro.screens.parts.Bold;
import io.velvetastro.screens.parts.KeptRows;
import io.velvetastro.screens.parts.Moment;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.Segments;
import io.velvetastro.screens.parts.SeverityMark;
import io.velvetastro.screens.parts.Slot;
import io.velvetastro.screens.parts.States;
import io.velvetastro.screens.parts.Words;
import io.velvetastro.screens.shell.Place;
import io.velvetastro.screens.shell.Shell;
import jakarta.annotation.security.PermitAll;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.jspecify.annotations.Nullable;

/** Where attacks come from: the world for the eye, the same places as a list for everyone. */
@Route(value = "map", layout = Shell.class)
@PageTitle("Threat map · Velvet Astro")
@PermitAll
@Needs(Authority.MONITOR_READ)
public class MapView extends Div implements Place, BeforeEnterObserver {
    private static final int PLACES = 200;

    private final Desk desk;
    private final Glance glance = new Glance();
    private final ThreatMap map = new ThreatMap();
    private final Slot slot = new Slot("origins", 8);
    private final UnorderedList list = new UnorderedList();
    private final KeptRows<String, OriginRow> kept = new KeptRows<>(list, MapView::id, this::line);
    private final Tide tide;
    private final Span sum = Parts.text("t3 sm num", "");
    private final Div tip = Parts.div("tip glass");
    private final Segments<Window> windows;
    private final Segments<Severity> severities;
    private final Map<String, OriginRow> rows = new LinkedHashMap<>();
    private final Map<String, NativeButton> lines = new LinkedHashMap<>();
    private Window window = Window.DAY;
    private Severity least = Severity.INFO;
    private @Nullable String chosen;
    private @Nullable OriginRow tipped;

    /** How far back. */
    private enum Window {
        HOUR("1 h", Duration.ofHours(1)),
        DAY("24 h", Duration.ofHours(24)),
        WEEK("7 d", Duration.ofDays(7)),
        ALL("All", null);

        private final String label;
        private final @Nullable Duration back;

        Window(String label, @Nullable Duration back) {
            this.label = label;
            this.back = back;
        }
    }

    public MapView(Desk desk) {
        this.desk = desk;
        tide = new Tide(desk);
        list.getElement().setAttribute("data-rows", true);
        addClassName("map");
        windows = new Segments<>("Time", chosenTime -> go(chosenTime, least));
        severities = new Segments<>("Severity", chosenLeast -> go(window, chosenLeast));
        for (var each : Window.values()) windows.with(each, each.label);
        severities
                .with(Severity.INFO, "Any severity")
                .with(Severity.MEDIUM, "Medium and up")
                .with(Severity.HIGH, "High and up");
        map.onChoice(this::choose);
        tip.setVisible(false);
        tip.getElement().setAttribute("role", "status");
        var top = Parts.div("mtop", Parts.div("glass row", windows), Parts.div("glass row", severities));
        var zoom = Parts.div(
                "zoom glass",
                Parts.iconButton("gho", "plus", "Zoom in", press -> map.zoom(1.6)),
                Parts.iconButton("gho", "minus", "Zoom out", press -> map.zoom(1 / 1.6)),
                Parts.iconButton("gho", "maximize-2", "Show the whole world", press -> map.whole()));
        add(Parts.div("world", map), top, zoom, tide, tip, list());
    }

    @Override
    public String heading() {
        return "Threat map";
    }

    @Override
    public boolean isWorkView() {
        return true;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        var given = AddressBar.of(event.getLocation().getQueryParameters());
        window = given.one("time", Window.DAY);
        least = given.one("severity", Severity.INFO);
        windows.choose(window);
        severities.choose(least);
        setClassName("timed", window.back != null);
        refresh();
    }

    @Override
    public void pressed(String key) {
        if (key.equals("Escape")) choose(null);
    }

    @Override
    protected void onAttach(AttachEvent event) {
        var question = new AttackOrigins(desk.tenant(), null, null, Set.of(), Set.of(), 1);
        desk.watch(
                this,
                question,
                ResponseTypes.multipleInstancesOf(OriginRow.class),
                AttacksChanged.class,
                this::refresh);
    }

    private Aside list() {
        var legend = Parts.div("row wrap");
        for (var severity : List.of(Severity.values()).reversed()) legend.add(new SeverityMark(severity));
        var data = new Anchor("https://db-ip.com", "IP Geolocation by DB-IP", AnchorTarget.BLANK);
        data.getElement().setAttribute("rel", "noreferrer");
        var limit = new Paragraph(
                new Span("Places come from address data and can be wrong. A place is not a culprit. "),
                data,
                new Span(". Outline: Natural Earth."));
        limit.addClassNames("mi", "t3");
        var list = new Aside(new Header(new H2("Origins"), sum), slot, new Footer(legend, limit));
        list.addClassNames("glass", "mlist");
        list.getElement().setAttribute("aria-label", "Origins");
        return list;
    }

    private void go(Window time, Severity severity) {
        var next = new AddressBar().put("time", time, Window.DAY).put("severity", severity, Severity.INFO);
        UI.getCurrent().navigate(MapView.class, next.parameters());
    }

    private void refresh() {
        tide.show(window.back);
        var from = window.back == null ? null : desk.now().minus(window.back);
        var wanted = least == Severity.INFO ? Set.<Severity>of() : EnumSet.range(least, Severity.CRITICAL);
        var question = new AttackOrigins(desk.tenant(), from, null, wanted, Set.of(), PLACES);
        desk.look(
                glance,
                this,
                question,
                ResponseTypes.multipleInstancesOf(OriginRow.class),
                this::show,
                problem -> slot.fail(problem, desk.now(), this::refresh));
    }

    private void show(List<OriginRow> found) {
        rows.clear();
        found.forEach(row -> rows.put(id(row), row));
        sum.setText(
                found.isEmpty()
                        ? ""
                        : Words.count(
                                        found.stream()
                                                .mapToLong(OriginRow::attacks)
                                                .sum(),
                                        "attack",
                                        "attacks") + ", " + Words.count(found.size(), "place", "places"));
        map.show(rows.entrySet().stream()
                .flatMap(each -> origin(each.getKey(), each.getValue()).stream())
                .toList());
        if (found.isEmpty()) {
            slot.show(States.empty(
                    "globe",
                    "Nothing from anywhere",
                    "No attack in this time and of this severity.",
                    Parts.button("", "Show all time", press -> go(Window.ALL, Severity.INFO))));
        } else {
            kept.show(List.copyOf(rows.values()));
            lines.keySet().retainAll(rows.keySet());
            slot.show(list);
        }
        choose(chosen != null && rows.containsKey(chosen) ? chosen : null);
    }

    private static Optional<ThreatMap.Origin> origin(String id, OriginRow row) {
        var latitude = row.latitude();
        var longitude = row.longitude();
        if (latitude == null || longitude == null) return Optional.empty();
        return Optional.of(
                new ThreatMap.Origin(id, name(row), latitude, longitude, Words.key(row.severity()), row.attacks()));
    }

    private ListItem line(OriginRow row) {
        var id = id(row);
        var line = new NativeButton("", press -> choose(id));
        line.getElement()
                .setAttribute("type", "button")
                .setAttribute("data-row", true)
                .setAttribute("aria-pressed", "false");
        line.addClassName("ml");
        var name = new Bold(name(row), "ell");
        if (row.country() != null && row.city() != null) name.add(Parts.text("t3 reg", " " + row.country()));
        line.add(
                SeverityMark.quiet(row.severity()),
                name,
                Parts.text("num t1", Words.count(row.attacks())),
                Parts.span(
                        "s2",
                        Parts.text("grow ell", row.topTitle()),
                        Parts.text("mono t3", row.topSource() == null ? "" : row.topSource())));
        lines.put(id, line);
        return new ListItem(line);
    }

    private void choose(@Nullable String id) {
        chosen = id;
        map.choose(id == null ? "" : id);
        lines.forEach((each, line) -> line.getElement().setAttribute("aria-pressed", String.valueOf(each.equals(id))));
        tip.setVisible(id != null);
        if (id != null) tip(requireNonNull(rows.get(id)));
        else {
            tipped = null;
            tip.removeAll();
        }
    }

    private void tip(OriginRow row) {
        if (row.equals(tipped)) return; // Nothing new: keep what the reader is about to press.
        tipped = row;
        tip.removeAll();
        var facts = new DescriptionList();
        facts.addClassName("kv");
        if (row.topSource() != null) facts.add(new DescriptionList.Term("Source"), described("mono", row.topSource()));
        if (row.asn() != null)
            facts.add(
                    new DescriptionList.Term("Network"),
                    described(
                            "", "AS" + row.asn() + (row.asOrganization() == null ? "" : ", " + row.asOrganization())));
        facts.add(new DescriptionList.Term("Events"), described("num", Words.count(row.events())));
        var last = new DescriptionList.Description();
        last.add(Moment.clock(row.lastAt()));
        facts.add(new DescriptionList.Term("Last"), last);
        var doors = Parts.div("row");
        if (row.incident() != null)
            doors.add(Parts.classed(
                    new RouterLink(
                            "Open incident",
                            IncidentView.class,
                            new RouteParameters("incident", row.incident().toString())),
                    "btn xs pri"));
        if (row.topSource() != null) {
            var attacks = new RouterLink("Show rows", AttacksView.class);
            attacks.setQueryParameters(QueryParameters.of("source", row.topSource()));
            doors.add(Parts.classed(attacks, "btn xs"));
        }
        doors.add(Parts.grow(), Parts.iconButton("gho xs", "x", "Close", press -> choose(null)));
        tip.add(
                Parts.div(
                        "row",
                        new SeverityMark(row.severity()),
                        Parts.grow(),
                        Parts.text("t3 sm num", Words.count(row.attacks(), "attack", "attacks"))),
                new Bold(name(row) + ", " + row.topTitle(), "t1"),
                facts,
                doors);
    }

    private static DescriptionList.Description described(String classes, String words) {
        var description = new DescriptionList.Description();
        description.add(Parts.text(classes, words));
        return description;
    }

    private static String name(OriginRow row) {
        if (row.city() != null) return row.city();
        return row.country() != null ? row.country() : "Unknown place";
    }

    private static String id(OriginRow row) {
        return row.country() + "/" + row.city() + "/" + row.latitude() + "/" + row.longitude() + "/" + row.asn();
    }
}
