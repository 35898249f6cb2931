package io.velvetastro.screens.testing;

import io.velvetastro.language.Caller;
import io.velvetastro.language.InvitationId;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.Role;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Members.MemberRow;
import io.velvetastro.questions.Membership;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Who was invited to Mira's organisation, in memory; what is done to members is remembered. */
public final class FakeMembership implements Membership {
    public final List<String> done = new ArrayList<>();
    private final List<InvitationRow> invitations = new ArrayList<>();
    private final List<MemberRow> disabled = new ArrayList<>();
    private final Instant now;
    private boolean compulsory;
    private List<String> domains = List.of();

    public FakeMembership(Instant now) {
        this.now = now;
        invitations.add(invited("jo@brightwater.example", Role.IT_SECURITY));
        invitations.add(invited("chief@brightwater.example", Role.SUPER_ADMIN));
    }

    private InvitationRow invited(String email, Role role) {
        return new InvitationRow(
                new InvitationId(UUID.randomUUID()), email, role, now.minusSeconds(90_000), now.plusSeconds(500_000));
    }

    @Override
    public void giveRole(Caller caller, MemberId member, Role role) {
        done.add("gave " + role);
    }

    @Override
    public void remove(Caller caller, MemberId member) {
        done.add("removed");
    }

    @Override
    public void disable(Caller caller, TenantId organization, MemberId member) {
        done.add("disabled");
        disabled.add(Sample.members().stream()
                .filter(each -> each.id().equals(member))
                .findFirst()
                .orElseThrow());
    }

    @Override
    public void enable(Caller caller, TenantId organization, MemberId member) {
        done.add("enabled");
        disabled.removeIf(each -> each.id().equals(member));
    }

    @Override
    public List<MemberRow> disabled(Caller caller) {
        return List.copyOf(disabled);
    }

    /** The first of Sample's, and they know it already. */
    @Override
    public Map<MemberId, Instant> readOnlyFrom(Caller caller) {
        return Map.of(Sample.members().getFirst().id(), now.minusSeconds(1));
    }

    @Override
    public List<InvitationRow> invitations(Caller caller) {
        return List.copyOf(invitations);
    }

    @Override
    public List<String> invitationDomains(Caller caller) {
        return domains;
    }

    @Override
    public void inviteOnly(Caller caller, List<String> domains) {
        this.domains = domains;
    }

    @Override
    public ShownInvitation invite(Caller caller, String email, Role role) {
        var row = new InvitationRow(new InvitationId(UUID.randomUUID()), email, role, now, now.plusSeconds(604_800));
        invitations.removeIf(each -> each.email().equals(email));
        invitations.add(row);
        return new ShownInvitation("invitation-token", row);
    }

    @Override
    public SecondStepRule secondStep(Caller caller) {
        return new SecondStepRule(compulsory, Set.of(caller.member()));
    }

    @Override
    public void demandSecondStep(Caller caller, boolean compulsory) {
        this.compulsory = compulsory;
    }

    @Override
    public void resetSecondStep(Caller caller, TenantId organization, MemberId member) {
        done.add("reset");
    }

    @Override
    public void withdraw(Caller caller, InvitationId invitation) {
        invitations.removeIf(each -> each.id().equals(invitation));
    }
}
