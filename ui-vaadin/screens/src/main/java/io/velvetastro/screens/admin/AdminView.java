package io.velvetastro.screens.admin;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.velvetastro.language.Authority;
import io.velvetastro.questions.Members.MemberList;
import io.velvetastro.questions.Members.MemberListAnswer;
import io.velvetastro.questions.Members.MemberRow;
import io.velvetastro.questions.Membership;
import io.velvetastro.questions.Membership.InvitationRow;
import io.velvetastro.questions.Membership.SecondStepRule;
import io.velvetastro.questions.Membership.ShownInvitation;
import io.velvetastro.questions.ServiceAccounts;
import io.velvetastro.questions.ServiceAccounts.AccountRow;
import io.velvetastro.questions.ServiceAccounts.KeyRow;
import io.velvetastro.questions.ServiceAccounts.ShownKey;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.desk.Needs;
import io.velvetastro.screens.parts.Icon;
import io.velvetastro.screens.parts.Moment;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.ShownOnce;
import io.velvetastro.screens.parts.Slot;
import io.velvetastro.screens.parts.Small;
import io.velvetastro.screens.parts.States;
import io.velvetastro.screens.parts.Words;
import io.velvetastro.screens.shell.Place;
import io.velvetastro.screens.shell.Shell;
import jakarta.annotation.security.PermitAll;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The organisation's people and programs, and which role may do what. */
@Route(value = "admin", layout = Shell.class)
@PageTitle("Administration · Velvet Astro")
@PermitAll
@Needs(Authority.ORG_ADMIN)
public class AdminView extends Div implements Place, BeforeEnterObserver {
    private static final Duration OVERLAP = Duration.ofDays(1);

    private final Desk desk;
    private final ServiceAccounts accounts;
    private final Membership staff;
    private final Slot programs = new Slot("service accounts", 4);
    private final Slot people = new Slot("members", 4);
    private final KeptCard kept;

    public AdminView(Desk desk, ServiceAccounts accounts, Membership staff) {
        this.desk = desk;
        this.staff = staff;
        this.accounts = accounts;
        addClassNames("page", "account");
        var make = Parts.button(
                "pri", "plus", "New service account", press -> new AccountDialog(desk, accounts, this::refresh).open());
        var programsCard = Parts.card("", "Service accounts", "Programs that send logs or pull blocks", make);
        programsCard.add(programs);
        var invite = Parts.button(
                "", "user-plus", "Invite somebody", press -> new InviteDialog(desk, staff, this::invited).open());
        var peopleCard = Parts.card("", "Members", "", invite);
        peopleCard.add(people);
        var matrix = Parts.card("", "Who may do what", "");
        matrix.add(new Matrix());
        kept = new KeptCard(desk);
        add(peopleCard, programsCard, kept.card, matrix);
    }

    @Override
    public String heading() {
        return "Administration";
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        refresh();
    }

    private void refresh() {
        kept.refresh();
        desk.fill(programs, () -> accounts.list(desk.caller()), this::show);
        desk.fill(
                people,
                new MemberList(desk.tenant()),
                MemberListAnswer.class,
                answer -> desk.fill(
                        people,
                        () -> new Staff(
                                staff.invitationDomains(desk.caller()),
                                staff.disabled(desk.caller()),
                                staff.invitations(desk.caller()),
                                staff.secondStep(desk.caller())),
                        staff -> show(answer.members(), staff)));
    }

    private record Staff(
            List<String> domains, List<MemberRow> disabled, List<InvitationRow> invitations, SecondStepRule rule) {}

    private void show(List<MemberRow> members, Staff staff) {
        var list = list();
        list.add(rule(staff.rule()));
        list.add(domains(staff.domains()));
        members.forEach(member -> list.add(member(member, staff.rule().without().contains(member.id()))));
        staff.disabled().forEach(member -> list.add(disabled(member)));
        staff.invitations().forEach(invitation -> list.add(invitation(invitation)));
        people.show(list);
    }

    private ListItem rule(SecondStepRule rule) {
        int without = rule.without().size();
        var words = without == 0
                ? "Everybody has one"
                : without == 1 ? "One member has none yet" : without + " members have none yet";
        var change = rule.compulsory()
                ? Parts.button(
                        "gho xs", "Leave it to each", press -> demand(false, "Everybody may switch theirs off again."))
                : Parts.button(
                        "xs",
                        "Make compulsory",
                        press -> demand(
                                true,
                                "Whoever is signed in with a password alone is out at once, and makes a second step at their next sign-in."));
        return new ListItem(
                Parts.classed(
                        new Icon(rule.compulsory() ? "shield-check" : "shield-off"), rule.compulsory() ? "ok" : "t3"),
                Parts.div(
                        "grow",
                        Parts.div(
                                "row",
                                Parts.text(
                                        "t1 med",
                                        rule.compulsory()
                                                ? "A second step is compulsory"
                                                : "A second step is left to each")),
                        new Small(words)),
                change);
    }

