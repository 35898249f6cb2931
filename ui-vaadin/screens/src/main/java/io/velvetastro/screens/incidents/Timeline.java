package io.velvetastro.screens.incidents;

import static java.util.Objects.requireNonNull;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.RouterLink;
import io.velvetastro.language.EventId;
import io.velvetastro.questions.Incidents.IncidentDetail;
import io.velvetastro.questions.Incidents.TimelineEntry;
import io.velvetastro.questions.Incidents.TimelineEntry.Kind;
import io.velvetastro.questions.Monitor.RawEvents;
import io.velvetastro.questions.Monitor.RawEventsAnswer;
import io.velvetastro.screens.attacks.AttacksView;
import io.velvetastro.screens.attacks.Explained;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.parts.Bold;
import io.velvetastro.screens.parts.Icon;
import io.velvetastro.screens.parts.KeptRows;
import io.velvetastro.screens.parts.Moment;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.Segments;
import io.velvetastro.screens.parts.States;
import io.velvetastro.screens.parts.Words;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The story line by line, newest first; each line opens to why it is there and the events it rests on. */
class Timeline extends Section {
    private static final int EVIDENCE_SHOWN = 6;

    private final Desk desk;
    private final Div list = Parts.div("tl-list");
    private final Segments<Show> shows = new Segments<>("Show", this::choose);
    private final Set<String> opened = new HashSet<>();
    private final Div only = Parts.div("row only");
    private final Div nothing = Parts.div("");
    private final OrderedList story = new OrderedList();
    private final KeptRows<String, TimelineEntry> rows = new KeptRows<>(story, Timeline::key, this::line);
    private @Nullable IncidentDetail detail;
    private Show show = Show.ALL;
    private int stage;
    private boolean explained;

    /** Which lines. */
    private enum Show {
        ALL,
        FINDINGS,
        DECISIONS
    }

    Timeline(Desk desk) {
        this.desk = desk;
        addClassNames("card", "tl");
        getElement().setAttribute("aria-label", "Timeline");
        list.getElement().setAttribute("tabindex", "0");
        story.getElement().setAttribute("data-rows", true);
        only.setVisible(false);
        list.add(only, story, nothing);
        for (var each : Show.values()) shows.with(each, "");
        shows.choose(show);
        add(new Header(new H2("Timeline"), Parts.text("sub d-only", "newest first"), Parts.grow(), shows), list);
    }

    void show(IncidentDetail found) {
        detail = found;
        long findings = found.timeline().stream()
                .filter(entry -> entry.kind() == Kind.FINDING)
                .count();
        shows.button(Show.ALL).setText("All " + found.timeline().size());
        shows.button(Show.FINDINGS).setText("Findings " + findings);
        shows.button(Show.DECISIONS).setText("Decisions " + (found.timeline().size() - findings));
        explainOnce(found);
        fill();
    }

    /** The finding that got furthest lies open at first: what happened comes before what was done. */
    private void explainOnce(IncidentDetail found) {
        if (explained || found.timeline().isEmpty()) return;
        explained = true;
        found.timeline().stream()
                .filter(entry -> entry.kind() == Kind.FINDING && entry.stage() != null)
                .max(Comparator.comparing((TimelineEntry entry) -> requireNonNull(entry.stage()))
                        .thenComparing(TimelineEntry::at))
                .ifPresent(entry -> opened.add(key(entry)));
    }

    /** Shows one stage, or all of them when it is asked for twice. */
    void only(int wanted) {
        stage = stage == wanted ? 0 : wanted;
        fill();
    }

    private void choose(Show chosen) {
        show = chosen;
        fill();
    }

    private void fill() {
        if (detail == null) return;
        only.removeAll();
        only.setVisible(stage > 0);
        if (stage > 0)
            only.add(
                    Parts.text("badge acc", "Stage " + stage + " only"),
                    Parts.button("gho xs", "Show every stage", press -> only(stage)));
        var lines = detail.timeline().stream()
                .filter(this::shown)
                .sorted(Comparator.comparing(TimelineEntry::at).reversed())
                .toList();
        rows.show(lines);
        nothing.removeAll();
        if (lines.isEmpty())
            nothing.add(States.empty(
                    "history",
                    "Nothing of this kind",
                    "The incident has " + Words.count(detail.timeline().size(), "other line", "other lines") + "."));
    }

    private static String key(TimelineEntry entry) {
        return entry.at() + entry.title() + entry.series();
    }

