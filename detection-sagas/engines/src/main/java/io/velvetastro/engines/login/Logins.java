package io.velvetastro.engines.login;

import io.velvetastro.engines.Found;
import io.velvetastro.engines.Kind;
import io.velvetastro.engines.Memory;
import io.velvetastro.engines.rules.Rule;
import io.velvetastro.engines.rules.Rule.Field;
import io.velvetastro.engines.rules.RuleBook;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The heuristics over sign-in attempts. One attempt is looked at three ways: as its address, as its account, and as its organisation sees it.
 */
public final class Logins {
    private final List<Rule> bySource;
    private final List<Rule> byAccount;
    private final List<Rule> byOrganisation;
    private final long sourceKeepsMillis;
    private final long accountKeepsMillis;
    private final long organisationKeepsMillis;
    private final int mostEach;
    private final @Nullable Travels travels;

    public Logins(RuleBook book) {
        var patterns = book.rules().stream().filter(Rule::counts).toList();
        bySource = patterns.stream()
                .filter(rule -> rule.group().contains(Field.SOURCE))
                .toList();
        byAccount = patterns.stream()
                .filter(rule -> rule.group().equals(Set.of(Field.PRINCIPAL)))
                .toList();
        byOrganisation =
                patterns.stream().filter(rule -> rule.group().isEmpty()).toList();
        sourceKeepsMillis = longestWindow(bySource);
        accountKeepsMillis = longestWindow(byAccount);
        organisationKeepsMillis = longestWindow(byOrganisation);
        mostEach = byOrganisation.stream()
                .mapToInt(rule -> rule.pattern().mostEach())
                .max()
                .orElse(Integer.MAX_VALUE);
        travels = book.rules().stream()
                .filter(rule -> !rule.counts())
                .findFirst()
                .map(Travels::new)
                .orElse(null);
    }

    /** Names what {@link #step} will recall for this attempt, so that whoever keeps the memory can fetch a batch's at once. */
    public void willRecall(Login login, BiConsumer<Kind<?>, String> wanted) {
        if (login.principal() != null)
            wanted.accept(Account.KIND, login.principal().toString());
        if (login.source() != null) wanted.accept(Source.KIND, login.source().toString());
        if (login.principal() != null && login.source() != null) wanted.accept(Organisation.KIND, Organisation.KEY);
        if (login.succeeded() && login.place() != null)
            Travels.crowd(login.place()).ifPresent(place -> wanted.accept(Crowd.KIND, place));
    }

    /** What this attempt shows, given what is remembered; an attempt that was seen before shows nothing. */
    public List<Found> step(Memory memory, Login login) {
        var attempt = Try.of(login);
        boolean hasAccount = login.principal() != null;
        boolean hasSource = login.source() != null;
        var account =
                hasAccount ? memory.recall(Account.KIND, attempt.principal().toString()) : Account.KIND.blank();
        var source = hasSource ? memory.recall(Source.KIND, attempt.source().toString()) : Source.KIND.blank();
        if (account.activity().holds(attempt) || source.activity().holds(attempt)) return List.of();

        var found = new ArrayList<Found>(2);
        var taken = new HashSet<Try>();
        if (hasSource) {
            source = source.with(source.activity().with(attempt, login.succeeded(), sourceKeepsMillis));
        }
        var tally = new Tally(memory, attempt.source(), source);
        if (hasSource) {
            for (var rule : bySource)
                source = source.with(stepBySource(rule, login, attempt, account, source, tally, found, taken));
        }
        if (hasAccount && hasSource) {
            account = account.with(account.activity().with(attempt, login.succeeded(), accountKeepsMillis));
            for (var rule : byAccount)
                account = account.with(stepByAccount(rule, login, attempt, account, tally, found, taken));
            if (!account.addresses().knew(attempt.source(), attempt.at()) && !source.sharedUntil(attempt.at()))
                stepByOrganisation(memory, login, attempt, tally, found, taken);
        }
        if (login.succeeded() && hasAccount) {
            if (travels != null) account = travels.step(memory, login, account, tally, found);
            if (hasSource) {
                boolean suspect = taken.remove(attempt);
                account = account.with(
                        account.addresses().with(attempt.source(), attempt.at(), suspect, Account.MOST_ADDRESSES));
                source = source.with(
                        source.accounts().with(attempt.principal(), attempt.at(), suspect, Source.MOST_ACCOUNTS));
            }
        }
        if (hasAccount) memory.keep(Account.KIND, attempt.principal().toString(), account);
        if (hasSource) memory.keep(Source.KIND, attempt.source().toString(), source.counting(tally.counted()));
        for (var success : taken) distrust(memory, success);
        return found;
    }

