package io.velvetastro.notary;

import io.velvetastro.language.Plan;
import io.velvetastro.language.PrivacyEvent.Cause;
import io.velvetastro.language.PrivacyEvent.PlanRetentionSet;
import io.velvetastro.language.PrivacyEvent.RetentionSet;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How long an organisation's months live: as it has said itself, and as its plans have promised, whichever is shorter. A month ends once it lies wholly further back. Of several plans the one that keeps
 * longest holds for a month that lay in its time: a smaller plan ends nothing that a larger one took in.
 *
 * @param own months it keeps by its own rule; 0 for ever
 * @param plans in the order in which they hold; the first has always held
 */
record Keeping(int own, List<Promise> plans) {
    /** Nobody has said anything: nothing ends. */
    static final Keeping FOR_EVER = new Keeping(0, List.of());

    /**
     * What a plan keeps.
     *
     * @param months 0 for ever
     * @param from when it began, until the next
     */
    record Promise(int months, Instant from) {
        boolean keepsLessThan(Promise other) {
            return months != Plan.FOR_EVER && (other.months == Plan.FOR_EVER || months < other.months);
        }
    }

    /** When a month ends, and why. */
    record End(Instant at, Cause because) {}

    Keeping after(RetentionSet said) {
        return new Keeping(said.months(), plans);
    }

    /** What had not begun yet never does, but for the first. */
    Keeping after(PlanRetentionSet said) {
        return with(new Promise(said.months(), said.from()), said.at());
    }

    /** What the present plan keeps, though it may hold only from {@link #from} on; 0 for ever. */
    int byPlan() {
        return plans.isEmpty() ? Plan.FOR_EVER : plans.getLast().months;
    }

    /** Whether this is the present plan, as far as it was said. */
    boolean knows(Plan plan) {
        return !plans.isEmpty() && plan.keepsMonths() == byPlan();
    }

    /** When the present plan begins to hold. */
    Instant from() {
        return plans.isEmpty() ? Instant.EPOCH : plans.getLast().from;
    }

    /** From when on a plan holds that is chosen now: where it keeps less than what holds, not before its grace is over. */
    Instant from(Plan plan, Instant now) {
        var first = plans.isEmpty() ? new Promise(Plan.FOR_EVER, Instant.EPOCH) : plans.getFirst();
        var present = plans.stream().filter(each -> !each.from.isAfter(now)).reduce(first, (earlier, later) -> later);
        return new Promise(plan.keepsMonths(), now).keepsLessThan(present) ? now.plus(Plan.GRACE) : now;
    }

    /** Once this plan was said now; the same where it was said before. */
    Keeping with(Plan plan, Instant now) {
        return knows(plan) ? this : with(new Promise(plan.keepsMonths(), from(plan, now)), now);
    }

    private Keeping with(Promise next, Instant now) {
        var held = plans.stream().filter(each -> !each.from.isAfter(now) || each.equals(plans.getFirst()));
        return new Keeping(own, Stream.concat(held, Stream.of(next)).toList());
    }

    /** When a month that lives will end, now at the earliest; empty for as long as nothing ends it. What has outlived an earlier plan lives on by a larger one. */
    Optional<End> endOf(YearMonth month, Instant now) {
        var rule = own == 0 ? Stream.<End>empty() : Stream.of(new End(later(now, end(month, own)), Cause.RULE));
        var plan = longest(month)
                .filter(promise -> promise.months != Plan.FOR_EVER)
                .map(promise -> later(promise.from, end(month, promise.months)))
                .map(at -> new End(later(now, at), Cause.PLAN));
        return Stream.concat(rule, plan.stream()).reduce((one, other) -> other.at.isBefore(one.at) ? other : one);
    }

    /** Of the plans that held when the month began or have held since. */
    private Optional<Promise> longest(YearMonth month) {
        var began = month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        @Nullable Promise longest = null;
        for (int i = 0; i < plans.size(); i++) {
            boolean wasOverBefore =
                    i + 1 < plans.size() && !plans.get(i + 1).from.isAfter(began);
            if (!wasOverBefore && (longest == null || longest.keepsLessThan(plans.get(i)))) longest = plans.get(i);
        }
        return Optional.ofNullable(longest);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant end(YearMonth month, int kept) {
        return month.plusMonths(kept + 1L).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}
