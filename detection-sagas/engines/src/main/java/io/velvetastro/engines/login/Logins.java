package io.velvetastro.engines.login;

import static java.util.Objects.requireNonNull;

import io.velvetastro.engines.Found;
import io.velvetastro.engines.Kind;
import io.velvetastro.engines.Memory;
import io.velvetastro.engines.login.Look.Sighting;
import io.velvetastro.engines.rules.Rule;
import io.velvetastro.engines.rules.Rule.Field;
import io.velvetastro.engines.rules.RuleBook;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The heuristics over sign-in attempts. One attempt is looked at four ways: as what its address does to its account, as its address, as its account, and as its organisation sees it.
 */
public final class Logins {
    private final List<Rule> byPair;
    private final List<Rule> bySource;
    private final List<Rule> byAccount;
    private final Waves waves;
    private final long sourceKeepsMillis;
    private final long accountKeepsMillis;
    private final @Nullable Travels travels;

    public Logins(RuleBook book) {
        byPair = grouped(book, Set.of(Field.PRINCIPAL, Field.SOURCE));
        bySource = grouped(book, Set.of(Field.SOURCE));
        byAccount = grouped(book, Set.of(Field.PRINCIPAL));
        sourceKeepsMillis = Math.max(longestWindow(byPair), longestWindow(bySource));
        waves = new Waves(grouped(book, Set.of()), sourceKeepsMillis);
        accountKeepsMillis = longestWindow(byAccount);
        travels = book.rules().stream()
                .filter(Rule::isOfTravel)
                .findFirst()
                .map(Travels::new)
                .orElse(null);
    }

    /** Names what {@link #step} will recall for this attempt, so that whoever keeps the memory can fetch a batch's at once. */
    public void willRecall(Login login, BiConsumer<Kind<?>, String> wanted) {
        if (login.principal() != null)
            wanted.accept(Account.KIND, login.principal().toString());
        if (login.source() != null) wanted.accept(Source.KIND, login.source().toString());
        if (login.principal() != null && login.source() != null) {
            wanted.accept(Organisation.KIND, Organisation.KEY);
            if (!login.succeeded()) wanted.accept(Pair.KIND, Pair.key(Try.of(login)));
        }
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
        if (hasSource) {
            source = source.with(source.activity().with(attempt, login.succeeded(), sourceKeepsMillis));
        }
        var tally = new Tally(memory, attempt.source(), source);
        var look = new Look(login, attempt, tally, found);
        if (hasAccount && hasSource) {
            account = account.with(account.activity().with(attempt, login.succeeded(), accountKeeps(login)));
            stepByPair(memory, look, account, source);
        }
        if (hasSource) for (var rule : bySource) source = source.with(stepBySource(rule, look, source));
        if (hasAccount && hasSource) {
            for (var rule : byAccount) account = account.with(stepByAccount(memory, rule, look, account, source));
            if (!account.addresses().knew(attempt.source(), attempt.at()) && !source.sharedUntil(attempt.at()))
                waves.step(memory, look, source);
        }
        if (login.succeeded() && hasAccount) {
            if (travels != null) account = travels.step(memory, login, account, tally, found);
            if (hasSource) {
                boolean suspect = look.taken().remove(attempt);
                account = account.with(
                        account.addresses().with(attempt.source(), attempt.at(), suspect, Account.ADDRESSES));
                source = source.with(
                        source.accounts().with(attempt.principal(), attempt.at(), suspect, Source.ACCOUNTS));
            }
        }
        if (hasAccount) memory.keep(Account.KIND, attempt.principal().toString(), account);
        if (hasSource) memory.keep(Source.KIND, attempt.source().toString(), source.counting(tally.counted()));
        for (var success : look.taken()) distrust(memory, success);
        return found;
    }

    /** Failures for as long as those of an address: where an address has tried too much to remember, the account knows. */
    private long accountKeeps(Login login) {
        return login.succeeded() ? accountKeepsMillis : Math.max(accountKeepsMillis, sourceKeepsMillis);
    }

    private void stepByPair(Memory memory, Look look, Account account, Source source) {
        var attempt = look.attempt();
        List<Try> failures = null;
        for (var rule : byPair) {
            if (Burst.isOutOfReach(
                    rule, source.activity(), attempt, look.login().succeeded())) continue;
            if (failures == null) failures = failures(attempt, account, source.activity());
            var successes = of(attempt.principal(), source.activity().successes());
            var burst = Burst.around(
                    rule, failures, successes, attempt, look.login().succeeded());
            if (burst == null) continue;
            boolean familiar = isFamiliar(account, source, attempt, burst);
            boolean patient = !rule.pattern().thenSuccess() && goesRound(source, attempt);
            var seen = new Sighting(rule, attempt.principal(), burst, attempt, List.of(attempt), familiar, patient);
            var before = memory.recall(Pair.KIND, Pair.key(attempt));
            memory.keep(Pair.KIND, Pair.key(attempt), look.report(before, seen, sourceKeepsMillis));
        }
    }