    private Activity stepBySource(
            Rule rule,
            Login login,
            Try attempt,
            Account account,
            Source source,
            Tally tally,
            List<Found> found,
            Set<Try> taken) {
        boolean alsoByAccount = rule.group().contains(Field.PRINCIPAL);
        var activity = source.activity();
        if (alsoByAccount && attempt.principal().equals(Try.NOBODY)) return activity;
        if (isOutOfReach(rule, activity, attempt, login.succeeded())) return activity;
        var failures = alsoByAccount ? of(attempt.principal(), activity.failures()) : activity.failures();
        var successes = alsoByAccount ? of(attempt.principal(), activity.successes()) : activity.successes();
        var burst = burst(rule, failures, successes, attempt, login.succeeded());
        if (burst == null) return activity;
        boolean familiar = alsoByAccount
                ? isFamiliar(account, source, attempt, burst)
                : source.sharedUntil(burst.first())
                        || isDoor(activity, burst)
                        || rule.pattern().thenSuccess() && allKnown(burst.successes(), source, burst.first());
        return report(
                rule,
                login,
                attempt,
                alsoByAccount ? attempt.principal() : Try.NOBODY,
                activity,
                burst,
                familiar,
                tally,
                found,
                taken,
                sourceKeepsMillis);
    }

    /** An address from which half as many get in as fail is one people come through: an office on its first day. */
    private static boolean isDoor(Activity activity, Burst burst) {
        var within = activity.successes().stream()
                .filter(success -> success.at() >= burst.first() && success.at() <= burst.last())
                .toList();
        int gotIn = Burst.distinctPrincipals(within);
        return gotIn >= Source.SHARED_BY && 2 * gotIn >= Burst.distinctPrincipals(burst.failuresOf(activity));
    }

    /** Whether the account, or three others, had signed in from there: before the failures, or at least before the sign-in they led to. */
    private static boolean isFamiliar(Account account, Source source, Try attempt, Burst burst) {
        long before = burst.successes().isEmpty()
                ? burst.first()
                : burst.successes().getFirst().at();
        return source.sharedUntil(before) || account.addresses().knew(attempt.source(), before);
    }

    /** Only attempts from addresses that were new to the account count: someone guessing from everywhere while its owner mistypes at home. */
    private Activity stepByAccount(
            Rule rule, Login login, Try attempt, Account account, Tally tally, List<Found> found, Set<Try> taken) {
        var activity = account.activity();
        if (isOutOfReach(rule, activity, attempt, login.succeeded())) return activity;
        var failures = unknown(activity.failures(), account);
        var successes = unknown(activity.successes(), account);
        var burst = burst(rule, failures, successes, attempt, login.succeeded());
        if (burst == null) return activity;
        return report(
                rule, login, attempt, Try.NOBODY, activity, burst, false, tally, found, taken, accountKeepsMillis);
    }

    private void stepByOrganisation(
            Memory memory, Login login, Try attempt, Tally tally, List<Found> found, Set<Try> taken) {
        if (byOrganisation.isEmpty()) return;
        var organisation = memory.recall(Organisation.KIND, Organisation.KEY);
        if (organisation.isLoud(attempt.source(), attempt.at(), organisationKeepsMillis)) {
            memory.keep(Organisation.KIND, Organisation.KEY, organisation.heardLoud(attempt.source(), attempt.at()));
            return;
        }
        var activity = organisation.activity();
        // Stuffing tries a password once: what one address does to one account again and again is another rule's
        // matter.
        if (!login.succeeded() && repeats(activity.failures(), attempt)) return;
        activity = activity.with(attempt, login.succeeded(), organisationKeepsMillis);
        int tried = tried(activity, attempt);
        if (tried > mostEach) organisation = organisation.heardLoud(attempt.source(), attempt.at());
        for (var rule : byOrganisation) {
            // Nearly every address tries one account, and takes part in nothing.
            if (tried < rule.pattern().leastEach()) continue;
            if (isOutOfReach(rule, activity, attempt, login.succeeded())) continue;
            var taking = taking(rule, activity, organisation, attempt);
            var burst = burst(
                    rule,
                    of(taking, activity.failures()),
                    of(taking, activity.successes()),
                    attempt,
                    login.succeeded());
            if (burst != null)
                activity = report(
                        rule,
                        login,
                        attempt,
                        Try.NOBODY,
                        activity,
                        burst,
                        false,
                        tally,
                        found,
                        taken,
                        organisationKeepsMillis);
        }
        memory.keep(Organisation.KIND, Organisation.KEY, organisation.with(activity));
    }

    /** How many accounts its address has failed for lately. */
    private int tried(Activity activity, Try attempt) {
        var tried = new ArrayList<Try>();
        for (var failure : activity.failures())
            if (failure.source().equals(attempt.source())
                    && Math.abs(failure.at() - attempt.at()) <= organisationKeepsMillis) tried.add(failure);
        return Burst.distinctPrincipals(tried);
    }

    /** The addresses that take part in a wave of many: each fails for several accounts, and for most of them. */
    private static Set<UUID> taking(Rule rule, Activity activity, Organisation organisation, Try attempt) {
        long windowMillis = rule.pattern().windowMillis();
        var failing = accountsBySource(activity.failures(), attempt, windowMillis);
        var gettingIn = accountsBySource(activity.successes(), attempt, windowMillis);
        var taking = new HashSet<UUID>();
        failing.forEach((source, accounts) -> {
            int gotIn = gettingIn.getOrDefault(source, Set.of()).size();
            if (accounts.size() >= rule.pattern().leastEach()
                    && !organisation.isLoud(source, attempt.at(), windowMillis)
                    && 2 * gotIn < accounts.size()) taking.add(source);
        });
        return taking;
    }

