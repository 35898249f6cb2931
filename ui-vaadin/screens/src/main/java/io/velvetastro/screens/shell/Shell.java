package io.velvetastro.screens.shell;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.ClientCallable;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasElement;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Aside;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HighlightConditions;
import com.vaadin.flow.router.RouterLayout;
import com.vaadin.flow.router.RouterLink;
import com.vaadin.flow.spring.security.AuthenticationContext;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Caller;
import io.velvetastro.questions.Incidents.Filter;
import io.velvetastro.questions.Incidents.IncidentList;
import io.velvetastro.questions.Incidents.IncidentPage;
import io.velvetastro.questions.Incidents.IncidentsChanged;
import io.velvetastro.questions.Incidents.Status;
import io.velvetastro.questions.Organizations;
import io.velvetastro.screens.dashboard.DashboardView;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.desk.Glance;
import io.velvetastro.screens.desk.Needs;
import io.velvetastro.screens.incidents.IncidentsView;
import io.velvetastro.screens.parts.Bold;
import io.velvetastro.screens.parts.Icon;
import io.velvetastro.screens.parts.Kbd;
import io.velvetastro.screens.parts.Moment;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.Small;
import io.velvetastro.screens.parts.Words;
import jakarta.annotation.security.PermitAll;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;

/** The frame around every screen: navigation, top bar, content, and a bottom bar on small screens. */
@PermitAll // Who is signed in may see the frame; each screen says for itself who may see it.
public class Shell extends Div implements RouterLayout, BeforeEnterObserver {
    private static final Logger LOG = LoggerFactory.getLogger(Shell.class);
    private static final Set<Status> UNRESOLVED = Set.of(Status.OPEN, Status.IN_PROGRESS, Status.CONTAINED);

    private final Desk desk;
    private final AuthenticationContext who;
    private final Glance glance = new Glance();
    private final Main content = new Main();
    private final H1 heading = new H1();
    private final Span crumb = Parts.text("crumb d-only", "");
    private final List<Span> openIncidents = new ArrayList<>();
    private final Keys keys = new Keys();
    private final More more;
    private @Nullable Place place;

    public Shell(
            Desk desk,
            AuthenticationContext who,
            Organizations organizations,
            @Value("${velvet.demo.enabled:false}") boolean demo,
            @Value("${velvet.session.idle:PT30M}") Duration idle) {
        this.desk = desk;
        this.who = who;
        more = more();
        addClassName("shell");
        content.setId("content");
        content.addClassName("content");
        content.getElement().setAttribute("tabindex", "-1");
        keys.onPress(pressed -> press(pressed.key()));
        var skip = new Anchor("#content", "Skip to content");
        skip.addClassName("skip");
        skip.setRouterIgnore(true);
        add(skip, notes(demo), navigation(), top(who, organizations), content, tabs(), keys, new Here(desk, idle));
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        if (!isOfToday())
            event.getUI().getPage().setLocation(event.getLocation().getPathWithQueryParameters());
        var needs = event.getNavigationTarget().getAnnotation(Needs.class);
        if (needs == null || desk.may(needs.value())) return;
        var caller = desk.caller();
        LOG.warn(
                "Turned away by role: {} of {} from {}",
                caller.actor(),
                caller.tenant(),
                event.getNavigationTarget().getSimpleName());
        event.rerouteTo(NotAllowedView.class);
    }

    /** Whether it still says what its member and their organisation are called, and by which plan; otherwise the page begins anew. */
    private boolean isOfToday() {
        return who.getAuthenticatedUser(Caller.class)
                .filter(desk.caller()::equals)
                .isPresent();
    }

    @Override
    public void showRouterLayoutContent(@Nullable HasElement shown) {
        content.getElement().removeAllChildren();
        if (shown == null) return;
        content.getElement().appendChild(shown.getElement());
        place = shown instanceof Place found ? found : null;
        if (shown instanceof Component screen) more.here(screen);
        setClassName("rail", place != null && place.isWorkView());
        if (place != null) head(place.heading());
    }

    @Override
    protected void onAttach(AttachEvent event) {
        if (!desk.may(Authority.INCIDENTS_READ)) return;
        var open = new IncidentList(desk.tenant(), unresolved(), null, 1);
        countIncidents(open);
        desk.watch(this, open, IncidentPage.class, IncidentsChanged.class, () -> countIncidents(open));
    }

    /** What the top bar says. */
    public void head(String here) {
        crumb.setVisible(false);
        heading.setText(here);
    }

    /** What the top bar says of something inside another place. */
    public void head(String above, Class<? extends Component> place, String here) {
        crumb.removeAll();
        crumb.add(new RouterLink(above, place), new Span("/"));
        crumb.setVisible(true);
        heading.setText(here);
    }

    private void countIncidents(IncidentList open) {
        desk.look(
                glance,
                this,
                open,
                IncidentPage.class,
                page -> openIncidents.forEach(n -> n.setText(page.total() == 0 ? "" : Words.count(page.total()))),
                problem -> {});
    }

    private static Filter unresolved() {
        return new Filter(Set.of(), UNRESOLVED, Set.of(), null, null, null, null);
    }

