package io.velvetastro.screens.profile;

import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import io.velvetastro.questions.OwnAccount;
import io.velvetastro.questions.OwnAccount.NoticeKind;
import io.velvetastro.questions.OwnAccount.NoticeRow;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.parts.Icon;
import io.velvetastro.screens.parts.Line;
import io.velvetastro.screens.parts.Moment;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.Slot;
import io.velvetastro.screens.parts.Small;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What happened to one's own way in, and the way to say that it was somebody else. */
class NoticesCard {
    private final Desk desk;
    private final OwnAccount own;
    private final Runnable changed;
    private final Slot slot = new Slot("notices", 3);
    final Section card = Parts.card("", "Security notices", "What happened to your way in");

    NoticesCard(Desk desk, OwnAccount own, Runnable changed) {
        this.desk = desk;
        this.own = own;
        this.changed = changed;
        card.add(slot);
    }

    void refresh() {
        desk.fill(slot, () -> own.notices(null), page -> show(page.rows(), page.next()));
    }

    private void older(List<NoticeRow> before, UUID next) {
        desk.fill(slot, () -> own.notices(next), page -> show(joined(before, page.rows()), page.next()));
    }

    private static List<NoticeRow> joined(List<NoticeRow> newer, List<NoticeRow> older) {
        return Stream.concat(newer.stream(), older.stream()).toList();
    }

    private void show(List<NoticeRow> rows, @Nullable UUID next) {
        if (rows.isEmpty()) {
            slot.show(
                    Parts.div(
                            "body col",
                            new Paragraph(
                                    "Nothing yet. New devices and changes of your password, passkeys or second step appear here, and in a letter to you.")));
            return;
        }
        var list = Line.list(rows.stream().map(this::line).toList());
        if (next == null) slot.show(list);
        else
            slot.show(Parts.div(
                    "", list, Parts.div("body", Parts.button("gho xs", "Older", press -> older(rows, next)))));
    }

    private Line line(NoticeRow row) {
        var small = new Small("");
        small.add(Moment.ago(row.at()));
        if (row.codesLeft() != null) small.add(new Span(" · " + row.codesLeft() + " left"));
        if (row.device() != null) small.add(new Span(" · " + row.device()));
        if (row.place() != null) small.add(new Span(" · " + row.place()));
        var item = new Line(
                Parts.classed(new Icon(icon(row.kind())), row.denied() ? "wrn" : "t2"), words(row.kind()), small);
        if (row.denied()) return item.stands(Parts.text("wrn sm", "Not you"));
        if (!row.at().isAfter(desk.now().minus(NoticeRow.DENIABLE_FOR))) return item;
        var deny = Parts.button(
                "gho xs",
                "This wasn’t me",
                press -> new NotMeDialog(desk, own, row, words(row.kind()), changed).open());
        deny.setAriaLabel("This wasn’t me: " + words(row.kind()));
        return item.can(deny);
    }

    static String words(NoticeKind kind) {
        return switch (kind) {
            case NEW_DEVICE -> "Sign-in from a new device or place";
            case PASSWORD_CHANGED -> "Password changed";
            case SECOND_FACTOR_ON -> "Two-step sign-in switched on";
            case SECOND_FACTOR_OFF -> "Two-step sign-in switched off";
            case SECOND_FACTOR_RESET -> "Two-step sign-in reset by an administrator";
            case RECOVERY_CODES -> "New recovery codes made";
            case RECOVERY_CODE_USED -> "A recovery code was used";
            case PASSKEY_ADDED -> "Passkey added";
            case PASSKEY_REMOVED -> "Passkey removed";
            case SESSION_STOLEN -> "Session ended: its token was used twice";
            case CODES_GUESSED -> "Three wrong codes after the right password";
            case PASSWORD_GIVEN -> "Right password on a new device, and then no passkey";
            case CODES_GUESSED_WHERE_KNOWN -> "Three wrong codes on a device or in a session of yours";
        };
    }

    private static String icon(NoticeKind kind) {
        return switch (kind) {
            case NEW_DEVICE -> "laptop";
            case PASSWORD_CHANGED, RECOVERY_CODES, RECOVERY_CODE_USED -> "key-round";
            case SECOND_FACTOR_ON -> "shield-check";
            case SECOND_FACTOR_OFF, SECOND_FACTOR_RESET -> "shield-off";
            case PASSKEY_ADDED, PASSKEY_REMOVED -> "fingerprint-pattern";
            case SESSION_STOLEN, CODES_GUESSED, CODES_GUESSED_WHERE_KNOWN, PASSWORD_GIVEN -> "triangle-alert";
        };
    }
}
