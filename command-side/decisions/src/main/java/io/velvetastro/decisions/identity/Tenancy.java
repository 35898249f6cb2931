package io.velvetastro.decisions.identity;

import static io.velvetastro.language.Refused.Why.BEYOND_THE_PLAN;
import static io.velvetastro.language.Refused.Why.FORBIDDEN;
import static io.velvetastro.language.Refused.Why.NOT_AS_IT_STANDS;
import static java.time.ZoneOffset.UTC;

import io.velvetastro.decisions.plan.DaysEvents;
import io.velvetastro.language.AccessEvent.MemberJoined;
import io.velvetastro.language.AccessEvent.OrganizationFounded;
import io.velvetastro.language.AccessEvent.OrganizationRenamed;
import io.velvetastro.language.AccessEvent.PlanChanged;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Caller;
import io.velvetastro.language.Plan;
import io.velvetastro.language.Refused;
import io.velvetastro.language.Role;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Organizations;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Which organisations there are, who belongs to several of them, and what each has subscribed to. What is not one's own is missing. */
class Tenancy implements Organizations {
    private static final int MOST_OF_ONE_MEMBER = 20;
    private static final int MOST_SHOWN = 1_000;

    private final JdbcClient db;
    private final People people;
    private final Staff staff;
    private final Seats seats;
    private final Sessions sessions;
    private final BrowserSessions browsers;
    private final DaysEvents days;
    private final MonthsRuns runs;
    private final Letters letters;
    private final FreshProof proof;
    private final AccessRecord record;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Tenancy(
            JdbcClient db,
            People people,
            Staff staff,
            Seats seats,
            Sessions sessions,
            BrowserSessions browsers,
            DaysEvents days,
            MonthsRuns runs,
            Letters letters,
            FreshProof proof,
            AccessRecord record,
            TransactionTemplate transaction,
            Clock clock) {
        this.db = db;
        this.people = people;
        this.staff = staff;
        this.seats = seats;
        this.sessions = sessions;
        this.browsers = browsers;
        this.days = days;
        this.runs = runs;
        this.letters = letters;
        this.proof = proof;
        this.record = record;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public List<OrganizationRow> mine(Caller caller) {
        isPerson(caller);
        return db.sql("""
                select o.id, o.name, o.plan, ms.role, ms.since
                from identity.membership ms join identity.organization o on o.id = ms.organization
                where ms.member = ? order by ms.since, o.id""")
                .param(caller.member().value())
                .query((row, number) -> own(row))
                .list();
    }

    @Override
    public TenantId create(Caller caller, String name) {
        administers(caller);
        isAName(name);
        return transaction.execute(status -> {
            hold(caller);
            if (mine(caller).size() >= MOST_OF_ONE_MEMBER)
                throw new Refused(
                        NOT_AS_IT_STANDS, "Somebody belongs to at most " + MOST_OF_ONE_MEMBER + " organisations.");
            if (!runsTheHouse(caller) && people.hasFreeOne(caller.member()))
                throw new Refused(
                        BEYOND_THE_PLAN,
                        "You have made an organisation on the Free plan already. Another one needs a larger plan for that one first.");
            var id = new TenantId(UUID.randomUUID());
            people.found(id, name, Plan.FREE);
            people.join(id, caller.member(), Role.ORG_ADMIN);
            people.markFounder(id, caller.member());
            record.keepElsewhere(new OrganizationFounded(id, caller.member(), Plan.FREE, clock.instant()));
            return id;
        });
    }

    /** Invitations carry it to people who know nothing of the organisation. */
    private static void isAName(String name) {
        if (!LetterWords.areAName(name))
            throw new Refused(NOT_AS_IT_STANDS, "An organisation has a name, and no address to follow.");
    }

    @Override
    public void rename(Caller caller, String name) {
        administers(caller);
        isAName(name);
        transaction.executeWithoutResult(status -> {
            db.sql("update identity.organization set name = ? where id = ?")
                    .params(name, caller.tenant().value())
                    .update();
            record.keep(new OrganizationRenamed(caller.tenant(), clock.instant()));
        });
    }

    @Override
    public OrganizationRow accept(Caller caller, String token) {
        isPerson(caller);
        var invitation = staff.open(token)
                .filter(open -> open.email().key().equals(new Email(caller.email()).key()))
                .orElseThrow(Refused::notFound);
        transaction.executeWithoutResult(status -> {
            hold(caller);
            if (!staff.take(invitation)) throw Refused.notFound();
            people.join(invitation.organization(), caller.member(), invitation.role());
            seats.settle(invitation.organization());
            record.keepElsewhere(new MemberJoined(
                    invitation.organization(), caller.member(), invitation.id(), invitation.role(), clock.instant()));
        });
        return of(caller, invitation.organization());
    }

    @Override
    public void enter(Caller caller, TenantId organization) {
        another(caller, organization);
        browsers.moveTo(
                before -> transaction.execute(status -> sessions.another(before.session(), organization, null)));
    }

    /** A session of the same strength in another of the caller's organisations; the old one goes on beside it. It comes with a refresh token, so a stolen access token is not enough. */
    <T> T begin(SignedIn who, TenantId organization, Sessions.Coming seen, Function<SignedIn, T> with) {
        another(who.getPrincipal(), organization);
        proof.needed();
        return transaction.execute(status -> with.apply(sessions.another(who.session(), organization, seen)));
    }

    private void another(Caller caller, TenantId organization) {
        of(caller, organization);
        if (caller.tenant().equals(organization))
            throw new Refused(NOT_AS_IT_STANDS, "This is the organisation you are in.");
    }

    private OrganizationRow of(Caller caller, TenantId organization) {
        return mine(caller).stream()
                .filter(each -> each.id().equals(organization))
                .findFirst()
                .orElseThrow(Refused::notFound);
    }

    @Override
    public PlanState plan(Caller caller, TenantId organization) {
        boolean runsTheHouse = runsTheHouse(caller);
        if (!runsTheHouse && !caller.tenant().equals(organization)) throw Refused.notFound();
        if (!runsTheHouse) administers(caller);
        var plan = planOf(organization);
        var meters = new ArrayList<Meter>();
        meters.add(meter("members", people.count(organization), plan.members()));
        meters.add(meter("serviceAccounts", accounts(organization), plan.serviceAccounts()));
        meters.add(meter("eventsToday", days.sentToday(organization), plan.eventsADay()));
        meters.add(new Meter(
                "playbookRunsThisMonth", runs.ofThisMonth(organization), limit(plan.playbookRunsAMonth()), false));
        return new PlanState(
                plan,
                List.copyOf(meters),
                plan.keepsMonths() == Plan.FOR_EVER ? null : (long) plan.keepsMonths(),
                plan.hasAuditExport(),
                seats.beyond(organization).orElse(null));
    }

    private static Meter meter(String what, long used, long limit) {
        return new Meter(what, used, limit(limit), true);
    }

    private static @Nullable Long limit(long limit) {
        return limit == Plan.UNLIMITED ? null : limit;
    }

    private long accounts(TenantId organization) {
        return db.sql("select count(*) from identity.service_account where organization = ? and disabled_at is null")
                .param(organization.value())
                .query(Long.class)
                .single();
    }

    @Override
    public void subscribe(Caller caller, TenantId organization, Plan plan) {
        if (!runsTheHouse(caller)) throw new Refused(FORBIDDEN, "This takes whoever runs the house.");
        proof.needed();
        transaction.executeWithoutResult(status -> {
            people.hold(organization);
            var before = planOf(organization);
            if (before == plan) return;
            db.sql("update identity.organization set plan = ? where id = ?")
                    .params(plan.name(), organization.value())
                    .update();
            record.keepElsewhere(new PlanChanged(organization, before, plan, caller.member(), clock.instant()));
            if (plan.keepsLessThan(before)) tellAdministrators(organization, plan);
            seats.settle(organization);
        });
    }

    /** Something will end because of it, which only they can still take along or keep by another plan. */
    private void tellAdministrators(TenantId organization, Plan plan) {
        var from = clock.instant().plus(Plan.GRACE);
        people.administratorsOf(organization)
                .forEach(one -> letters.keepsLess(one.email(), one.organization(), plan, from));
    }

    private Plan planOf(TenantId organization) {
        return db.sql("select plan from identity.organization where id = ? for share")
                .param(organization.value())
                .query(String.class)
                .optional()
                .map(Plan::valueOf)
                .orElseThrow(Refused::notFound);
    }

    @Override
    public TenantPage all(Caller caller, String name, @Nullable String after, int limit) {
        if (!runsTheHouse(caller)) throw new Refused(FORBIDDEN, "This takes whoever runs the house.");
        int most = Math.clamp(limit, 1, MOST_SHOWN);
        var rows = db.sql("""
                select o.id, o.name, o.plan, o.created_at, coalesce(e.events, 0) events,
                       (select count(*) from identity.membership ms where ms.organization = o.id) members
                from identity.organization o
                left join identity.events_of_day e on e.organization = o.id and e.day = :today
                where position(lower(:name) in lower(o.name)) > 0
                and (cast(:after as uuid) is null or (lower(o.name), o.id) >
                    (select lower(before.name), before.id from identity.organization before where before.id = cast(:after as uuid)))
                order by lower(o.name), o.id limit :limit""")
                .param("today", LocalDate.ofInstant(clock.instant(), UTC))
                .param("name", name)
                .param("after", after)
                .param("limit", most + 1)
                .query((row, number) -> tenant(row))
                .list();
        if (rows.size() <= most) return new TenantPage(List.copyOf(rows), null);
        var page = List.copyOf(rows.subList(0, most));
        return new TenantPage(page, page.getLast().id().toString());
    }

    @Override
    public Optional<AccountRow> account(Caller caller, String email) {
        if (!runsTheHouse(caller)) throw new Refused(FORBIDDEN, "This takes whoever runs the house.");
        if (!Email.isOne(email)) return Optional.empty();
        return people.by(new Email(email))
                .map(known -> new AccountRow(
                        known.member(),
                        known.disabled(),
                        people.hasSecondStep(known.member()),
                        db.sql("""
                        select o.id, o.name, ms.role from identity.membership ms join identity.organization o on o.id = ms.organization
                        where ms.member = ? order by ms.since, o.id""")
                                .param(known.member().value())
                                .query((row, number) -> new Belonging(
                                        new TenantId(row.getObject("id", UUID.class)),
                                        row.getString("name"),
                                        Role.valueOf(row.getString("role"))))
                                .list()));
    }

    private TenantRow tenant(ResultSet row) throws SQLException {
        var id = new TenantId(row.getObject("id", UUID.class));
        return new TenantRow(
                id,
                row.getString("name"),
                Plan.valueOf(row.getString("plan")),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getLong("members"),
                days.sentOf(id, row.getLong("events")));
    }

    /** Whatever is decided about one member's organisations is decided one after the other. */
    private void hold(Caller caller) {
        db.sql("select id from identity.member where id = ? for update")
                .param(caller.member().value())
                .query(UUID.class)
                .single();
    }

    private static OrganizationRow own(ResultSet row) throws SQLException {
        return new OrganizationRow(
                new TenantId(row.getObject("id", UUID.class)),
                row.getString("name"),
                Plan.valueOf(row.getString("plan")),
                Role.valueOf(row.getString("role")),
                row.getObject("since", OffsetDateTime.class).toInstant());
    }

    private static boolean runsTheHouse(Caller caller) {
        return caller.may(Authority.PLATFORM_ADMIN);
    }

    private static void isPerson(Caller caller) {
        if (caller.role() == Role.SERVICE) throw new Refused(FORBIDDEN, "A program belongs to one organisation.");
    }

    private static void administers(Caller caller) {
        if (!caller.may(Authority.ORG_ADMIN))
            throw new Refused(FORBIDDEN, "This takes an administrator of the organisation.");
    }
}
