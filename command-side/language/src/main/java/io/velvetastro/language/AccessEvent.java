package io.velvetastro.language;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/** Everything that can have happened to who may come in, and with what. It holds no key, no code, no name; who did it stands in the envelope. */
public sealed interface AccessEvent {
    TenantId tenant();

    Instant at();

    /** The member whose own affair it is; nobody for what belongs to the organisation. */
    default @Nullable MemberId about() {
        return null;
    }

    @Revision("1")
    record ServiceAccountCreated(TenantId tenant, ServiceAccountId account, List<Authority> authorities, Instant at)
            implements AccessEvent {}

    /** None of its keys opens anything any more. */
    @Revision("1")
    record ServiceAccountDisabled(TenantId tenant, ServiceAccountId account, Instant at) implements AccessEvent {}

    /** @param replaces the key it was rotated from, which still works until {@code overlapsUntil} */
    @Revision("1")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ApiKeyIssued(
            TenantId tenant,
            ServiceAccountId account,
            ApiKeyId key,
            List<Authority> scopes,
            Instant expiresAt,
            @Nullable ApiKeyId replaces,
            @Nullable Instant overlapsUntil,
            Instant at)
            implements AccessEvent {}

    @Revision("1")
    record ApiKeyRevoked(TenantId tenant, ServiceAccountId account, ApiKeyId key, Instant at) implements AccessEvent {}

    /** Members ended sessions of their own. */
    @Revision("1")
    record SessionsEnded(TenantId tenant, MemberId member, int sessions, Instant at) implements AccessEvent {
        @Override
        public MemberId about() {
            return member;
        }
    }

    @Revision("1")
    record SecondFactorSwitchedOn(TenantId tenant, MemberId member, Instant at) implements AccessEvent {
        @Override
        public MemberId about() {
            return member;
        }
    }

    @Revision("1")
    record SecondFactorSwitchedOff(TenantId tenant, MemberId member, Instant at) implements AccessEvent {
        @Override
        public MemberId about() {
            return member;
        }
    }

    /**
     * An administrator took it away, for who has lost it; the actor says which. Revision 1 knew nobody else.
     *
     * @param by whoever runs the house, where they did it from another organisation
     */
    @Revision("2")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SecondFactorReset(
            TenantId tenant, MemberId member, @Nullable MemberId by, Instant at) implements AccessEvent {
        @Override
        public MemberId about() {
            return member;
        }
    }

    /** From now on nobody comes in with a password alone. */
    @Revision("1")
    record SecondStepMadeCompulsory(TenantId tenant, Instant at) implements AccessEvent {}

    @Revision("1")
    record SecondStepMadeVoluntary(TenantId tenant, Instant at) implements AccessEvent {}

    @Revision("1")
    record RecoveryCodesIssued(TenantId tenant, MemberId member, int codes, Instant at) implements AccessEvent {
        @Override
        public MemberId about() {
            return member;
        }
    }

    /** Somebody came in, or proved who they are, without the device: its owner, or whoever found the paper. */
    @Revision("1")
    record RecoveryCodeUsed(TenantId tenant, MemberId member, int left, Instant at) implements AccessEvent {
        @Override
        public MemberId about() {
            return member;
        }
    }

    @Revision("1")
    record MemberInvited(TenantId tenant, InvitationId invitation, Role role, Instant expiresAt, Instant at)
            implements AccessEvent {}

    @Revision("1")
    record InvitationWithdrawn(TenantId tenant, InvitationId invitation, Instant at) implements AccessEvent {}

    /** Somebody took up an invitation. */
    @Revision("1")
    record MemberJoined(TenantId tenant, MemberId member, InvitationId invitation, Role role, Instant at)
            implements AccessEvent {}

    /** Somebody registered an organisation of their own. */
    @Revision("1")
    record OrganizationFounded(TenantId tenant, MemberId member, Plan plan, Instant at) implements AccessEvent {
        @Override
        public MemberId about() {
            return member;
        }
    }

    /** Whoever showed the setup token made the first organisation and runs the house. */
    @Revision("1")
    record HouseSetUp(TenantId tenant, MemberId member, Role role, Plan plan, Instant at) implements AccessEvent {
        @Override
        public MemberId about() {
            return member;
        }
    }

    /** @param byLetter with a link from a letter, and not with the old password */
    @Revision("1")
    record PasswordChanged(TenantId tenant, MemberId member, boolean byLetter, Instant at) implements AccessEvent {
        @Override
        public MemberId about() {
            return member;
        }
    }

    /** The same password is kept under the parameters of today, since its owner gave it. */
    @Revision("1")
    record PasswordRehashed(TenantId tenant, MemberId member, Instant at) implements AccessEvent {
        @Override
        public MemberId about() {
            return member;
        }
    }

