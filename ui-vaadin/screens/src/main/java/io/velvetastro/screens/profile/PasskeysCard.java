package io.velvetastro.screens.profile;

import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import io.velvetastro.questions.OwnAccount;
import io.velvetastro.questions.OwnAccount.PasskeyRow;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.desk.Problem;
import io.velvetastro.screens.parts.Icon;
import io.velvetastro.screens.parts.Line;
import io.velvetastro.screens.parts.Moment;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.Slot;
import io.velvetastro.screens.parts.Small;
import java.util.List;

/** The passkeys of one's own: what has them, since when, and the way to add or remove one. */
class PasskeysCard {
    private final Desk desk;
    private final OwnAccount own;
    private final Runnable changed;
    private final Slot slot = new Slot("passkeys", 2);
    final Section card;

    PasskeysCard(Desk desk, OwnAccount own, Runnable changed) {
        this.desk = desk;
        this.own = own;
        this.changed = changed;
        card = Parts.card(
                "",
                "Passkeys",
                "Sign in with your finger, face or PIN",
                Parts.button("", "plus", "Add a passkey", press -> new PasskeyDialog(desk, own, changed).open()));
        card.add(slot);
    }

    void refresh() {
        desk.fill(slot, own::passkeys, this::show);
    }

    private void show(List<PasskeyRow> rows) {
        if (rows.isEmpty()) {
            slot.show(
                    Parts.div(
                            "body col",
                            new Paragraph(
                                    "None yet. A passkey lives in your device or password manager and works only here: there is nothing to type, and nothing to type into the wrong page.")));
            return;
        }
        slot.show(Line.list(rows.stream().map(this::line).toList()));
    }

    private Line line(PasskeyRow row) {
        var small = new Small("");
        small.add(new Span("Since "), Moment.clock(row.createdAt()));
        if (row.lastUsedAt() != null) small.add(new Span(" · last used "), Moment.ago(row.lastUsedAt()));
        if (row.backedUp()) small.add(new Span(" · kept by a password manager"));
        var remove = Parts.button(
                "gho xs",
                "Remove",
                press -> desk.act(
                        card,
                        () -> {
                            own.removePasskey(row.id());
                            return true;
                        },
                        gone -> changed.run(),
                        failure -> slot.fail(Problem.ordering(failure), desk.now(), this::refresh)));
        remove.setAriaLabel("Remove passkey: " + row.label());
        return new Line(new Icon("fingerprint-pattern"), row.label(), small).can(remove);
    }
}
