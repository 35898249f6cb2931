package io.velvetastro.engines.login;

import io.velvetastro.engines.Found;
import io.velvetastro.engines.rules.Rule;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * One attempt as it is looked at, and what has come of it so far.
 *
 * @param taken sign-ins that came out of an attack
 */
record Look(Login login, Try attempt, Tally tally, List<Found> found, Set<Try> taken) {
    Look(Login login, Try attempt, Tally tally, List<Found> found) {
        this(login, attempt, tally, found, new HashSet<>());
    }

    /** Something a rule sees in an activity, about to become a run or to go on with one. */
    record Sighting(
            Rule rule,
            UUID peer,
            Burst burst,
            Try completing,
            List<Try> newcomers,
            boolean familiar,
            boolean patient) {}

    /** The activity with the run this sighting begins or goes on with; what is worth telling is told. */
    Activity report(Activity activity, Sighting seen, long keepMillis) {
        var rule = seen.rule();
        var burst = seen.burst();
        if (seen.familiar() && rule.quiet() == null) return activity;
        Run run = null;
        for (var other : activity.runs()) {
            if (!other.concerns(rule.id(), seen.peer()) || !other.touches(burst.first(), burst.last())) continue;
            run = run == null ? other.joined(burst.tries(), seen.newcomers().size()) : run.joined(other.evidence(), 0);
        }
        if (run == null)
            run = Run.begun(
                    rule.id(),
                    seen.peer(),
                    Reports.series(rule, login.tenant(), seen.peer(), seen.completing()),
                    burst.tries());
        int level = seen.familiar() ? 0 : Math.max(run.level(), Reports.level(rule, burst));
        if (!seen.familiar()) {
            taken.addAll(burst.successes());
            // In good order all guesses but the newest are counted already.
            boolean goesOn = run.level() > 0
                    && !rule.pattern().thenSuccess()
                    && burst.last() == seen.completing().at();
            run = run.owing(tally.count(goesOn ? seen.newcomers() : burst.tries()));
        }
        if (run.isNews(level, seen.patient())) {
            var fresh = run.owed();
            run = run.told(level);
            found.add(Reports.found(rule, login, run, burst, fresh));
        }
        return activity.with(run, keepMillis);
    }
}
