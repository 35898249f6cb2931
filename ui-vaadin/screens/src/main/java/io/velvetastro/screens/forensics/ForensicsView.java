package io.velvetastro.screens.forensics;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.velvetastro.language.Authority;
import io.velvetastro.language.EventId;
import io.velvetastro.questions.EvidenceDoor.Wanted;
import io.velvetastro.questions.Forensics;
import io.velvetastro.questions.Forensics.EventEvidence;
import io.velvetastro.questions.Forensics.EventHistory;
import io.velvetastro.questions.Forensics.Evidence;
import io.velvetastro.questions.Forensics.EvidenceAnswer;
import io.velvetastro.questions.Forensics.HistoryFilter;
import io.velvetastro.questions.Forensics.HistoryPage;
import io.velvetastro.questions.Forensics.LedgerAnswer;
import io.velvetastro.questions.Forensics.LedgerState;
import io.velvetastro.questions.Monitor.RawEvents;
import io.velvetastro.questions.Monitor.RawEventsAnswer;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.desk.Needs;
import io.velvetastro.screens.desk.Problem;
import io.velvetastro.screens.parts.CursorPages;
import io.velvetastro.screens.parts.CursorPages.Page;
import io.velvetastro.screens.parts.FilterField;
import io.velvetastro.screens.parts.Kbd;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.Slot;
import io.velvetastro.screens.parts.States;
import io.velvetastro.screens.parts.Words;
import io.velvetastro.screens.shell.Place;
import io.velvetastro.screens.shell.Shell;
import jakarta.annotation.security.PermitAll;
import java.util.List;

/** The evidence room: how the ledger stands, every stored event with its proof, who took what, and whether we would notice. */
@Route(value = "forensics", layout = Shell.class)
@PageTitle("Forensics · Velvet Astro")
@PermitAll
@Needs(Authority.INCIDENTS_READ)
public class ForensicsView extends Div implements Place, BeforeEnterObserver {
    private static final int PAGE = 100;

    private final Desk desk;
    private HistoryQuery query = HistoryQuery.ALL;
    private final LedgerStrip strip;
    private final Div tabs = Parts.div("tabs grow");
    private final Div room = Parts.div("forensic-room");
    private final FilterField field = new FilterField(
            "search",
            "Search the event history",
            "nora.lind, 203.0.113.7, type:LoginFailed",
            words -> go(query.typed(words)),
            (name, value) -> go(query.without(name, value)));
    private final Select<Kind> kinds = new Select<>();
    private final Select<HistoryQuery.Time> times = new Select<>();
    private final Slot rows = new Slot("the history", 10);
    private final HistoryGrid grid = new HistoryGrid();
    private final Span total = Parts.text("t3 num", "");
    private final Slot event = new Slot("the event", 8);
    private final EventCard card;
    private final ProofCard proof = new ProofCard();
    private final VerifyPane verify = new VerifyPane();
    private final Div search;
    private boolean asked;

    public ForensicsView(Desk desk) {
        this.desk = desk;
        strip = new LedgerStrip(desk, verify::show);
        card = new EventCard(new Elsewhere());
        addClassName("forensics");
        grid.onOpen(row -> go(query.opening(EventId.of(row))));
        grid.onTrouble(failed -> rows.fail(Problem.asking(failed), desk.now(), this::refresh));
        search = Parts.div("split", list(), Parts.div("col side", event));
        add(strip, Parts.div("row sideways", tabs), room);
    }

    @Override
    public String heading() {
        return "Forensics";
    }

    @Override
    public void beforeEnter(BeforeEnterEvent enter) {
        var before = query;
        query = HistoryQuery.of(enter.getLocation().getQueryParameters());
        show(query);
        if (query.show() != HistoryQuery.Show.EVENTS) return;
        if (!asked || !query.sameRows(before)) {
            rows.waits();
            refresh();
        }
        setClassName("opened", query.open() != null);
        if (query.open() == null) event.show(nothingOpen());
        else open(query.open());
    }

    @Override
    public void pressed(String key) {
        if (query.show() != HistoryQuery.Show.EVENTS) return;
        switch (key) {
            case "j" -> step(1);
            case "k" -> step(-1);
            case "Escape" -> go(query.opening(null));
            default -> {} // The others belong to other places.
        }
    }

    @Override
    protected void onAttach(AttachEvent attach) {
        attach.getUI().getPage().executeJs("document.documentElement.dataset.density = 'compact'");
    }

    @Override
    protected void onDetach(DetachEvent detach) {
        detach.getUI().getPage().executeJs("delete document.documentElement.dataset.density");
    }

    private Section list() {
        kinds.setAriaLabel("Kind");
        kinds.setItems(Kind.values());
        kinds.setItemLabelGenerator(Kind::words);
        kinds.addValueChangeListener(change -> {
            if (change.isFromClient()) go(query.only(change.getValue().types()));
        });
        times.setAriaLabel("Time");
        times.setItems(HistoryQuery.Time.values());
        times.setItemLabelGenerator(HistoryQuery.Time::words);
        times.addValueChangeListener(change -> {
            if (change.isFromClient()) go(query.during(change.getValue()));
        });
        var keys = Parts.span("row t3 d-only", new Kbd("J"), new Kbd("K"), new Span("to move"));
        var list = new Section(
                Parts.div("srch", field, Parts.div("row", kinds, times)),
                rows,
                Parts.div("foot-line", total, Parts.grow(), keys));
        list.addClassNames("card", "es");
        list.getElement().setAttribute("aria-label", "Event history");
        return list;
    }

