package io.velvetastro.screens.profile;

import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import io.velvetastro.questions.OwnAccount;
import io.velvetastro.questions.OwnAccount.DeviceRow;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.desk.Problem;
import io.velvetastro.screens.parts.Icon;
import io.velvetastro.screens.parts.Line;
import io.velvetastro.screens.parts.Moment;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.Slot;
import io.velvetastro.screens.parts.Small;
import java.util.List;

/** What one has signed in with before, and the way to make one of them a stranger. */
class DevicesCard {
    private static final int FIRST = 5;

    private final Desk desk;
    private final OwnAccount own;
    private final Runnable changed;
    private final Slot slot = new Slot("known devices", 2);
    private boolean all;
    final Section card = Parts.card("", "Known devices", "Whoever guesses elsewhere does not keep these out");

    DevicesCard(Desk desk, OwnAccount own, Runnable changed) {
        this.desk = desk;
        this.own = own;
        this.changed = changed;
        card.add(slot);
    }

    void refresh() {
        desk.fill(slot, own::devices, this::show);
    }

    private void show(List<DeviceRow> rows) {
        if (rows.isEmpty()) {
            slot.show(Parts.div(
                    "body col",
                    new Paragraph("None yet. What you sign in with is known to your account from then on.")));
            return;
        }
        var list = Line.list(
                rows.stream().limit(all ? rows.size() : FIRST).map(this::line).toList());
        if (all || rows.size() <= FIRST) slot.show(list);
        else slot.show(Parts.div("", list, Parts.div("body", more(rows))));
    }

    private NativeButton more(List<DeviceRow> rows) {
        return Parts.button("gho xs", "Show all " + rows.size(), press -> {
            all = true;
            show(rows);
        });
    }

    private Line line(DeviceRow row) {
        var small = new Small("");
        small.add(
                new Span(row.place() == null ? "Place unknown" : row.place()),
                new Span(" · since "),
                Moment.clock(row.firstSeenAt()),
                new Span(" · last sign-in "),
                Moment.ago(row.lastSeenAt()));
        var what = row.device() == null ? "Unknown browser or program" : row.device();
        var item = new Line(
                new Icon(what.contains(" on ") ? "laptop" : "server"), what, small); // Programs name no system.
        if (row.current()) item.stands(Parts.text("t3 sm", "This one"));
        var forget = Parts.button(
                "gho xs",
                "Forget",
                press -> desk.act(
                        card,
                        () -> {
                            own.forgetDevice(row.id());
                            return true;
                        },
                        gone -> changed.run(),
                        failure -> slot.fail(Problem.ordering(failure), desk.now(), this::refresh)));
        forget.setAriaLabel("Forget device: " + what);
        return item.can(forget);
    }
}
