package io.velvetastro.screens.forensics;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.ClientCallable;
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
import java.util.function.Consumer;

/** How the ledger stands at this moment: whole, catching up, late, or in contradiction with itself. */
class LedgerStrip extends Section {
    private static final int LOOK_AGAIN_MILLIS = 5_000;

    private final Desk desk;
    private final Consumer<LedgerAnswer> told;

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
    private void look() {
        desk.ask(this, new LedgerState(desk.tenant()), LedgerAnswer.class, this::show, this::fail);
    }

    private void fail(Problem problem) {
        removeAll();
        add(seal(
                "bad",
                "triangle-alert",
                "The ledger does not answer",
                new Span("What is stored is safe. " + problem.code())));
    }

    private void show(LedgerAnswer answer) {
        removeAll();
        add(verdict(answer, desk.now()));
        if (answer.size() > 0) {
            add(
                    figure(
                            Words.count(answer.size()),
                            answer.pending() == 0
                                    ? "events in your log"
                                    : "events, " + Words.count(answer.pending()) + " on their way",
                            "num"),
                    figure(brief(answer.root()), "root hash, Base64", "mono ell"),
                    figure(
                            "Checkpoint " + Words.count(answer.platformSize()),
                            "signed by " + name(answer.logKey()),
                            "num"));
            answer.witnesses().forEach(witness -> add(witness(witness)));
            add(Parts.div(
                    "",
                    Parts.button(
                            "", "Compare with a saved checkpoint", press -> new CompareDialog(desk, answer).open())));
        }
        told.accept(answer);
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
        var bold = new Bold(value, classes.split(" "));
        bold.getElement().setAttribute("title", value);
        return Parts.div("", bold, new Small(what, "ell"));
    }

    private static Div witness(WitnessSeen witness) {
        var at = new Bold("");
        if (witness.at() == null) at.setText("Not seen");
        else at.add(Moment.clock(witness.at()));
        return Parts.div("", at, new Small("cosigned by " + name(witness.key()), "ell"));
    }

    /** The last part of a key's name is enough to tell keys of one house apart. */
    static String name(String key) {
        var name = VerifierKey.parse(key).name();
        return name.substring(name.indexOf('/') + 1);
    }

    private static String brief(String base64) {
        return base64.length() < 14 ? base64 : base64.substring(0, 8) + "…" + base64.substring(base64.length() - 5);
    }
}
