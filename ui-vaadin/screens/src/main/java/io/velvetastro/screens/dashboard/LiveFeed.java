package io.velvetastro.screens.dashboard;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Footer;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.RouterLink;
import io.velvetastro.language.SeriesId;
import io.velvetastro.language.Severity;
import io.velvetastro.questions.Attacks.AttackFeed;
import io.velvetastro.questions.Attacks.AttackPage;
import io.velvetastro.questions.Attacks.AttackRow;
import io.velvetastro.questions.Attacks.Filter;
import io.velvetastro.questions.Attacks.Outcome;
import io.velvetastro.screens.attacks.AttacksView;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.desk.Glance;
import io.velvetastro.screens.parts.Bold;
import io.velvetastro.screens.parts.KeptRows;
import io.velvetastro.screens.parts.Moment;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.SeverityMark;
import io.velvetastro.screens.parts.Slot;
import io.velvetastro.screens.parts.StageMark;
import io.velvetastro.screens.parts.States;
import io.velvetastro.screens.parts.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The latest attacks as they come; paused, it counts what waits. */
class LiveFeed extends Section {
    private static final int ROWS = 30;
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final Desk desk;
    private final Glance glance = new Glance();
    private final Slot slot = new Slot("attacks", 8);
    private final Span total = Parts.text("sub num", "");
    private final Span dot = Parts.text("live", "");
    private final NativeButton pause = Parts.button("gho xs", "pause", "Pause", press -> follow(!following()));
    private final Map<SeriesId, Instant> shown = new HashMap<>();
    private final Span summary = Parts.text("sr", "");
    private final UnorderedList list = new UnorderedList();
    private final Div log = Parts.div("feed-log", list);
    private final KeptRows<SeriesId, AttackRow> rows = new KeptRows<>(list, AttackRow::id, this::line);
    private Predicate<SeriesId> fresh = id -> false;
    private Instant summedUp = Instant.EPOCH;
    private boolean follows = true;

    LiveFeed(Desk desk) {
        this.desk = desk;
        addClassNames("card", "c-feed");
        list.addClassName("feed");
        list.getElement().setAttribute("data-rows", true);
        // A log, but a silent one: a busy feed must not talk over the reader; it sums up now and then instead.
        log.getElement()
                .setAttribute("role", "log")
                .setAttribute("aria-live", "off")
                .setAttribute("aria-label", "Latest attacks");
        getElement().setAttribute("aria-label", "Live attacks");
        summary.getElement().setAttribute("role", "status");
        var all = new RouterLink("Open attacks", AttacksView.class);
        add(
                new Header(dot, new H2("Live attacks"), total, Parts.grow(), pause),
                slot,
                new Footer(Parts.text("t3", "Newest activity first"), summary, all));
    }

    boolean following() {
        return follows;
    }

    void follow(boolean follow) {
        follows = follow;
        dot.setClassName("held", !follow);
        pause.removeAll();
        pause.add(
                io.velvetastro.screens.parts.Icon.small(follow ? "pause" : "play"),
                new Span(follow ? "Pause" : "Follow"));
        if (follow) refresh();
    }

    void refresh() {
        desk.look(
                glance,
                this,
                new AttackFeed(desk.tenant(), Filter.none(), null, ROWS),
                AttackPage.class,
                this::took,
                problem -> slot.fail(problem, desk.now(), this::refresh));
    }

    private void took(AttackPage page) {
        if (follows || !slot.isAnswered()) {
            show(page);
            return;
        }
        long waiting = page.items().stream()
                .filter(row -> !row.at().equals(shown.get(row.id())))
                .count();
        total.setText(waiting == 0 ? "paused" : Words.count(waiting) + (waiting == ROWS ? "+" : "") + " new, held");
    }

    private void show(AttackPage page) {
        total.setText(page.total() == 0 ? "" : Words.count(page.total()) + " in all");
        if (page.items().isEmpty()) {
            slot.show(States.empty(
                    "shield-check",
                    "Nothing has attacked yet",
                    "Every event that comes in is looked at. What is found appears here by itself."));
            return;
        }
        var known = Set.copyOf(shown.keySet());
        boolean first = shown.isEmpty();
        shown.clear();
        page.items().forEach(row -> shown.put(row.id(), row.at()));
        fresh = id -> !first && !known.contains(id);
        rows.show(page.items());
        slot.show(log);
        if (!first)
            sumUp(page.items().stream().filter(row -> !known.contains(row.id())).toList());
    }

    private void sumUp(List<AttackRow> fresh) {
        if (fresh.isEmpty() || desk.now().isBefore(summedUp.plus(SILENCE))) return;
        summedUp = desk.now();
        var gravest = fresh.stream()
                .map(AttackRow::severity)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        summary.setText(Words.count(fresh.size(), "new attack", "new attacks") + ", the gravest " + Words.key(gravest));
    }

    private ListItem line(AttackRow row) {
        var link = new RouterLink("", AttacksView.class);
        link.setQueryParameters(QueryParameters.of("id", row.id().toString()));
        link.getElement().setAttribute("data-row", true);
        link.addClassNames("fr");
        link.add(
                SeverityMark.quiet(row.severity()),
                Parts.div(
                        "grow",
                        Parts.div(
                                "row",
                                new Bold(row.title(), "ell", "grow"),
                                Parts.classed(Moment.clock(row.at()), "t3 mi")),
                        Parts.div("row l2", who(row), StageMark.quiet(row.stage()), Parts.outcome(row.outcome()))));
        var item = new ListItem(link);
        if (row.severity() == Severity.CRITICAL && row.outcome() == Outcome.NEEDS_YOU) item.addClassName("urgent");
        if (fresh.test(row.id())) item.addClassName("fresh");
        return item;
    }

    private static Span who(AttackRow row) {
        var who = Parts.span("ell grow");
        if (row.source() != null) who.add(Parts.text("mono", row.source()));
        var target = row.users() > 1
                ? Words.count(row.users(), "account", "accounts")
                : row.user() != null ? row.user() : row.host();
        if (target != null) who.add(Parts.text("t3", row.source() == null ? "" : " to "), new Span(target));
        return who;
    }
}
