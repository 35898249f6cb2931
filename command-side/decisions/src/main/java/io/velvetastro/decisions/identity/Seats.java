package io.velvetastro.decisions.identity;

import static java.time.ZoneOffset.UTC;

import io.velvetastro.language.AccessEvent.PlanExceeded;
import io.velvetastro.language.AccessEvent.PlanKeptAgain;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.Plan;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Organizations.BeyondPlan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Whom and what a plan has no room for, and since when: they go on for a grace, and then they read. Who came first has the place, and administrators before everybody else. */
class Seats {
    /** Whoever gives up a place beyond the plan gives it up with its time: passing places on lengthens nobody's grace. */
    private static final String SEAT = """
            , given_up as (select min(beyond_since) since from ranked where not beyond)
            update identity.%1$s seat set beyond_since = case when r.beyond then coalesce(g.since, :now) end
            from ranked r, given_up g
            where seat.organization = :organization and seat.%2$s = r.id and (seat.beyond_since is not null) <> r.beyond
            returning r.beyond and g.since is null""";

    private static final String MEMBERS = """
            with ranked as (
                select ms.member id, ms.beyond_since, m.disabled_at is null and row_number() over (
                    partition by m.disabled_at is null
                    order by array_position(array['SUPER_ADMIN', 'ORG_ADMIN'], ms.role), ms.since, ms.member) > :room beyond
                from identity.membership ms join identity.member m on m.id = ms.member
                where ms.organization = :organization)""" + SEAT.formatted("membership", "member");

    private static final String ACCOUNTS = """
            with ranked as (
                select id, beyond_since, disabled_at is null and row_number() over (
                    partition by disabled_at is null order by created_at, id) > :room beyond
                from identity.service_account where organization = :organization)""" + SEAT.formatted("service_account", "id");

    private static final String BEYOND = """
            select count(*) filter (where person) members, count(*) filter (where not person) accounts, min(beyond_since) since
            from (select true person, beyond_since from identity.membership
                  where organization = :organization and beyond_since is not null
                  union all
                  select false, beyond_since from identity.service_account
                  where organization = :organization and beyond_since is not null) beyond""";

    private final JdbcClient db;
    private final People people;
    private final Letters letters;
    private final AccessRecord record;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Seats(
            JdbcClient db,
            People people,
            Letters letters,
            AccessRecord record,
            TransactionTemplate transaction,
            Clock clock) {
        this.db = db;
        this.people = people;
        this.letters = letters;
        this.record = record;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** When what has been beyond the plan since then begins to be read-only; absent where there is room. */
    static @Nullable Instant readOnlyFrom(ResultSet row, String since) throws SQLException {
        var beyond = row.getObject(since, OffsetDateTime.class);
        return beyond == null ? null : beyond.toInstant().plus(Plan.GRACE);
    }

    static boolean isReadOnly(ResultSet row, Instant now) throws SQLException {
        var from = readOnlyFrom(row, "beyond_since");
        return from != null && !now.isBefore(from);
    }

    /** Says anew who is beyond the plan, in the transaction of whatever has changed it; administrators are told where somebody's grace begins. */
    void settle(TenantId organization) {
        if (!TransactionSynchronizationManager.isActualTransactionActive())
            throw new IllegalStateException("a place is given with what it is given for, or not at all");
        var plan = db.sql("select plan from identity.organization where id = ? for update")
                .param(organization.value())
                .query((row, number) -> Plan.valueOf(row.getString(1)))
                .single();
        var before = beyond(organization);
        var now = clock.instant();
        boolean begins = place(MEMBERS, plan.members(), organization, now);
        begins |= place(ACCOUNTS, plan.serviceAccounts(), organization, now);
        var after = beyond(organization);
        if (begins) tell(organization, plan, after.orElseThrow(), now);
        if (before.isPresent() && after.isEmpty()) record.keepElsewhere(new PlanKeptAgain(organization, now));
    }

    /** Whether a grace begins. */
    private boolean place(String what, long room, TenantId organization, Instant now) {
        return db.sql(what)
                .param("room", room)
                .param("organization", organization.value())
                .param("now", now.atOffset(UTC))
                .query(Boolean.class)
                .list()
                .contains(true);
    }

    private void tell(TenantId organization, Plan plan, BeyondPlan beyond, Instant now) {
        var from = now.plus(Plan.GRACE);
        record.keepElsewhere(new PlanExceeded(organization, beyond.members(), beyond.serviceAccounts(), from, now));
        people.administratorsOf(organization)
                .forEach(each -> letters.beyondThePlan(each.email(), each.organization(), plan, beyond, from));
    }

    /** Empty where there is room for all. */
    Optional<BeyondPlan> beyond(TenantId organization) {
        return db.sql(BEYOND)
                .param("organization", organization.value())
                .query((row, number) -> {
                    var from = readOnlyFrom(row, "since");
                    return from == null
                            ? Optional.<BeyondPlan>empty()
                            : Optional.of(new BeyondPlan(row.getLong("members"), row.getLong("accounts"), from));
                })
                .single();
    }

    /** Which members are beyond the plan, and from when they only read. */
    Map<MemberId, Instant> members(TenantId organization) {
        var beyond = new HashMap<MemberId, Instant>();
        db.sql(
                        "select member, beyond_since from identity.membership where organization = ? and beyond_since is not null")
                .param(organization.value())
                .query(row -> {
                    var from = readOnlyFrom(row, "beyond_since");
                    if (from != null) beyond.put(new MemberId(row.getObject("member", UUID.class)), from);
                });
        return beyond;
    }

    /** Keeps to the plans as they are: what one has room for may change with the house itself. */
    void settleAll() {
        for (var plan : Plan.values())
            db.sql("""
                    select o.id from identity.organization o where o.plan = :plan and (
                        exists (select from identity.membership where organization = o.id and beyond_since is not null)
                        or exists (select from identity.service_account where organization = o.id and beyond_since is not null)
                        or (select count(*) from identity.membership ms join identity.member m on m.id = ms.member
                            where ms.organization = o.id and m.disabled_at is null) > :members
                        or (select count(*) from identity.service_account where organization = o.id and disabled_at is null) > :accounts)
                    order by o.id""")
                    .param("plan", plan.name())
                    .param("members", plan.members())
                    .param("accounts", plan.serviceAccounts())
                    .query((row, number) -> new TenantId(row.getObject("id", UUID.class)))
                    .list()
                    .forEach(each -> transaction.executeWithoutResult(status -> settle(each)));
    }
}
