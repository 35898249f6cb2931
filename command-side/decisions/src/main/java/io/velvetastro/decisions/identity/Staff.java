package io.velvetastro.decisions.identity;

import static io.velvetastro.language.Refused.Why.BEYOND_THE_PLAN;
import static io.velvetastro.language.Refused.Why.FORBIDDEN;
import static io.velvetastro.language.Refused.Why.NOT_AS_IT_STANDS;
import static java.time.ZoneOffset.UTC;

import io.velvetastro.decisions.post.Outbox;
import io.velvetastro.decisions.post.Postman;
import io.velvetastro.language.AccessEvent;
import io.velvetastro.language.AccessEvent.InvitationDomainsSet;
import io.velvetastro.language.AccessEvent.InvitationWithdrawn;
import io.velvetastro.language.AccessEvent.MemberDisabled;
import io.velvetastro.language.AccessEvent.MemberEnabled;
import io.velvetastro.language.AccessEvent.MemberInvited;
import io.velvetastro.language.AccessEvent.MemberJoined;
import io.velvetastro.language.AccessEvent.MemberRemoved;
import io.velvetastro.language.AccessEvent.RoleGiven;
import io.velvetastro.language.AccessEvent.SecondFactorReset;
import io.velvetastro.language.AccessEvent.SecondStepMadeCompulsory;
import io.velvetastro.language.AccessEvent.SecondStepMadeVoluntary;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Caller;
import io.velvetastro.language.InvitationId;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.Overloaded;
import io.velvetastro.language.Plan;
import io.velvetastro.language.Refused;
import io.velvetastro.language.Role;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Members.MemberRow;
import io.velvetastro.questions.Membership;
import io.velvetastro.questions.OwnAccount.NoticeKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Who belongs to an organisation and as what. Nobody gives more than they have or touches who has more, and one administrator always stays. */
class Staff implements Membership {
    private static final Duration INVITED_FOR = Duration.ofDays(7);
    private static final int LETTERS_TO_ONE_AN_HOUR = 3;
    private static final int INVITATIONS_A_DAY = 100;
    private static final int TOLD_OF_ACCOUNTS_A_DAY = 5;