    /** What failed for this account from this address, in order of time. */
    private static List<Try> failures(Try attempt, Account account, Activity here) {
        var own = of(attempt.principal(), here.failures());
        if (!here.isFull()) return own;
        var all = new TreeSet<>(Try.ORDER);
        all.addAll(own);
        for (var failure : account.activity().failures())
            if (failure.source().equals(attempt.source())) all.add(failure);
        return List.copyOf(all);
    }

    /** Whether this address is known to try many accounts by now: the row that says so counts each guess. */
    private boolean goesRound(Source source, Try attempt) {
        return source.activity().runs().stream()
                .anyMatch(run -> bySource.stream()
                        .anyMatch(rule -> run.concerns(rule.id(), Try.NOBODY)
                                && run.isOn(attempt.at(), rule.pattern().windowMillis())));
    }

    private Activity stepBySource(Rule rule, Look look, Source source) {
        var activity = source.activity();
        var attempt = look.attempt();
        var burst = Burst.around(rule, activity, attempt, look.login().succeeded());
        if (burst == null) return activity;
        boolean familiar = source.sharedUntil(burst.first())
                || isDoor(activity, burst)
                || rule.pattern().thenSuccess() && allKnown(burst.successes(), source, burst.first());
        var seen = new Sighting(rule, Try.NOBODY, burst, attempt, List.of(attempt), familiar, false);
        return look.report(activity, seen, sourceKeepsMillis);
    }

    /** An address from which half as many get in as fail is one people come through: an office on its first day. */
    private static boolean isDoor(Activity activity, Burst burst) {
        var within = activity.successes().stream()
                .filter(success -> success.at() >= burst.first() && success.at() <= burst.last())
                .toList();
        // Of many sign-ins the newest are remembered: they are compared with what failed meanwhile.
        long from =
                activity.isFullOfSuccesses() ? activity.successes().getFirst().at() : burst.first();
        var failed = burst.failuresOf(activity).stream()
                .filter(failure -> failure.at() >= from)
                .toList();
        int gotIn = Burst.distinctPrincipals(within);
        return gotIn >= Source.SHARED_BY && 2 * gotIn >= Burst.distinctPrincipals(failed);
    }

    /** Whether the account, or three others, had signed in from there: before the failures, or at least before the sign-in they led to. */
    private static boolean isFamiliar(Account account, Source source, Try attempt, Burst burst) {
        long before = burst.successes().isEmpty()
                ? burst.first()
                : burst.successes().getFirst().at();
        return source.sharedUntil(before) || account.addresses().knew(attempt.source(), before);
    }

    /** Only attempts from addresses that were new to the account count: someone guessing from everywhere while its owner mistypes at home. Who gets in from an address that three others share may well be its owner at the office: it is told apart, and excuses nobody else. */
    private Activity stepByAccount(Memory memory, Rule rule, Look look, Account account, Source source) {
        var activity = account.activity();
        var attempt = look.attempt();
        if (Burst.isOutOfReach(rule, activity, attempt, look.login().succeeded())) return activity;
        var failures = unknown(activity.failures(), account);
        var successes = unknown(activity.successes(), account);
        var burst =
                Burst.around(rule, failures, successes, attempt, look.login().succeeded());
        if (burst == null) return activity;
        var shared = burst.successes().stream()
                .filter(success -> isShared(memory, success, attempt, source))
                .toList();
        for (var success : shared) {
            var own = requireNonNull(Burst.endingInSuccess(rule.pattern(), failures, List.of(success)));
            var seen = new Sighting(rule, success.source(), own, attempt, List.of(attempt), true, false);
            activity = look.report(activity, seen, accountKeepsMillis);
        }
        if (!shared.isEmpty()) burst = burst.without(rule.pattern(), failures, shared);
        if (burst == null) return activity;
        var seen = new Sighting(rule, Try.NOBODY, burst, attempt, List.of(attempt), false, false);
        return look.report(activity, seen, accountKeepsMillis);
    }

    private static boolean isShared(Memory memory, Try success, Try attempt, Source here) {
        var source = success.source().equals(attempt.source())
                ? here
                : memory.recall(Source.KIND, success.source().toString());
        return source.sharedUntil(success.at());
    }

    /** What an attack signed in with does not make its address familiar. */
    private static void distrust(Memory memory, Try success) {
        var account = memory.recall(Account.KIND, success.principal().toString());
        memory.keep(
                Account.KIND,
                success.principal().toString(),
                account.with(account.addresses().with(success.source(), success.at(), true, Account.ADDRESSES)));
        var source = memory.recall(Source.KIND, success.source().toString());
        memory.keep(
                Source.KIND,
                success.source().toString(),
                source.with(source.accounts().with(success.principal(), success.at(), true, Source.ACCOUNTS)));
    }

    private static boolean allKnown(List<Try> successes, Source source, long before) {
        return successes.stream().allMatch(success -> source.accounts().knew(success.principal(), before));
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

    private static List<Rule> grouped(RuleBook book, Set<Field> group) {
        return book.rules().stream()
                .filter(rule -> rule.counts() && rule.group().equals(group))
                .toList();
    }

    private static long longestWindow(List<Rule> rules) {
        return rules.stream()
                .mapToLong(rule -> rule.pattern().windowMillis())
                .max()
                .orElse(0);
    }
}
