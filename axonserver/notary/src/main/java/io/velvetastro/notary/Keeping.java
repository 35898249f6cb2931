package io.velvetastro.notary;

import io.velvetastro.language.Plan;
import io.velvetastro.language.PrivacyEvent.Cause;
import io.velvetastro.language.PrivacyEvent.PlanRetentionSet;
import io.velvetastro.language.PrivacyEvent.RetentionSet;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How long an organisation's months live: as it has said itself, and as its plan says, whichever is shorter. A month ends once it lies wholly further back.
 *
 * @param own months it keeps by its own rule; 0 for ever
 * @param byPlan months its plan keeps from {@code from} on; 0 for ever
 * @param before what held until then
 */
record Keeping(int own, int byPlan, Instant from, int before) {
    /** Nobody has said anything: nothing ends. */
    static final Keeping FOR_EVER = new Keeping(0, Plan.FOR_EVER, Instant.EPOCH, Plan.FOR_EVER);

    /** When a month ends, and why. */
    record End(Instant at, Cause because) {}

    Keeping after(RetentionSet said) {
        return new Keeping(said.months(), byPlan, from, before);
    }

    Keeping after(PlanRetentionSet said) {
        return new Keeping(own, said.months(), said.from(), byPlanAt(said.at()));
    }

    /** From when on a plan holds that is chosen now: where it keeps less than what holds, not before its grace is over. */
    Instant from(Plan plan, Instant now) {
        int present = byPlanAt(now);
        boolean less =
                plan.keepsMonths() != Plan.FOR_EVER && (present == Plan.FOR_EVER || plan.keepsMonths() < present);
        return less ? now.plus(Plan.GRACE) : now;
    }

    /** Once this plan was said now; the same where it was said before. */
    Keeping with(Plan plan, Instant now) {
        return plan.keepsMonths() == byPlan
                ? this
                : new Keeping(own, plan.keepsMonths(), from(plan, now), byPlanAt(now));
    }

    private int byPlanAt(Instant now) {
        return now.isBefore(from) ? before : byPlan;
    }

    /** When a month that lives will end, now at the earliest; empty for as long as nothing ends it. What has outlived an earlier plan lives on by a larger one. */
    Optional<End> endOf(YearMonth month, Instant now) {
        var rule = own == 0 ? Stream.<End>empty() : Stream.of(new End(later(now, end(month, own)), Cause.RULE));
        var plan = planEnds(month, now).map(at -> new End(later(now, at), Cause.PLAN));
        return Stream.concat(rule, plan.stream()).reduce((one, other) -> other.at.isBefore(one.at) ? other : one);
    }

    private Optional<Instant> planEnds(YearMonth month, Instant now) {
        if (now.isBefore(from) && before != Plan.FOR_EVER && end(month, before).isBefore(from))
            return Optional.of(end(month, before));
        return byPlan == Plan.FOR_EVER ? Optional.empty() : Optional.of(later(from, end(month, byPlan)));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant end(YearMonth month, int kept) {
        return month.plusMonths(kept + 1L).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}
