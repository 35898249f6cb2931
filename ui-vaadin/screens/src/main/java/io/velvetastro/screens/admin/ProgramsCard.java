package io.velvetastro.screens.admin;

import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import io.velvetastro.language.Authority;
import io.velvetastro.questions.ServiceAccounts;
import io.velvetastro.questions.ServiceAccounts.AccountRow;
import io.velvetastro.questions.ServiceAccounts.KeyRow;
import io.velvetastro.questions.ServiceAccounts.ShownKey;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.parts.Icon;
import io.velvetastro.screens.parts.Line;
import io.velvetastro.screens.parts.Moment;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.ShownOnce;
import io.velvetastro.screens.parts.Slot;
import io.velvetastro.screens.parts.Small;
import io.velvetastro.screens.parts.States;
import io.velvetastro.screens.parts.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The organisation's programs and the keys they come in by. */
class ProgramsCard {
    private static final Duration OVERLAP = Duration.ofDays(1);

    private final Desk desk;
    private final ServiceAccounts accounts;
    private final Ending ending;
    private final Slot slot = new Slot("service accounts", 4);
    final Section card;

    ProgramsCard(Desk desk, ServiceAccounts accounts) {
        this.desk = desk;
        this.accounts = accounts;
        ending = new Ending(desk, this::refresh);
        card = Parts.card(
                "",
                "Service accounts",
                "Programs that send logs or pull blocks",
                Parts.button(
                        "pri",
                        "plus",
                        "New service account",
                        press -> new AccountDialog(desk, accounts, this::refresh).open()));
        card.add(slot);
    }

    void refresh() {
        desk.fill(slot, () -> accounts.list(desk.caller()), this::show);
    }

    private void show(List<AccountRow> rows) {
        if (rows.isEmpty()) {
            slot.show(
                    States.empty(
                            "key-round",
                            "No program comes in yet",
                            "A log shipper or a firewall should have an account of its own: it outlives the person who set it up, and its key can be taken back alone."));
            return;
        }
        var lines = new ArrayList<Line>();
        for (var row : rows) {
            lines.add(account(row));
            for (var key : row.keys()) lines.add(key(row, key));
        }
        slot.show(Line.list(lines));
    }

    private Line account(AccountRow row) {
        var small = new Small(scopes(row.authorities()));
        if (row.readOnlyFrom() != null) small.add(new BeyondNote(row.readOnlyFrom(), desk.now()));
        var line =
                new Line(Parts.classed(new Icon("server"), row.disabledAt() == null ? "t1" : "t3"), row.name(), small);
        if (row.disabledAt() != null)
            return line.stands(Parts.span("t3 sm", new Span("Disabled "), Moment.clock(row.disabledAt())));
        var key =
                Parts.button("xs", "plus", "New key", press -> new KeyDialog(desk, accounts, row, this::shown).open());
        key.setAriaLabel("New key for " + row.name());
        return line.can(
                key,
                ending.button(
                        "Disable",
                        "Disable " + row.name(),
                        "Disable service account",
                        row.name(),
                        "All of its keys stop at once, and for good.",
                        () -> accounts.disable(desk.caller(), row.id())));
    }

    private Line key(AccountRow account, KeyRow key) {
        var small = new Small(scopes(key.scopes()) + " · ");
        if (key.lastUsedAt() == null) small.add(new Span("never used"));
        else small.add(new Span("last used "), Moment.ago(key.lastUsedAt()));
        boolean live = account.disabledAt() == null && key.isLiveAt(desk.now());
        var line = new Line(
                        Parts.classed(Icon.small("key-round"), live ? "ok" : "t3"),
                        Parts.span(
                                "row",
                                Parts.text(live ? "t1" : "t3", key.name()),
                                Parts.text("mono t3", key.prefix() + "…")),
                        small)
                .stands(standing(account, key, live));
        line.addClassName("inner");
        if (!live) return line;
        if (key.replacedBy() == null) {
            var rotate = Parts.button(
                    "gho xs",
                    "Rotate",
                    press -> new RotateDialog(
                                    desk,
                                    key,
                                    () -> accounts.rotate(desk.caller(), account.id(), key.id(), OVERLAP),
                                    this::shown)
                            .open());
            rotate.setAriaLabel("Rotate " + key.prefix());
            line.can(rotate);
        }
        return line.can(ending.button(
                "Revoke",
                "Revoke " + key.prefix(),
                "Revoke key",
                key.name() + " " + key.prefix() + "…",
                "Whatever uses it is turned away from now on.",
                () -> accounts.revoke(desk.caller(), account.id(), key.id())));
    }

    private static Span standing(AccountRow account, KeyRow key, boolean live) {
        if (live)
            return Parts.span(
                    key.replacedBy() == null ? "t3 sm" : "wrn sm",
                    new Span(key.replacedBy() == null ? "Ends in " : "Replaced, ends in "),
                    Moment.left(key.expiresAt()));
        if (key.revokedAt() != null) return Parts.span("t3 sm", new Span("Revoked "), Moment.clock(key.revokedAt()));
        return account.disabledAt() != null
                ? Parts.text("t3 sm", "Disabled")
                : Parts.span("t3 sm", new Span("Ended "), Moment.clock(key.expiresAt()));
    }

    private void shown(ShownKey made) {
        refresh();
        new ShownOnce(
                        "The key",
                        "Put it where the program finds it, such as VELVET_TOKEN. It is not shown again; the house keeps only its hash.",
                        List.of(made.key()))
                .open();
    }

    private static String scopes(List<Authority> authorities) {
        return String.join(
                ", ",
                authorities.stream()
                        .map(each -> Words.of(each).toLowerCase(Locale.ROOT))
                        .toList());
    }
}