    private ListItem domains(List<String> domains) {
        var change = Parts.button(
                "gho xs", "Change", press -> new DomainsDialog(desk, staff, domains, this::refresh).open());
        change.setAriaLabel("Change who may be invited");
        return new ListItem(
                Parts.classed(new Icon("mail"), domains.isEmpty() ? "t3" : "ok"),
                Parts.div(
                        "grow",
                        Parts.div(
                                "row",
                                Parts.text(
                                        "t1 med",
                                        domains.isEmpty()
                                                ? "Anybody may be invited"
                                                : "Only some mailboxes may be invited")),
                        new Small(domains.isEmpty() ? "Whatever their mailbox" : String.join(", ", domains))),
                change);
    }

    private void demand(boolean compulsory, String words) {
        new EndDialog(
                        desk,
                        "Second step",
                        compulsory ? "Make compulsory" : "Leave it to each",
                        desk.caller().organization(),
                        words,
                        () -> staff.demandSecondStep(desk.caller(), compulsory),
                        this::refresh)
                .open();
    }

    private ListItem member(MemberRow member, boolean withoutSecondStep) {
        var item = new ListItem(
                Parts.text("orgmark", Words.initials(member.name())),
                Parts.div(
                        "grow",
                        Parts.div("row", Parts.text("t1 med", member.name())),
                        new Small(member.email() + (withoutSecondStep ? " · no second step" : ""))),
                Parts.text("t2 sm nw", Words.of(member.role())));
        if (!desk.caller().role().authorities().containsAll(member.role().authorities())) return item;
        var role = Parts.button(
                "gho xs", "Change role", press -> new RoleDialog(desk, staff, member, this::refresh).open());
        role.setAriaLabel("Change role of " + member.name());
        var remove = Parts.button(
                "gho xs",
                "Remove",
                press -> new EndDialog(
                                desk,
                                "Remove member",
                                "Remove member",
                                member.name() + ", " + member.email(),
                                "They are out at once. What they did stays in the record.",
                                () -> staff.remove(desk.caller(), member.id()),
                                this::refresh)
                        .open());
        remove.setAriaLabel("Remove " + member.name());
        item.add(role);
        if (!member.id().equals(desk.caller().member())) {
            if (!withoutSecondStep) item.add(reset(member));
            item.add(disable(member));
        }
        item.add(remove);
        return item;
    }

    private NativeButton disable(MemberRow member) {
        var disable = Parts.button(
                "gho xs",
                "Disable",
                press -> new EndDialog(
                                desk,
                                "Disable account",
                                "Disable account",
                                member.name() + ", " + member.email(),
                                "They are out at once and come in by nothing, not by a letter either, until somebody enables them. Their place and their role stay.",
                                () -> staff.disable(desk.caller(), member.id()),
                                this::refresh)
                        .open());
        disable.setAriaLabel("Disable " + member.name());
        return disable;
    }

    private ListItem disabled(MemberRow member) {
        var enable = Parts.button(
                "gho xs",
                "Enable",
                press -> new EndDialog(
                                desk,
                                "Enable account",
                                "Enable account",
                                member.name() + ", " + member.email(),
                                "They sign in with what they had. Where it may be in other hands, reset their second step and have them choose a new password by letter.",
                                () -> staff.enable(desk.caller(), member.id()),
                                this::refresh)
                        .open());
        enable.setAriaLabel("Enable " + member.name());
        var item = new ListItem(
                Parts.text("orgmark", Words.initials(member.name())),
                Parts.div("grow", Parts.div("row", Parts.text("t3 med", member.name())), new Small(member.email())),
                Parts.text("t3 sm nw", "Disabled"));
        if (desk.caller().role().authorities().containsAll(member.role().authorities())) item.add(enable);
        return item;
    }

    private NativeButton reset(MemberRow member) {
        var reset = Parts.button(
                "gho xs",
                "Reset second step",
                press -> new EndDialog(
                                desk,
                                "Reset second step",
                                "Reset second step",
                                member.name() + ", " + member.email(),
                                "For who has lost what they signed in with: be sure that it is they who ask. Their sessions end, they are told, their app, recovery codes and passkeys count no more, and their password stays.",
                                () -> staff.resetSecondStep(desk.caller(), member.id()),
                                this::refresh)
                        .open());
        reset.setAriaLabel("Reset second step of " + member.name());
        return reset;
    }

