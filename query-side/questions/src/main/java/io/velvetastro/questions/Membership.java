package io.velvetastro.questions;

import io.velvetastro.language.Caller;
import io.velvetastro.language.InvitationId;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.Role;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Members.MemberRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where administrators decide who belongs to their organisation. A port and no message: an invitation's token is shown once. The caller must be the one this thread works for; what they may not do is refused. */
public interface Membership {

    /** Somebody who was asked to join and has not yet. */
    record InvitationRow(InvitationId id, String email, Role role, Instant invitedAt, Instant expiresAt) {}

    /** A new invitation, for this once; {@code token} goes into the link {@code /join#token}, and is absent where a letter takes it to who is invited and to nobody else. */
    record ShownInvitation(@Nullable String token, InvitationRow row) {
        @Override
        public String toString() {
            return "ShownInvitation " + row.id();
        }
    }

    /** Counts at the next request; a browser's session ends with it. */
    void giveRole(Caller caller, MemberId member, Role role);

    /** Out at once; what they did stays in the record under their id. */
    void remove(Caller caller, MemberId member);

    /**
     * Nothing opens the account any more and everything it opened is over, until it is enabled; for who may have lost more than a
     * password. An account is its member's in all of their organisations: one of several disables nothing, and none of them is left
     * without an administrator.
     *
     * @param organization one of the member's: the caller's own, or any for who runs the house
     */
    void disable(Caller caller, TenantId organization, MemberId member);

    default void disable(Caller caller, MemberId member) {
        disable(caller, caller.tenant(), member);
    }

    /**
     * Takes up a place of the plan again.
     *
     * @param organization one of the member's: the caller's own, or any for who runs the house
     */
    void enable(Caller caller, TenantId organization, MemberId member);

    default void enable(Caller caller, MemberId member) {
        enable(caller, caller.tenant(), member);
    }

    /** Whose accounts are disabled. */
    List<MemberRow> disabled(Caller caller);

    /** Whom the plan has no room for, and from when they only read; that may be over. */
    Map<MemberId, Instant> readOnlyFrom(Caller caller);

    List<InvitationRow> invitations(Caller caller);

    /** Whose mailboxes may be invited, as domains in small letters; anybody's where there are none. */
    List<String> invitationDomains(Caller caller);

    /**
     * Open invitations of other mailboxes are withdrawn.
     *
     * @param domains each as it stands behind the @; a subdomain is a domain of its own
     */
    void inviteOnly(Caller caller, List<String> domains);

    /** Good for seven days and for one person; who is invited again gets a new token, and the old one is void. */
    ShownInvitation invite(Caller caller, String email, Role role);

    /**
     * How the organisation stands to second steps.
     *
     * @param without those who have none, and would make one at their next sign-in if it were compulsory
     */
    record SecondStepRule(boolean compulsory, Set<MemberId> without) {}

    SecondStepRule secondStep(Caller caller);

    /** From now on everybody needs one, or each decides. Sessions that began without one end at once; the caller's own needs one. */
    void demandSecondStep(Caller caller, boolean compulsory);

    /**
     * For who has lost what they sign in with: the app, its recovery codes and the passkeys go, every session ends, and the member is told.
     *
     * @param organization one of the member's: the caller's own, or any for who runs the house
     */
    void resetSecondStep(Caller caller, TenantId organization, MemberId member);

    default void resetSecondStep(Caller caller, MemberId member) {
        resetSecondStep(caller, caller.tenant(), member);
    }

    void withdraw(Caller caller, InvitationId invitation);
}