    private boolean shown(TimelineEntry entry) {
        boolean kind = switch (show) {
            case ALL -> true;
            case FINDINGS -> entry.kind() == Kind.FINDING;
            case DECISIONS -> entry.kind() != Kind.FINDING;
        };
        return kind && (stage == 0 || entry.stage() != null && entry.stage().number() == stage);
    }

    private ListItem line(TimelineEntry entry) {
        var key = key(entry);
        var more = Parts.div("more");
        more.setVisible(false);
        var item = new ListItem();
        item.addClassName("ev");
        var head = new NativeButton("");
        head.getElement().setAttribute("type", "button").setAttribute("data-row", true);
        head.addClassName("ev-head");
        var title = Parts.div("row", new Bold(entry.title(), "ell", "grow"));
        if (entry.count() > 1) title.add(Parts.text("badge num", "×" + Words.count(entry.count())));
        title.add(Parts.text("t3 mi nw d-only", by(entry)));
        var said = Parts.div(entry.kind() == Kind.COMMENT ? "s2 said" : "s2 ell");
        said.setText(entry.detail());
        head.add(Parts.div(
                "ev-in", Parts.classed(Moment.clock(entry.at()), "when"), dot(entry), Parts.div("what", title, said)));
        boolean opens = !entry.why().isEmpty()
                || !entry.evidence().isEmpty()
                || !entry.techniques().isEmpty();
        if (opens) {
            head.getElement().setAttribute("aria-expanded", String.valueOf(opened.contains(key)));
            head.addClickListener(press -> {
                if (!opened.remove(key)) opened.add(key);
                open(entry, key, item, head, more);
            });
            if (opened.contains(key)) open(entry, key, item, head, more);
        }
        item.add(head, more);
        return item;
    }

    private void open(TimelineEntry entry, String key, ListItem item, NativeButton head, Div more) {
        boolean open = opened.contains(key);
        head.getElement().setAttribute("aria-expanded", String.valueOf(open));
        item.setClassName("open", open);
        more.setVisible(open);
        more.removeAll();
        if (!open) return;
        if (!entry.why().isEmpty()) more.add(Explained.weights(entry.why()));
        for (var technique : entry.techniques())
            more.add(Parts.div("sm", Parts.text("mono t1", technique.id()), new Span(" " + technique.name())));
        if (!entry.evidence().isEmpty()) more.add(evidence(entry.evidence()));
        if (entry.series() != null) {
            var link = new RouterLink("Open the attack", AttacksView.class);
            link.setQueryParameters(QueryParameters.of("id", entry.series().toString()));
            more.add(Parts.classed(link, "sm"));
        }
    }

    private Div evidence(List<EventId> ids) {
        var badges = Parts.div("evd");
        var raw = Parts.div("");
        for (var id : ids.stream().limit(EVIDENCE_SHOWN).toList()) {
            var text = id.toString();
            var badge = new NativeButton(
                    "evt " + text.substring(0, 4) + "…" + text.substring(text.length() - 2), press -> showRaw(id, raw));
            badge.addClassNames("badge", "line", "mono");
            badge.getElement()
                    .setAttribute("type", "button")
                    .setAttribute("title", text)
                    .setAttribute("aria-label", "Show event " + text);
            badges.add(badge);
        }
        if (ids.size() > EVIDENCE_SHOWN)
            badges.add(Parts.text("badge", "+ " + Words.count(ids.size() - EVIDENCE_SHOWN) + " more"));
        return Parts.div("", badges, raw);
    }

    private void showRaw(EventId id, Div raw) {
        desk.ask(
                this,
                new RawEvents(desk.tenant(), List.of(id)),
                RawEventsAnswer.class,
                answer -> {
                    raw.removeAll();
                    answer.events().forEach(event -> raw.add(Explained.raw(event)));
                    if (answer.events().isEmpty()) raw.add(Parts.text("t3 sm", "This event is no longer kept."));
                },
                problem -> raw.add(Parts.text("t3 sm", problem.words())));
    }

    private static Span dot(TimelineEntry entry) {
        if (entry.stage() == null || entry.kind() != Kind.FINDING) {
            var mark = Parts.span("h", new Icon(entry.kind() == Kind.COMMENT ? "message-square-plus" : "zap"));
            return Parts.span("dot", mark);
        }
        var mark = Parts.text("k", String.valueOf(entry.stage().number()));
        mark.getStyle().set("--c", "var(--va-stage-" + entry.stage().number() + ")");
        mark.setTitle(entry.stage().title());
        return Parts.span("dot", mark);
    }

    private static String by(TimelineEntry entry) {
        if (entry.engine() != null) return Words.of(entry.engine()) + (entry.rule() == null ? "" : ", " + entry.rule());
        return Words.actor(entry.actor());
    }
}