    private void show(HistoryQuery now) {
        tabs.removeAll();
        for (var part : HistoryQuery.Show.values())
            tabs.add(Parts.tab(part.words(), part == now.show(), press -> go(query.showing(part))));
        room.removeAll();
        room.add(
                switch (now.show()) {
                    case EVENTS -> search;
                    case CUSTODY -> new CustodyPane(desk);
                    case AUDIT -> new AuditPane(desk);
                    case DRILL -> new DrillPane(desk);
                    case VERIFY -> verify;
                });
        kinds.setValue(Kind.of(now.types()));
        times.setValue(now.time());
        field.show(now.tokens().stream()
                .filter(token -> !isShownBelow(token.getKey()))
                .toList());
    }

    private boolean isShownBelow(String field) {
        return field.equals("time") || field.equals("type") && kinds.getValue() != Kind.ANY;
    }

    private void go(HistoryQuery next) {
        UI.getCurrent().navigate(ForensicsView.class, next.parameters());
    }

    private void refresh() {
        asked = true;
        var filter = query.filter(desk.now());
        var wanted = query;
        desk.ask(
                this,
                new EventHistory(desk.tenant(), filter, null, PAGE),
                HistoryPage.class,
                page -> {
                    if (query.sameRows(wanted)) show(filter, page);
                },
                problem -> rows.fail(problem, desk.now(), this::refresh));
    }

    private void show(HistoryFilter filter, HistoryPage page) {
        total.setText(
                page.total() > Forensics.MOST_COUNTED
                        ? "More than " + Words.count(Forensics.MOST_COUNTED) + " events"
                        : Words.count(page.total(), "event", "events"));
        if (page.items().isEmpty()) {
            rows.show(query.filters() ? nothingMatches() : nothingYet());
            return;
        }
        var pages = new CursorPages<>(PAGE, new Page<>(page.items(), page.next()), (cursor, limit) -> {
            var next = desk.answer(new EventHistory(desk.tenant(), filter, cursor, limit), HistoryPage.class);
            return new Page<>(next.items(), next.next());
        });
        grid.show(pages, (int) Math.min(page.total(), PAGE));
        rows.show(grid);
        select();
    }

    private void open(EventId id) {
        select();
        desk.ask(
                this,
                new EventEvidence(desk.tenant(), id),
                EvidenceAnswer.class,
                answer -> {
                    if (!id.equals(query.open())) return;
                    if (answer.evidence() == null) event.show(missing());
                    else examine(answer.evidence());
                },
                problem -> event.fail(problem, desk.now(), () -> open(id)));
    }

    private void examine(Evidence evidence) {
        desk.ask(
                this,
                new LedgerState(desk.tenant()),
                LedgerAnswer.class,
                ledger -> opened(Examined.of(evidence, ledger)),
                problem -> event.fail(problem, desk.now(), () -> open(evidence.id())));
    }

    private void opened(Examined examined) {
        var id = examined.evidence().id();
        desk.ask(
                this,
                new RawEvents(desk.tenant(), List.of(id)),
                RawEventsAnswer.class,
                answer -> {
                    if (!id.equals(query.open())) return;
                    card.show(examined, answer.events().stream().findFirst().orElse(null));
                    proof.show(examined);
                    event.show(card, proof);
                },
                problem -> event.fail(problem, desk.now(), () -> open(id)));
    }

    private void select() {
        grid.mark(row -> row.id().equals(query.open()));
    }

    private void step(int by) {
        grid.step(row -> row.id().equals(query.open()), by);
    }

    private Div nothingOpen() {
        var state = States.empty(
                "fingerprint-pattern",
                "Open an event",
                "You see it byte for byte as it is stored, and the path of hashes from it to the signed checkpoint, verified in front of you.");
        var incident = query.incident();
        if (incident != null && desk.handsOut())
            state.add(Parts.div(
                    "row",
                    Parts.button(
                            "pri",
                            "badge-check",
                            "Prove this incident",
                            press -> new HandOutDialog(desk, "this incident", new Wanted.OfIncident(incident), () -> {})
                                    .open())));
        return state;
    }

    private static Div missing() {
        return States.empty(
                "search-x",
                "This event is not here",
                "It may belong to another organisation, or its address in the bar is wrong.");
    }

    private static Div nothingYet() {
        return States.empty(
                "history",
                "Nothing is stored yet",
                "Every event that comes in is kept here. Send a log you have, or follow one that grows.",
                States.command("./velvet import FILE --format sshd"));
    }

    private Div nothingMatches() {
        return States.empty(
                "search-x",
                "Nothing stored matches",
                "Names and addresses have to be whole: the history keeps no names, only their keyed hashes.",
                Parts.button("", "Clear all filters", press -> go(HistoryQuery.ALL)));
    }

    /** Where the card can lead. */
    private class Elsewhere implements EventCard.Around {
        @Override
        public void user(String name) {
            go(query.ofUser(name));
        }

        @Override
        public void address(String from) {
            go(query.ofAddress(from));
        }

        @Override
        public void close() {
            go(query.opening(null));
        }
    }
}