    /** Somebody who has come before came with something, or from somewhere, that is unlike what they came with then. */
    @Revision("1")
    record NewDeviceSeen(TenantId tenant, MemberId member, Instant at) implements AccessEvent {
        @Override
        public MemberId about() {
            return member;
        }
    }

    /** A member made what they had signed in with a stranger to their account, and what it was signed in as is over. */
    @Revision("1")
    record DeviceForgotten(TenantId tenant, MemberId member, UUID device, Instant at) implements AccessEvent {
        @Override
        public MemberId about() {
            return member;
        }
    }

    @Revision("1")
    record PasskeyAdded(TenantId tenant, MemberId member, UUID passkey, Instant at) implements AccessEvent {
        @Override
        public MemberId about() {
            return member;
        }
    }

    @Revision("1")
    record PasskeyRemoved(TenantId tenant, MemberId member, UUID passkey, Instant at) implements AccessEvent {
        @Override
        public MemberId about() {
            return member;
        }
    }

    /** A member was told of something about their way in, and says it was not them. */
    @Revision("1")
    record NoticeDenied(TenantId tenant, MemberId member, String notice, Instant at) implements AccessEvent {
        @Override
        public MemberId about() {
            return member;
        }
    }

    /** An administrator of the house read a letter that lies here because nothing sends it; it may hold somebody's way in. */
    @Revision("1")
    record LetterOpened(TenantId tenant, UUID letter, Instant at) implements AccessEvent {}

    @Revision("1")
    record RoleGiven(TenantId tenant, MemberId member, Role role, Instant at) implements AccessEvent {}

    /** Members call themselves something else; what, no event says. */
    @Revision("1")
    record MemberRenamed(TenantId tenant, MemberId member, Instant at) implements AccessEvent {
        @Override
        public MemberId about() {
            return member;
        }
    }

    @Revision("1")
    record MemberRemoved(TenantId tenant, MemberId member, Instant at) implements AccessEvent {}

    /** From now on only mailboxes of these domains may be invited; of any, where there are none. */
    @Revision("1")
    record InvitationDomainsSet(TenantId tenant, List<String> domains, Instant at) implements AccessEvent {}

    /**
     * Comes in nowhere and by nothing until somebody enables them; what they are stays. Revision 1 knew nobody but the organisation's own.
     *
     * @param by whoever runs the house, where they did it from another organisation
     */
    @Revision("2")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record MemberDisabled(
            TenantId tenant, MemberId member, @Nullable MemberId by, Instant at) implements AccessEvent {}

    /** @param by whoever runs the house, where they did it from another organisation; revision 1 knew nobody but its own */
    @Revision("2")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record MemberEnabled(
            TenantId tenant, MemberId member, @Nullable MemberId by, Instant at) implements AccessEvent {}

    @Revision("1")
    record OrganizationRenamed(TenantId tenant, Instant at) implements AccessEvent {}

    /** @param by who runs the house; they need not belong to the organisation */
    @Revision("1")
    record PlanChanged(TenantId tenant, Plan before, Plan plan, MemberId by, Instant at) implements AccessEvent {}

    /** From now on every entry of the record is sent to an address that an administrator has named; the address and its secret are no part of it. */
    @Revision("1")
    record RecordPushSet(TenantId tenant, Instant at) implements AccessEvent {}

    /** Whoever receives the record knows it by another secret; the one before counts until then. */
    @Revision("1")
    record RecordPushSecretRenewed(TenantId tenant, Instant oldOneUntil, Instant at) implements AccessEvent {}

    /** An administrator had a trial sent there. */
    @Revision("1")
    record RecordPushTried(TenantId tenant, Instant at) implements AccessEvent {}

    @Revision("1")
    record RecordPushRemoved(TenantId tenant, Instant at) implements AccessEvent {}

    /** Nobody has taken the record there for so long that the house does not go on by itself. */
    @Revision("1")
    record RecordPushPaused(TenantId tenant, Instant failingSince, Instant at) implements AccessEvent {}

    /** A trial was taken, and delivery goes on from where it stood. */
    @Revision("1")
    record RecordPushResumed(TenantId tenant, Instant at) implements AccessEvent {}

    /**
     * There is more than the plan has room for.
     *
     * @param members how many are beyond it
     * @param serviceAccounts how many are beyond it
     * @param readOnlyFrom when what has just come to be beyond it only reads
     */
    @Revision("1")
    record PlanExceeded(TenantId tenant, long members, long serviceAccounts, Instant readOnlyFrom, Instant at)
            implements AccessEvent {}

    /** The plan has room for everybody and everything again. */
    @Revision("1")
    record PlanKeptAgain(TenantId tenant, Instant at) implements AccessEvent {}
}