    private ListItem invitation(InvitationRow row) {
        var small = new Small("Invited as " + Words.of(row.role()) + " · ");
        small.add(new Span("link ends in "), Moment.left(row.expiresAt()));
        var withdraw = Parts.button(
                "gho xs",
                "Withdraw",
                press -> new EndDialog(
                                desk,
                                "Withdraw invitation",
                                "Withdraw invitation",
                                row.email(),
                                "The link stops working at once.",
                                () -> staff.withdraw(desk.caller(), row.id()),
                                this::refresh)
                        .open());
        withdraw.setAriaLabel("Withdraw invitation of " + row.email());
        return new ListItem(
                Parts.classed(new Icon("mail"), "t3"),
                Parts.div("grow", Parts.div("row", Parts.text("t2", row.email())), small),
                withdraw);
    }

    private void invited(ShownInvitation made) {
        refresh();
        var token = made.token();
        if (token == null) return; // It is in the letter, and the list shows who was invited.
        new ShownOnce(
                        "The link for " + made.row().email(),
                        "This house sends no letters: pass the link on to them. It works once, within seven days, and is not shown again.",
                        List.of("join#" + token))
                .asLinks()
                .open();
    }

    private void show(List<AccountRow> rows) {
        if (rows.isEmpty()) {
            programs.show(
                    States.empty(
                            "key-round",
                            "No program comes in yet",
                            "A log shipper or a firewall should have an account of its own: it outlives the person who set it up, and its key can be taken back alone."));
            return;
        }
        var list = list();
        for (var row : rows) {
            list.add(account(row));
            row.keys().forEach(key -> list.add(key(row, key)));
        }
        programs.show(list);
    }

    private ListItem account(AccountRow row) {
        var item = new ListItem(
                Parts.classed(new Icon("server"), row.disabledAt() == null ? "t1" : "t3"),
                Parts.div(
                        "grow",
                        Parts.div("row", Parts.text("t1 med", row.name())),
                        new Small(scopes(row.authorities()))));
        if (row.disabledAt() != null) {
            item.add(Parts.span("t3 sm nw", new Span("Disabled "), Moment.clock(row.disabledAt())));
            return item;
        }
        var key =
                Parts.button("xs", "plus", "New key", press -> new KeyDialog(desk, accounts, row, this::shown).open());
        key.setAriaLabel("New key for " + row.name());
        var off = Parts.button(
                "gho xs",
                "Disable",
                press -> new EndDialog(
                                desk,
                                "Disable service account",
                                "Disable account",
                                row.name(),
                                "All of its keys stop at once, and for good.",
                                () -> accounts.disable(desk.caller(), row.id()),
                                this::refresh)
                        .open());
        off.setAriaLabel("Disable " + row.name());
        item.add(key, off);
        return item;
    }

    private ListItem key(AccountRow account, KeyRow key) {
        var small = new Small(scopes(key.scopes()) + " · ");
        if (key.lastUsedAt() == null) small.add(new Span("never used"));
        else small.add(new Span("last used "), Moment.ago(key.lastUsedAt()));
        boolean live = account.disabledAt() == null && key.isLiveAt(desk.now());
        var item = new ListItem(
                Parts.classed(Icon.small("key-round"), live ? "ok" : "t3"),
                Parts.div(
                        "grow",
                        Parts.div(
                                "row",
                                Parts.text(live ? "t1" : "t3", key.name()),
                                Parts.text("mono t3", key.prefix() + "…")),
                        small),
                standing(account, key, live));
        item.addClassName("inner");
        if (!live) return item;
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
            item.add(rotate);
        }
        var revoke = Parts.button(
                "gho xs",
                "Revoke",
                press -> new EndDialog(
                                desk,
                                "Revoke key",
                                "Revoke key",
                                key.name() + " " + key.prefix() + "…",
                                "Whatever uses it is turned away from now on.",
                                () -> accounts.revoke(desk.caller(), account.id(), key.id()),
                                this::refresh)
                        .open());
        revoke.setAriaLabel("Revoke " + key.prefix());
        item.add(revoke);
        return item;
    }

    private static Span standing(AccountRow account, KeyRow key, boolean live) {
        if (live)
            return Parts.span(
                    key.replacedBy() == null ? "t3 sm nw" : "wrn sm nw",
                    new Span(key.replacedBy() == null ? "Ends in " : "Replaced, ends in "),
                    Moment.left(key.expiresAt()));
        if (key.revokedAt() != null) return Parts.span("t3 sm nw", new Span("Revoked "), Moment.clock(key.revokedAt()));
        return account.disabledAt() != null
                ? Parts.text("t3 sm nw", "Disabled")
                : Parts.span("t3 sm nw", new Span("Ended "), Moment.clock(key.expiresAt()));
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

    private static UnorderedList list() {
        var list = new UnorderedList();
        list.addClassName("rule-list");
        return list;
    }
}
