package io.velvetastro.screens.testing;

import io.velvetastro.language.Caller;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.Plan;
import io.velvetastro.language.Refused;
import io.velvetastro.language.Role;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Organizations;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Mira's organisation, another she belongs to, and what is used of a plan; what is ordered is remembered. */
public final class FakeOrganizations implements Organizations {
    private static final TenantId OTHER = new TenantId(new UUID(7, 7));
    private final Instant now;
    /** Across the screens of one test. */
    public static final List<String> DONE = new ArrayList<>();
    /** Why nobody enters another one; null lets everybody in. */
    public static @Nullable Refused closed;

    public FakeOrganizations(Instant now) {
        this.now = now;
    }

    @Override
    public List<OrganizationRow> mine(Caller caller) {
        return List.of(
                new OrganizationRow(caller.tenant(), caller.organization(), caller.plan(), caller.role(), now),
                new OrganizationRow(OTHER, "Northwind", Plan.FREE, Role.EMPLOYEE, now));
    }

    @Override
    public TenantId create(Caller caller, String name) {
        DONE.add("created " + name);
        return OTHER;
    }

    @Override
    public void rename(Caller caller, String name) {
        DONE.add("renamed " + name);
    }

    @Override
    public OrganizationRow accept(Caller caller, String invitation) {
        DONE.add("accepted " + invitation);
        return mine(caller).getLast();
    }

    @Override
    public void enter(Caller caller, TenantId organization) {
        if (closed != null) throw closed;
        DONE.add("entered " + organization);
    }

    @Override
    public PlanState plan(Caller caller, TenantId organization) {
        return new PlanState(
                Plan.PRO,
                List.of(
                        new Meter("members", 46, 50L, true),
                        new Meter("serviceAccounts", 22, 20L, true),
                        new Meter("eventsToday", 120_000, null, true),
                        new Meter("playbookRunsThisMonth", 5_120, 5_000L, false)),
                12L,
                true,
                new BeyondPlan(0, 2, now.plusSeconds(500_000)));
    }

    @Override
    public void subscribe(Caller caller, TenantId organization, Plan plan) {
        DONE.add("subscribed " + plan);
    }

    @Override
    public Optional<AccountRow> account(Caller caller, String email) {
        return email.equals("kim@northwind.example")
                ? Optional.of(new AccountRow(
                        new MemberId(new UUID(7, 8)),
                        false,
                        true,
                        List.of(new Belonging(OTHER, "Northwind", Role.ORG_ADMIN))))
                : Optional.empty();
    }

    /** Two pages of one each. */
    @Override
    public TenantPage all(Caller caller, String name, @Nullable String after, int limit) {
        var rows = Stream.of(
                        new TenantRow(caller.tenant(), caller.organization(), Plan.PRO, now, 46, 120_000),
                        new TenantRow(OTHER, "Northwind", Plan.FREE, now, 3, 0))
                .filter(row -> row.name().toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT)))
                .toList();
        if (rows.size() < 2) return new TenantPage(rows, null);
        return after == null
                ? new TenantPage(rows.subList(0, 1), rows.getFirst().id().toString())
                : new TenantPage(rows.subList(1, 2), null);
    }
}