    private final JdbcClient db;
    private final People people;
    private final Seats seats;
    private final Sessions sessions;
    private final Letters letters;
    private final Outbox outbox;
    private final Postman postman;
    private final Notices notices;
    private final SecondFactors factors;
    private final SecondSteps steps;
    private final Passkeys passkeys;
    private final FreshProof proof;
    private final AccessRecord record;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Staff(
            JdbcClient db,
            People people,
            Seats seats,
            Sessions sessions,
            Letters letters,
            Outbox outbox,
            Postman postman,
            Notices notices,
            SecondFactors factors,
            SecondSteps steps,
            Passkeys passkeys,
            FreshProof proof,
            AccessRecord record,
            TransactionTemplate transaction,
            Clock clock) {
        this.db = db;
        this.people = people;
        this.seats = seats;
        this.sessions = sessions;
        this.letters = letters;
        this.outbox = outbox;
        this.postman = postman;
        this.notices = notices;
        this.factors = factors;
        this.steps = steps;
        this.passkeys = passkeys;
        this.proof = proof;
        this.record = record;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** An invitation that still stands. */
    record Open(InvitationId id, TenantId organization, String organizationName, Email email, Role role) {}

    @Override
    public void giveRole(Caller caller, MemberId member, Role role) {
        administers(caller);
        mayGive(caller, role);
        proof.needed();
        transaction.executeWithoutResult(status -> {
            people.hold(caller.tenant());
            var before = roleOf(caller.tenant(), member);
            mayTouch(caller, before);
            if (before == role) return;
            if (runsTheHouse(before)) people.holdThoseWhoRunTheHouse();
            people.give(member, caller.tenant(), role);
            oneAdministratorStays(caller.tenant());
            somebodyRunsTheHouse(runsTheHouse(before));
            if (!role.authorities().containsAll(before.authorities())) withdrawThoseOf(caller, caller.tenant(), member);
            record.keep(new RoleGiven(caller.tenant(), member, role, clock.instant()));
            seats.settle(caller.tenant());
        });
    }

    @Override
    public void remove(Caller caller, MemberId member) {
        administers(caller);
        transaction.executeWithoutResult(status -> {
            people.hold(caller.tenant());
            var before = roleOf(caller.tenant(), member);
            mayTouch(caller, before);
            if (runsTheHouse(before)) people.holdThoseWhoRunTheHouse();
            people.remove(member, caller.tenant());
            sessions.endIn(member, caller.tenant(), "removed from the organisation");
            oneAdministratorStays(caller.tenant());
            somebodyRunsTheHouse(runsTheHouse(before));
            withdrawThoseOf(caller, caller.tenant(), member);
            record.keep(new MemberRemoved(caller.tenant(), member, clock.instant()));
            seats.settle(caller.tenant());
        });
    }

    @Override
    public void disable(Caller caller, TenantId organization, MemberId member) {
        looksAfter(caller, organization);
        if (!caller.tenant().equals(organization))
            proof.needed(); // At home it must be quick; from outside nobody is in such a hurry.
        if (member.equals(caller.member()))
            throw new Refused(NOT_AS_IT_STANDS, "Somebody else disables you: nobody could undo it.");
        transaction.executeWithoutResult(status -> {
            var theirs = holdThoseOf(member, organization);
            ownsTheAccount(caller, organization, member);
            if (!people.has(organization, member)) return;
            boolean runsTheHouse = people.runsTheHouse(member);
            if (runsTheHouse) people.holdThoseWhoRunTheHouse();
            people.disable(member);
            theirs.stream().filter(each -> administers(roleOf(each, member))).forEach(this::oneAdministratorStays);
            somebodyRunsTheHouse(runsTheHouse);
            for (var each : theirs) {
                withdrawThoseOf(caller, each, member);
                keep(caller, new MemberDisabled(each, member, from(caller, each), clock.instant()));
            }
            theirs.forEach(seats::settle);
        });
    }

    @Override
    public void enable(Caller caller, TenantId organization, MemberId member) {
        looksAfter(caller, organization);
        proof.needed();
        transaction.executeWithoutResult(status -> {
            var theirs = holdThoseOf(member, organization);
            ownsTheAccount(caller, organization, member);
            if (people.has(organization, member)) return;
            thereIsRoom(organization, 0);
            people.enable(member);
            for (var each : theirs) keep(caller, new MemberEnabled(each, member, from(caller, each), clock.instant()));
            theirs.forEach(seats::settle);
        });
    }

    /** An account in another organisation is looked after by who runs the house: its only administrator has nobody else. */
    private static void looksAfter(Caller caller, TenantId organization) {
        administers(caller);
        if (!caller.tenant().equals(organization) && !caller.may(Authority.PLATFORM_ADMIN)) throw Refused.notFound();
    }

    /** Each organisation finds in its own record what was decided about its members, wherever it was. */
    private void keep(Caller caller, AccessEvent fact) {
        if (caller.tenant().equals(fact.tenant())) record.keep(fact);
        else record.keepElsewhere(fact);
    }

    /** Whom the envelope cannot name. */
    private static @Nullable MemberId from(Caller caller, TenantId of) {
        return caller.tenant().equals(of) ? null : caller.member();
    }

    /** What an account is opened with is its member's in all of their organisations: one of several decides nothing about it. */
    private void ownsTheAccount(Caller caller, TenantId organization, MemberId member) {
        mayTouch(caller, roleOf(organization, member));
        if (!caller.may(Authority.PLATFORM_ADMIN) && belongsElsewhere(caller, member))
            throw new Refused(FORBIDDEN, "They belong to other organisations too: this takes whoever runs the house.");
    }

    @Override
    public List<MemberRow> disabled(Caller caller) {
        administers(caller);
        return people.disabledOf(caller.tenant());
    }

    @Override
    public Map<MemberId, Instant> readOnlyFrom(Caller caller) {
        administers(caller);
        return seats.members(caller.tenant());
    }

    /** All of them: they end within a week, and a day has no more than a hundred. */
    @Override
    public List<InvitationRow> invitations(Caller caller) {
        administers(caller);
        return db.sql(
                        "select * from identity.invitation where organization = ? and ended_at is null and expires_at > ? order by invited_at desc, id")
                .params(caller.tenant().value(), clock.instant().atOffset(UTC))
                .query((row, number) -> new InvitationRow(
                        new InvitationId(row.getObject("id", UUID.class)),
                        row.getString("email"),
                        Role.valueOf(row.getString("role")),
                        row.getObject("invited_at", OffsetDateTime.class).toInstant(),
                        row.getObject("expires_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    @Override
    public List<String> invitationDomains(Caller caller) {
        administers(caller);
        return domains(caller.tenant());
    }

    private List<String> domains(TenantId organization) {
        return db.sql("select unnest(invitation_domains) from identity.organization where id = ? order by 1")
                .param(organization.value())
                .query(String.class)
                .list();
    }

    @Override
    public void inviteOnly(Caller caller, List<String> domains) {
        administers(caller);
        proof.needed();
        var chosen = domains.stream()
                .map(domain -> new Email("x@" + domain).domain())
                .distinct()
                .sorted()
                .toList();
        transaction.executeWithoutResult(status -> {
            people.hold(caller.tenant());
            if (chosen.equals(domains(caller.tenant()))) return;
            db.sql("update identity.organization set invitation_domains = ? where id = ?")
                    .params(
                            (Object) chosen.toArray(String[]::new),
                            caller.tenant().value())
                    .update();
            record.keep(new InvitationDomainsSet(caller.tenant(), chosen, clock.instant()));
            if (!chosen.isEmpty()) withdrawThoseBut(caller.tenant(), chosen);
        });
    }

    @Override
    public ShownInvitation invite(Caller caller, String email, Role role) {
        administers(caller);
        mayGive(caller, role);
        proof.needed();
        var address = new Email(email);
        return transaction.execute(status -> {
            people.hold(caller.tenant());
            var allowed = domains(caller.tenant());
            if (!allowed.isEmpty() && !allowed.contains(address.domain()))
                throw new Refused(
                        NOT_AS_IT_STANDS,
                        "The organisation invites mailboxes of " + String.join(", ", allowed) + " alone.");
            if (people.has(caller.tenant(), address))
                throw new Refused(NOT_AS_IT_STANDS, "They belong to the organisation already.");
            var now = clock.instant();
            letsOthersWriteToo(caller.tenant(), address, now);
            db.sql(
                            "update identity.invitation set ended_at = ? where organization = ? and email_key = ? and ended_at is null")
                    .params(now.atOffset(UTC), caller.tenant().value(), address.key())
                    .update();
            thereIsRoom(caller.tenant(), invited(caller.tenant(), now));
            var token = Secret.fresh();
            var row = new InvitationRow(
                    new InvitationId(UUID.randomUUID()), address.text(), role, now, now.plus(INVITED_FOR));
            db.sql("""
                    insert into identity.invitation (id, hash, organization, email, email_key, role, invited_by, invited_at, expires_at)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                    .params(
                            row.id().value(),
                            Secret.sha256(token),
                            caller.tenant().value(),
                            address.text(),
                            address.key(),
                            role.name(),
                            caller.member().value(),
                            now.atOffset(UTC),
                            row.expiresAt().atOffset(UTC))
                    .update();
            letters.invited(address, caller.organization(), INVITED_FOR, token);
            record.keep(new MemberInvited(caller.tenant(), row.id(), role, row.expiresAt(), now));
            // Who is shown it could make the account in the place of who reads the letter.
            return new ShownInvitation(postman.sends() ? null : token, row);
        });
    }

    @Override
    public void withdraw(Caller caller, InvitationId invitation) {
        administers(caller);
        transaction.executeWithoutResult(status -> {
            var now = clock.instant();
            int ended = db.sql(
                            "update identity.invitation set ended_at = ? where id = ? and organization = ? and ended_at is null")
                    .params(
                            now.atOffset(UTC),
                            invitation.value(),
                            caller.tenant().value())
                    .update();
            if (ended == 0) throw Refused.notFound();
            record.keep(new InvitationWithdrawn(caller.tenant(), invitation, now));
        });
    }

    @Override
    public SecondStepRule secondStep(Caller caller) {
        administers(caller);
        var without = db.sql("""
                select m.id from identity.membership ms join identity.member m on m.id = ms.member
                where ms.organization = ? and m.disabled_at is null
                and not exists (select from identity.totp t where t.member = m.id and t.confirmed_at is not null)
                and not exists (select from identity.passkey p where p.member = m.id)""")
                .param(caller.tenant().value())
                .query((row, number) -> new MemberId(row.getObject("id", UUID.class)))
                .set();
        return new SecondStepRule(people.demandsSecondStep(caller.tenant()), without);
    }

    @Override
    public void demandSecondStep(Caller caller, boolean compulsory) {
        administers(caller);
        proof.needed();
        if (compulsory && !proof.isBySecondFactor())
            throw new Refused(
                    NOT_AS_IT_STANDS, "Switch your own second step on first, or this would be your last session.");
        transaction.executeWithoutResult(status -> {
            people.hold(caller.tenant());
            if (people.demandsSecondStep(caller.tenant()) == compulsory) return;
            var now = clock.instant();
            db.sql(
                            "update identity.organization set second_step_since = case when ? then cast(? as timestamptz) end where id = ?")
                    .params(compulsory, now.atOffset(UTC), caller.tenant().value())
                    .update();
            record.keep(
                    compulsory
                            ? new SecondStepMadeCompulsory(caller.tenant(), now)
                            : new SecondStepMadeVoluntary(caller.tenant(), now));
        });
    }

    @Override
    public void resetSecondStep(Caller caller, TenantId organization, MemberId member) {
        looksAfter(caller, organization);
        proof.needed();
        if (member.equals(caller.member()))
            throw new Refused(NOT_AS_IT_STANDS, "Your own second step is switched off in your account.");
        transaction.executeWithoutResult(status -> {
            people.hold(organization);
            ownsTheAccount(caller, organization, member);
            if (!factors.has(member) && !passkeys.has(member))
                throw new Refused(NOT_AS_IT_STANDS, "They have no second step.");
            factors.forget(member);
            passkeys.forget(member, Instant.EPOCH, clock.instant()); // Who has lost one would not come in without it.
            steps.forget(member);
            sessions.endAll(member);
            notices.tell(member, NoticeKind.SECOND_FACTOR_RESET);
            keep(caller, new SecondFactorReset(organization, member, from(caller, organization), clock.instant()));
        });
    }

    /** However many there are. */
    private void withdrawThoseBut(TenantId organization, List<String> domains) {
        var now = clock.instant();
        db.sql("""
                update identity.invitation set ended_at = ?
                where organization = ? and ended_at is null and expires_at > ?
                and not split_part(email_key, '@', -1) = any(?) returning id""")
                .params(now.atOffset(UTC), organization.value(), now.atOffset(UTC), domains.toArray(String[]::new))
                .query((row, number) -> new InvitationId(row.getObject("id", UUID.class)))
                .list()
                .forEach(each -> record.keep(new InvitationWithdrawn(organization, each, now)));
    }

    /** Whoever may not invite any more has invited nobody. */
    private void withdrawThoseOf(Caller caller, TenantId organization, MemberId member) {
        var now = clock.instant();
        db.sql(
                        "update identity.invitation set ended_at = ? where organization = ? and invited_by = ? and ended_at is null and expires_at > ? returning id")
                .params(now.atOffset(UTC), organization.value(), member.value(), now.atOffset(UTC))
                .query((row, number) -> new InvitationId(row.getObject("id", UUID.class)))
                .list()
                .forEach(each -> keep(caller, new InvitationWithdrawn(organization, each, now)));
    }

    /** Forgets who was invited long ago, and whether they came. */
    void forgetBefore(Instant then) {
        db.sql("delete from identity.invitation where expires_at < ?")
                .param(then.atOffset(UTC))
                .update();
    }

    private boolean belongsElsewhere(Caller caller, MemberId member) {
        return db.sql("select exists (select from identity.membership where member = ? and organization <> ?)")
                .params(member.value(), caller.tenant().value())
                .query(Boolean.class)
                .single();
    }

    Optional<Open> open(String token) {
        return db.sql("""
                select i.id, i.organization, o.name, i.email, i.role
                from identity.invitation i join identity.organization o on o.id = i.organization
                where i.hash = ? and i.ended_at is null and i.expires_at > ?""")
                .params(Secret.sha256(token), clock.instant().atOffset(UTC))
                .query((row, number) -> new Open(
                        new InvitationId(row.getObject("id", UUID.class)),
                        new TenantId(row.getObject("organization", UUID.class)),
                        row.getString("name"),
                        new Email(row.getString("email")),
                        Role.valueOf(row.getString("role"))))
                .optional();
    }

    /** Makes the member; true for the one call that used the invitation. */
    boolean join(Open invitation, String name, String phc) {
        if (tellsOfAnAccount(invitation)) throw hasAnAccount();
        try {
            return transaction.execute(status -> {
                if (!take(invitation)) return false;
                var back = people.takeBack(invitation.email(), name, phc);
                back.ifPresent(known -> people.join(invitation.organization(), known, invitation.role()));
                var member = back.orElseGet(() ->
                        people.admit(invitation.organization(), name, invitation.email(), phc, invitation.role()));
                if (postman.sends()) people.proved(member); // Only the letter had the token.
                record.keepAtTheDoor(new MemberJoined(
                        invitation.organization(), member, invitation.id(), invitation.role(), clock.instant()));
                seats.settle(invitation.organization());
                return true;
            });
        } catch (DuplicateKeyException known) {
            throw hasAnAccount();
        }
    }

    private static Refused hasAnAccount() {
        return new Refused(
                NOT_AS_IT_STANDS,
                "Somebody with this e-mail has an account in this house already: sign in and take the invitation up with it.");
    }

    /**
     * Where no letter takes the invitation, whoever invites holds it too, and could learn of any address whether it has an account in whatever organisation. So that is said a few times a day, and from
     * then on whoever comes with an invitation of this organisation and no account hears the same, whether they have one or not. Who signs in takes theirs up as always.
     */
    private boolean tellsOfAnAccount(Open invitation) {
        return transaction.execute(status -> {
            people.hold(invitation.organization());
            var now = clock.instant();
            if (!postman.sends() && toldToday(invitation.organization(), now) >= TOLD_OF_ACCOUNTS_A_DAY)
                throw new Overloaded(
                        "Too many came with invitations of this organisation who have an account already. With an account sign in and take it up there; without one come back tomorrow.",
                        Duration.ofHours(1));
            if (people.by(invitation.email()).isEmpty()) return false;
            return db.sql(
                                    "update identity.invitation set told_at = coalesce(told_at, ?) where id = ? and ended_at is null")
                            .params(now.atOffset(UTC), invitation.id().value())
                            .update()
                    == 1;
        });
    }

    private long toldToday(TenantId organization, Instant now) {
        return db.sql("select count(*) from identity.invitation where organization = ? and told_at > ?")
                .params(organization.value(), now.minus(Duration.ofDays(1)).atOffset(UTC))
                .query(Long.class)
                .single();
    }

    /** Uses the invitation up, within a transaction; false when somebody else did. */
    boolean take(Open invitation) {
        people.hold(invitation.organization());
        var now = clock.instant().atOffset(UTC);
        boolean taken = db.sql(
                                "update identity.invitation set ended_at = ? where id = ? and ended_at is null and expires_at > ?")
                        .params(now, invitation.id().value(), now)
                        .update()
                == 1;
        if (taken) thereIsRoom(invitation.organization(), 0);
        return taken;
    }

    /** Our letters go to people who did not ask for them: nobody's mailbox is filled by us, and nobody sends them without end. */
    private void letsOthersWriteToo(TenantId organization, Email address, Instant now) {
        if (outbox.written(Letters.INVITATION, address.text(), now.minus(Duration.ofHours(1)))
                >= LETTERS_TO_ONE_AN_HOUR)
            throw new Overloaded(
                    "They were written to " + LETTERS_TO_ONE_AN_HOUR + " times within this hour.", Duration.ofHours(1));
        long today = db.sql("select count(*) from identity.invitation where organization = ? and invited_at > ?")
                .params(organization.value(), now.minus(Duration.ofDays(1)).atOffset(UTC))
                .query(Long.class)
                .single();
        if (today >= INVITATIONS_A_DAY)
            throw new Overloaded(
                    "The organisation has sent " + INVITATIONS_A_DAY + " invitations within a day.",
                    Duration.ofHours(1));
    }

    private int invited(TenantId organization, Instant now) {
        return db.sql(
                        "select count(*) from identity.invitation where organization = ? and ended_at is null and expires_at > ?")
                .params(organization.value(), now.atOffset(UTC))
                .query(Integer.class)
                .single();
    }

    /** Whoever is there stays; nobody is added beyond the plan. */
    private void thereIsRoom(TenantId organization, int invited) {
        var plan = db.sql("select plan from identity.organization where id = ?")
                .param(organization.value())
                .query((row, number) -> Plan.valueOf(row.getString(1)))
                .single();
        if (people.count(organization) + invited >= plan.members())
            throw new Refused(BEYOND_THE_PLAN, "The plan has room for " + plan.members() + " members.");
    }

    /** All of theirs, in an order that is the same for everybody, so that two who decide about the same people do not wait for each other. */
    private List<TenantId> holdThoseOf(MemberId member, TenantId among) {
        var theirs = db.sql("""
                select o.id from identity.organization o join identity.membership ms on ms.organization = o.id
                where ms.member = ? order by o.id for update of o""")
                .param(member.value())
                .query((row, number) -> new TenantId(row.getObject("id", UUID.class)))
                .list();
        if (!theirs.contains(among)) throw Refused.notFound();
        return theirs;
    }

    private Role roleOf(TenantId organization, MemberId member) {
        return db.sql("select role from identity.membership where organization = ? and member = ?")
                .params(organization.value(), member.value())
                .query(String.class)
                .optional()
                .map(Role::valueOf)
                .orElseThrow(Refused::notFound);
    }

    private void oneAdministratorStays(TenantId organization) {
        if (people.administratorsOf(organization).isEmpty())
            throw new Refused(
                    NOT_AS_IT_STANDS, "One administrator has to stay in " + people.nameOf(organization) + ".");
    }

    /** Or nobody could ever name another. */
    private void somebodyRunsTheHouse(boolean didBefore) {
        if (didBefore && !people.anybodyRunsTheHouse())
            throw new Refused(NOT_AS_IT_STANDS, "One who runs the house has to stay.");
    }

    private static boolean runsTheHouse(Role role) {
        return role.authorities().contains(Authority.PLATFORM_ADMIN);
    }

    private static void mayGive(Caller caller, Role role) {
        if (role == Role.SERVICE) throw new Refused(FORBIDDEN, "This is no role for people.");
        mayTouch(caller, role);
    }

    private static void mayTouch(Caller caller, Role role) {
        if (!caller.authorities().containsAll(role.authorities()))
            throw new Refused(FORBIDDEN, "This role has more than yours.");
    }

    private static boolean administers(Role role) {
        return role.authorities().contains(Authority.ORG_ADMIN);
    }

    private static void administers(Caller caller) {
        if (!caller.may(Authority.ORG_ADMIN))
            throw new Refused(FORBIDDEN, "This takes an administrator of the organisation.");
    }
}
