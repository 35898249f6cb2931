package io.velvetastro.screens.forensics;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.ClientCallable;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import io.velvetastro.ledger.VerifierKey;
import io.velvetastro.questions.Forensics.LedgerAnswer;
import io.velvetastro.questions.Forensics.LedgerState;
import io.velvetastro.questions.Forensics.WitnessSeen;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.desk.Problem;
import io.velvetastro.screens.parts.Bold;
import io.velvetastro.screens.parts.Icon;
import io.velvetastro.screens.parts.Moment;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.Small;
import io.velvetastro.screens.parts.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How the ledger stands at this moment: whole, catching up, late, or in contradiction with itself. */
class LedgerStrip extends Section {
    private static final int LOOK_AGAIN_MILLIS = 5_000;
    private static final int LONG_NAME = 20;

    private final Desk desk;
    private final Consumer<LedgerAnswer> told;
    private final Div compare = Parts.div("", Parts.button("", "Compare with a saved checkpoint", press -> compare()));
    private @Nullable LedgerAnswer latest;

    LedgerStrip(Desk desk, Consumer<LedgerAnswer> told) {
        this.desk = desk;
        this.told = told;
        addClassNames("card", "cp");
        getElement().setAttribute("aria-label", "State of the ledger");
        add(seal("line", "hourglass", "Asking the ledger", new Span("")));
    }

    @Override
    protected void onAttach(AttachEvent event) {
        look();
        // The page looks again by itself, and stops when nobody looks at the page.
        getElement()
                .executeJs(
                        "const timer = setInterval(() => { if (!this.isConnected) clearInterval(timer); else if (!document.hidden) this.$server.look(); }, $0)",
                        LOOK_AGAIN_MILLIS);
    }

    @ClientCallable
    void look() {
        desk.ask(this, new LedgerState(desk.tenant()), LedgerAnswer.class, this::show, this::fail);
    }

    private void fail(Problem problem) {
        showBefore(seal(
                "bad",
                "triangle-alert",
                "The ledger does not answer",
                new Span("What is stored is safe. " + problem.code())));
    }

    private void show(LedgerAnswer answer) {
        latest = answer;
        var shown = new ArrayList<Component>();
        shown.add(verdict(answer, desk.now()));
        if (answer.size() > 0) {
            shown.addAll(List.of(
                    figure(
                            Words.count(answer.size()),
                            answer.pending() == 0
                                    ? "events in your log"
                                    : "events, " + Words.count(answer.pending()) + " on their way",
                            "num"),
                    figure(brief(answer.root()), "root hash, Base64", "mono ell"),
                    figure(
                            "Checkpoint " + Words.count(answer.platformSize()),
                            by("signed by ", answer.logKey()),
                            "num")));
            answer.witnesses().forEach(witness -> shown.add(witness(witness)));
            if (compare.getParent().isEmpty()) add(compare);
        }
        showBefore(shown.toArray(Component[]::new));
        told.accept(answer);
    }

    /** The button stays where it is, or every look would take the focus from whoever is on it. */
    private void showBefore(Component... shown) {
        getChildren().filter(child -> child != compare).toList().forEach(this::remove);
        for (int i = 0; i < shown.length; i++) addComponentAtIndex(i, shown[i]);
    }

    private void compare() {
        if (latest != null) new CompareDialog(desk, latest).open();
    }

    private static Div verdict(LedgerAnswer answer, Instant now) {
        var checked = Parts.span("", new Span("checked "), Moment.clock(now));
        return switch (answer.standing()) {
            case INTACT -> seal("ok", "badge-check", "Ledger intact", checked);
            case CATCHING_UP -> seal("ok", "badge-check", "Ledger intact, sealing more", checked);
            case LATE ->
                seal(
                        "bad",
                        "triangle-alert",
                        "The ledger is late",
                        new Span(
                                answer.says().isEmpty()
                                        ? "Events have waited for a witness for more than 30 seconds"
                                        : answer.says()));
            case CONTRADICTED ->
                seal("bad", "triangle-alert", "The ledger refuses what it finds", new Span(answer.says()));
            case EMPTY -> seal("line", "hourglass", "Nothing to seal yet", new Span("The first event begins your log"));
        };
    }

    private static Div seal(String tone, String icon, String words, Span under) {
        var small = new Small("");
        small.add(under);
        var seal = Parts.div("seal", Parts.span("m " + tone, new Icon(icon)), Parts.div("", new Bold(words), small));
        seal.getElement().setAttribute("role", tone.equals("bad") ? "alert" : "status");
        return seal;
    }

    private static Div figure(String value, String what, String classes) {
        return figure(value, new Small(what, "ell"), classes);
    }

    private static Div figure(String value, Small what, String classes) {
        var bold = new Bold(value, classes.split(" "));
        bold.getElement().setAttribute("title", value);
        return Parts.div("", bold, what);
    }

    private static Div witness(WitnessSeen witness) {
        var at = new Bold("");
        if (witness.at() == null) at.setText("Not seen");
        else at.add(Moment.clock(witness.at()));
        return Parts.div("", at, by("cosigned by ", witness.key()));
    }

    /** The last part of a key's name is enough to tell keys of one house apart. */
    static String name(String key) {
        var name = VerifierKey.parse(key).name();
        return name.substring(name.indexOf('/') + 1);
    }

    /** Its beginning and its end: enough to compare by eye, and the whole of it is on hover. */
    private static String brief(String whole) {
        return whole.length() < 14 ? whole : whole.substring(0, 8) + "…" + whole.substring(whole.length() - 5);
    }

    /** A key's name up to a few letters of the house's own. */
    private static Small by(String words, String key) {
        var name = name(key);
        var small =
                new Small(words + (name.length() > LONG_NAME ? name.substring(0, LONG_NAME - 4) + "…" : name), "ell");
        small.getElement().setAttribute("title", name);
        return small;
    }
}