    private static Map<UUID, Set<UUID>> accountsBySource(List<Try> tries, Try around, long windowMillis) {
        var accounts = new HashMap<UUID, Set<UUID>>();
        for (var each : tries)
            if (Math.abs(each.at() - around.at()) <= windowMillis)
                accounts.computeIfAbsent(each.source(), none -> new HashSet<>()).add(each.principal());
        return accounts;
    }

    private static List<Try> of(Set<UUID> sources, List<Try> tries) {
        return tries.stream().filter(each -> sources.contains(each.source())).toList();
    }

    /** Nearly every attempt ends here for nearly every rule: nothing need be picked out of the activity. */
    private static boolean isOutOfReach(Rule rule, Activity activity, Try attempt, boolean succeeded) {
        if (activity.failures().size() < rule.pattern().failures()) return true;
        if (!rule.pattern().thenSuccess()) return succeeded;
        return activity.successes().isEmpty() || activity.successes().getLast().at() < attempt.at();
    }

    private static @Nullable Burst burst(
            Rule rule, List<Try> failures, List<Try> successes, Try attempt, boolean succeeded) {
        var pattern = rule.pattern();
        if (failures.size() < pattern.failures()) return null;
        if (!pattern.thenSuccess()) return succeeded ? null : Burst.ofFailures(pattern, failures, attempt);
        if (succeeded)
            return successes.contains(attempt) ? Burst.endingInSuccess(pattern, failures, List.of(attempt)) : null;
        // A failure that comes in late can complete what a success had already ended.
        var later = successes.stream()
                .filter(success ->
                        success.at() >= attempt.at() && success.at() - attempt.at() <= pattern.windowMillis())
                .toList();
        return later.isEmpty() ? null : Burst.endingInSuccess(pattern, failures, later);
    }

    private static Activity report(
            Rule rule,
            Login login,
            Try attempt,
            UUID peer,
            Activity activity,
            Burst burst,
            boolean familiar,
            Tally tally,
            List<Found> found,
            Set<Try> taken,
            long keepMillis) {
        if (familiar && rule.quiet() == null) return activity;
        Run run = null;
        for (var other : activity.runs()) {
            if (!other.concerns(rule.id(), peer) || !other.touches(burst.first(), burst.last())) continue;
            run = run == null ? other.joined(burst.tries(), 1) : run.joined(other.evidence(), 0);
        }
        if (run == null)
            run = Run.begun(rule.id(), peer, Reports.series(rule, login.tenant(), peer, attempt), burst.tries());
        int level = familiar ? 0 : Math.max(run.level(), Reports.level(rule, burst));
        if (!familiar) {
            taken.addAll(burst.successes());
            // In good order all guesses but the newest are counted already.
            boolean goesOn = run.level() > 0 && !rule.pattern().thenSuccess() && burst.last() == attempt.at();
            run = run.owing(tally.count(goesOn ? List.of(attempt) : burst.tries()));
        }
        if (run.isNews(level)) {
            var fresh = run.owed();
            run = run.told(level);
            found.add(Reports.found(rule, login, run, burst, fresh));
        }
        return activity.with(run, keepMillis);
    }

    /** What an attack signed in with does not make its address familiar. */
    private static void distrust(Memory memory, Try success) {
        var account = memory.recall(Account.KIND, success.principal().toString());
        memory.keep(
                Account.KIND,
                success.principal().toString(),
                account.with(account.addresses().with(success.source(), success.at(), true, Account.MOST_ADDRESSES)));
        var source = memory.recall(Source.KIND, success.source().toString());
        memory.keep(
                Source.KIND,
                success.source().toString(),
                source.with(source.accounts().with(success.principal(), success.at(), true, Source.MOST_ACCOUNTS)));
    }

    private static boolean allKnown(List<Try> successes, Source source, long before) {
        return successes.stream().allMatch(success -> source.accounts().knew(success.principal(), before));
    }

    private static boolean repeats(List<Try> failures, Try attempt) {
        return failures.stream()
                .anyMatch(other -> other.principal().equals(attempt.principal())
                        && other.source().equals(attempt.source()));
    }

    private static List<Try> of(UUID principal, List<Try> tries) {
        var own = new ArrayList<Try>(tries.size());
        for (var attempt : tries) if (attempt.principal().equals(principal)) own.add(attempt);
        return own;
    }

    private static List<Try> unknown(List<Try> tries, Account account) {
        var unknown = new ArrayList<Try>(tries.size());
        for (var attempt : tries) if (!account.addresses().knew(attempt.source(), attempt.at())) unknown.add(attempt);
        return unknown;
    }

    private static long longestWindow(List<Rule> rules) {
        return rules.stream()
                .mapToLong(rule -> rule.pattern().windowMillis())
                .max()
                .orElse(0);
    }
}
