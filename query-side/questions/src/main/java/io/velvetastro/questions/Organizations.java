package io.velvetastro.questions;

import io.velvetastro.language.Caller;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.Plan;
import io.velvetastro.language.Role;
import io.velvetastro.language.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The organisations of a house: those a member belongs to, and for who runs the house all of them. A port and no message, as the other doors; the caller must be the one this thread works for, and a program has nothing here.
 */
public interface Organizations {
    /** One that a member belongs to, and as what. */
    record OrganizationRow(TenantId id, String name, Plan plan, Role role, Instant since) {}

    /** One of all, for who runs the house: figures, and nothing of what happens in it. */
    record TenantRow(TenantId id, String name, Plan plan, Instant createdAt, long members, long eventsToday) {}

    /** @param next absent on the last */
    record TenantPage(
            List<TenantRow> items,
            @org.jspecify.annotations.Nullable String next) {}

    /**
     * How much of something is used.
     *
     * @param limit absent where the plan has none
     * @param refuses whether no more is given beyond the limit; what answers attacks goes on
     */
    record Meter(
            String what,
            long used,
            @org.jspecify.annotations.Nullable Long limit,
            boolean refuses) {
        private static final double SOON = 0.8;

        public State state() {
            if (limit == null || used < limit * SOON) return State.FINE;
            if (used < limit) return State.SOON;
            return used == limit ? State.FULL : State.OVER;
        }
    }

    /** Full: no more of it. Over: there is more than the plan has, from a larger one; it stays, none is added, and after a grace the newest only read. Where a meter refuses nothing, both are only said. */
    enum State {
        FINE,
        SOON,
        FULL,
        OVER
    }

    /**
     * What the plan has no room for, and stays all the same.
     *
     * @param readOnlyFrom when the first of it only reads, which may be over; until then it works
     */
    record BeyondPlan(long members, long serviceAccounts, Instant readOnlyFrom) {}

    /**
     * What a plan gives and what is used of it.
     *
     * @param keepsMonths absent where nothing ends because of it
     * @param beyond absent where there is room for all
     */
    record PlanState(
            Plan plan,
            List<Meter> meters,
            @org.jspecify.annotations.Nullable Long keepsMonths,
            boolean auditExport,
            @org.jspecify.annotations.Nullable BeyondPlan beyond) {}

    /** One of somebody's organisations, and what they are there. */
    record Belonging(TenantId organization, String name, Role role) {}

    /**
     * An account of the house, for who runs it and is asked for help: no name, and no address but the one that was asked for.
     *
     * @param secondStep whether the account has one
     * @param belongsTo first joined first
     */
    record AccountRow(MemberId member, boolean disabled, boolean secondStep, List<Belonging> belongsTo) {}

    /** Those of the caller, first joined first. */
    List<OrganizationRow> mine(Caller caller);

    /** Makes one, with the caller as its administrator, on the smallest plan. */
    TenantId create(Caller caller, String name);

    /** The caller's present one. */
    void rename(Caller caller, String name);

    /** Takes up an invitation that was made out to the caller's own e-mail. */
    OrganizationRow accept(Caller caller, String invitation);

    /** Goes on in another of the caller's organisations, in the browser this thread works for; pages that are open have to be loaded anew. */
    void enter(Caller caller, TenantId organization);

    /** The caller's own, or any for who runs the house. */
    PlanState plan(Caller caller, TenantId organization);

    /** Only who runs the house. What is beyond a smaller plan stays, none is added to it, and after a grace it only reads. */
    void subscribe(Caller caller, TenantId organization, Plan plan);

    /**
     * Only for who runs the house, by their names.
     *
     * @param name part of it; all where it is empty
     * @param after what the page before said; absent for the first
     */
    TenantPage all(Caller caller, String name, @org.jspecify.annotations.Nullable String after, int limit);

    /** Only for who runs the house, by the whole address: whose it is they know already. Empty for who belongs nowhere. */
    Optional<AccountRow> account(Caller caller, String email);
}
