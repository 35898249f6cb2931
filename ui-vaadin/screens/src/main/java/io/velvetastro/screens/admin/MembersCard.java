package io.velvetastro.screens.admin;

import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import io.velvetastro.language.MemberId;
import io.velvetastro.questions.Members.MemberList;
import io.velvetastro.questions.Members.MemberListAnswer;
import io.velvetastro.questions.Members.MemberRow;
import io.velvetastro.questions.Membership;
import io.velvetastro.questions.Membership.InvitationRow;
import io.velvetastro.questions.Membership.SecondStepRule;
import io.velvetastro.questions.Membership.ShownInvitation;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.parts.Icon;
import io.velvetastro.screens.parts.Line;
import io.velvetastro.screens.parts.Moment;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.ShownOnce;
import io.velvetastro.screens.parts.Slot;
import io.velvetastro.screens.parts.Small;
import io.velvetastro.screens.parts.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The organisation's people, who is invited, and what holds for all of them. */
class MembersCard {
    private final Desk desk;
    private final Membership staff;
    private final Ending ending;
    private final Slot slot = new Slot("members", 4);
    final Section card;

    MembersCard(Desk desk, Membership staff) {
        this.desk = desk;
        this.staff = staff;
        ending = new Ending(desk, this::refresh);
        card = Parts.card(
                "",
                "Members",
                "",
                Parts.button(
                        "",
                        "user-plus",
                        "Invite somebody",
                        press -> new InviteDialog(desk, staff, this::invited).open()));
        card.add(slot);
    }

    void refresh() {
        desk.fill(
                slot,
                new MemberList(desk.tenant()),
                MemberListAnswer.class,
                answer -> desk.fill(
                        slot,
                        () -> new Staff(
                                staff.invitationDomains(desk.caller()),
                                staff.disabled(desk.caller()),
                                staff.readOnlyFrom(desk.caller()),
                                staff.invitations(desk.caller()),
                                staff.secondStep(desk.caller())),
                        staff -> show(answer.members(), staff)));
    }

    private record Staff(
            List<String> domains,
            List<MemberRow> disabled,
            Map<MemberId, Instant> beyond,
            List<InvitationRow> invitations,
            SecondStepRule rule) {}

    private void show(List<MemberRow> members, Staff staff) {
        var lines = new ArrayList<Line>();
        lines.add(rule(staff.rule()));
        lines.add(domains(staff.domains()));
        for (var member : members)
            lines.add(member(
                    member,
                    staff.rule().without().contains(member.id()),
                    staff.beyond().get(member.id())));
        for (var member : staff.disabled()) lines.add(disabled(member));
        for (var invitation : staff.invitations()) lines.add(invitation(invitation));
        var list = Line.list(lines);
        list.addClassName("even");
        slot.show(list);
    }

    private Line rule(SecondStepRule rule) {
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
        return new Line(
                        Parts.classed(
                                new Icon(rule.compulsory() ? "shield-check" : "shield-off"),
                                rule.compulsory() ? "ok" : "t3"),
                        rule.compulsory() ? "A second step is compulsory" : "A second step is left to each",
                        new Small(words))
                .can(change);
    }

    private Line domains(List<String> domains) {
        var change = Parts.button(
                "gho xs", "Change", press -> new DomainsDialog(desk, staff, domains, this::refresh).open());
        change.setAriaLabel("Change who may be invited");
        return new Line(
                        Parts.classed(new Icon("mail"), domains.isEmpty() ? "t3" : "ok"),
                        domains.isEmpty() ? "Anybody may be invited" : "Only some mailboxes may be invited",
                        new Small(domains.isEmpty() ? "Whatever their mailbox" : String.join(", ", domains)))
                .can(change);
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

    private Line member(MemberRow member, boolean withoutSecondStep, @Nullable Instant readOnlyFrom) {
        var small = new Small(member.email() + (withoutSecondStep ? " · no second step" : ""));
        if (readOnlyFrom != null) small.add(new BeyondNote(readOnlyFrom, desk.now()));
        var line = new Line(Parts.text("orgmark", Words.initials(member.name())), member.name(), small)
                .stands(Parts.text("t2 sm", Words.of(member.role())));
        if (!isWithin(member)) return line;
        var role = Parts.button(
                "gho xs", "Change role", press -> new RoleDialog(desk, staff, member, this::refresh).open());
        role.setAriaLabel("Change role of " + member.name());
        line.can(role);
        if (!member.id().equals(desk.caller().member())) {
            if (!withoutSecondStep) line.can(reset(member));
            line.can(disable(member));
        }
        return line.can(remove(member));
    }

    /** Nobody decides about somebody who may do more than they. */
    private boolean isWithin(MemberRow member) {
        return desk.caller().authorities().containsAll(member.role().authorities());
    }

    private NativeButton remove(MemberRow member) {
        return ending.button(
                "Remove",
                "Remove " + member.name(),
                "Remove member",
                named(member),
                "They are out at once. What they did stays in the record.",
                () -> staff.remove(desk.caller(), member.id()));
    }

    private NativeButton disable(MemberRow member) {
        return ending.button(
                "Disable",
                "Disable " + member.name(),
                "Disable account",
                named(member),
                "They are out at once, and neither a password nor a letter lets them in again until somebody enables them. Their place and their role stay.",
                () -> staff.disable(desk.caller(), member.id()));
    }

    private NativeButton reset(MemberRow member) {
        return ending.button(
                "Reset second step",
                "Reset second step of " + member.name(),
                "Reset second step",
                named(member),
                "For somebody who has lost what they signed in with: be sure that it is they who ask. Their sessions end and they are told. Their app, recovery codes and passkeys count no more; their password stays.",
                () -> staff.resetSecondStep(desk.caller(), member.id()));
    }

    private Line disabled(MemberRow member) {
        var line = new Line(
                        Parts.text("orgmark", Words.initials(member.name())),
                        Parts.text("t3 med", member.name()),
                        new Small(member.email()))
                .stands(Parts.text("t3 sm", "Disabled"));
        if (!isWithin(member)) return line;
        return line.can(ending.button(
                "Enable",
                "Enable " + member.name(),
                "Enable account",
                named(member),
                "They sign in with what they had. Where it may be in other hands, reset their second step and have them choose a new password by letter.",
                () -> staff.enable(desk.caller(), member.id())));
    }

    private Line invitation(InvitationRow row) {
        var small = new Small("");
        small.add(new Span("Invited, link ends in "), Moment.left(row.expiresAt()));
        var line = new Line(Parts.classed(new Icon("mail"), "t3"), Parts.text("t2", row.email()), small)
                .stands(Parts.text("t3 sm", Words.of(row.role())));
        if (Roles.givenBy(desk.caller()).contains(row.role())) line.can(again(row));
        return line.can(ending.button(
                "Withdraw",
                "Withdraw invitation of " + row.email(),
                "Withdraw invitation",
                row.email(),
                "The link stops working at once.",
                () -> staff.withdraw(desk.caller(), row.id())));
    }

    private NativeButton again(InvitationRow row) {
        var again = Parts.button(
                "gho xs", "Send again", press -> new SendAgainDialog(desk, staff, row, this::invited).open());
        again.setAriaLabel("Send invitation of " + row.email() + " again");
        return again;
    }

    private static String named(MemberRow member) {
        return member.name() + ", " + member.email();
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
}