    private void press(String key) {
        switch (key) {
            case "jump" -> new JumpDialog(desk).open();
            case "?" -> new KeyboardDialog(keys).open();
            default -> {
                if (place != null) place.pressed(key);
            }
        }
    }

    private Div notes(boolean demo) {
        var notes = Parts.div("notes", new Line());
        if (desk.caller().readsOnly()) notes.add(readsOnly());
        if (!demo) return notes;
        var note = new Section(Parts.span(
                "",
                new Bold("Demo."),
                new Span(" Traffic marked simulated is made up."),
                Parts.text("d-only", " The sign-in is public: send nothing real.")));
        note.addClassName("note");
        note.getElement().setAttribute("aria-label", "Demo");
        notes.add(note);
        return notes;
    }

    private static Section readsOnly() {
        var note = new Section(
                Parts.span(
                        "",
                        new Bold("Read-only."),
                        new Span(
                                " Your organisation has more members than its plan has room for, and you are beyond it. An administrator makes room, or a larger plan does.")));
        note.addClassName("note");
        note.getElement().setAttribute("aria-label", "Read-only");
        return note;
    }

    private Component navigation() {
        var nav = new Nav();
        var groups = new LinkedHashMap<String, Section>();
        for (var way : Way.of(desk))
            groups.computeIfAbsent(way.group(), title -> new Section(new H3(title)))
                    .add(link(way));
        groups.values().forEach(nav::add);
        nav.addClassName("col");
        nav.getStyle().set("gap", "14px");
        nav.setAriaLabel("Main");
        var brand = new RouterLink("", DashboardView.class);
        brand.addClassName("brand");
        brand.add(mark(), new Bold("Velvet Astro"));
        var caller = desk.caller();
        var org = Parts.div(
                "org",
                Parts.text("orgmark", Words.initials(caller.organization())),
                Parts.div("grow", new Bold(caller.organization(), "ell"), new Small(Words.capital(caller.plan()))));
        var aside = new Aside(brand, nav, org);
        aside.addClassName("nav");
        return aside;
    }

    private RouterLink link(Way way) {
        var link = new RouterLink("", way.screen());
        link.add(new Icon(way.icon()), new Span(way.name()));
        link.addClassName("place");
        link.getElement().setAttribute("title", way.name());
        link.setHighlightCondition(HighlightConditions.locationPrefix());
        link.setHighlightAction((each, here) -> {
            if (here) each.getElement().setAttribute("aria-current", "page");
            else each.getElement().removeAttribute("aria-current");
        });
        if (!way.key().isEmpty()) link.getElement().setAttribute("data-go", way.key());
        if (way.screen() == IncidentsView.class) {
            var count = Parts.text("n", "");
            openIncidents.add(count);
            link.add(count);
        }
        return link;
    }

    private Header top(AuthenticationContext who, Organizations organizations) {
        var jump = new NativeButton("", press -> new JumpDialog(desk).open());
        Parts.classed(jump, "field quiet jump d-only");
        jump.getElement().setAttribute("type", "button");
        jump.add(Icon.small("search"), Parts.text("ph sm grow", "Search or jump to"), new Kbd("Ctrl K"));
        var find = Parts.iconButton("gho m-only", "search", "Search or jump to", press -> new JumpDialog(desk).open());
        var live =
                Parts.span("pill", Parts.text("live", ""), new Span("Live"), Parts.classed(Moment.now(), "t3 d-only"));
        var small = mark();
        small.addClassName("m-only");
        var top = new Header(
                small, crumb, heading, Parts.grow(), jump, live, find, new Me(desk, who, organizations, keys));
        top.addClassName("top");
        return top;
    }

    private Nav tabs() {
        var tabs = new Nav();
        Way.of(desk).stream()
                .filter(way -> way.thumb() > 0)
                .sorted(Comparator.comparing(Way::thumb))
                .map(this::link)
                .forEach(tabs::add);
        tabs.add(more);
        tabs.addClassName("tabbar");
        tabs.setAriaLabel("Main");
        return tabs;
    }

    private More more() {
        var others = Stream.concat(Way.of(desk).stream().filter(way -> way.thumb() == 0), Stream.of(Way.toAccount()))
                .toList();
        return new More(
                others.stream().map(this::link).toList(),
                others.stream().<Class<? extends Component>>map(Way::screen).toList());
    }

    private static Image mark() {
        return new Image("velvet/mark.svg", "");
    }

    /** Says when the line to the house is lost. */
    @Tag("va-line")
    @JsModule("context://velvet/shell.js")
    private static class Line extends Component {}

    /** Hears from the page that somebody is at it; what the page asks by itself does not say so. */
    @Tag("va-here")
    @JsModule("context://velvet/shell.js")
    static class Here extends Component {
        private static final Duration OFTEN_ENOUGH = Duration.ofMinutes(1);

        private final Desk desk;

        Here(Desk desk, Duration idle) {
            this.desk = desk;
            long millis = Math.min(OFTEN_ENOUGH.toMillis(), idle.dividedBy(4).toMillis());
            getElement().setAttribute("every", Long.toString(millis));
        }

        @ClientCallable
        void somebody() {
            desk.stillHere();
        }
    }
}
