package io.velvetastro.engines.login;

import static java.util.Objects.requireNonNull;

import io.velvetastro.engines.Digest;
import io.velvetastro.engines.Found;
import io.velvetastro.engines.Found.Party;
import io.velvetastro.engines.Minutes;
import io.velvetastro.engines.rules.Rule;
import io.velvetastro.engines.rules.Rule.Field;
import io.velvetastro.language.Engine;
import io.velvetastro.language.EventId;
import io.velvetastro.language.FindingRaised.Weight;
import io.velvetastro.language.SeriesId;
import io.velvetastro.language.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Puts what a rule saw into words that name nobody: names are sealed beside them. */
final class Reports {
    private static final int MOST_PARTIES = 10;

    private Reports() {}

    /** Named by the attempt that completed the pattern first. */
    static UUID series(Rule rule, TenantId tenant, UUID peer, Try completing) {
        return new Digest("series")
                .with(tenant.value())
                .with(rule.id())
                .with(rule.version())
                .with(peer)
                .with(completing.id())
                .id();
    }

    /** The number of the gravest level reached, counted from 1. */
    static int level(Rule rule, Burst burst) {
        int reached = 1;
        int principals = -1;
        for (int i = 1; i < rule.levels().size(); i++) {
            var level = rule.levels().get(i);
            if (burst.failures() < level.failures()) continue;
            if (level.principals() > 0 && principals < 0) principals = burst.principals();
            if (principals >= level.principals() || level.principals() == 0) reached = i + 1;
        }
        return reached;
    }

    static Found found(Rule rule, Login login, Run run, Burst burst, Minutes fresh) {
        boolean quiet = run.level() == 0;
        var level = quiet ? null : rule.levels().get(run.level() - 1);
        var severity = level == null ? requireNonNull(rule.quiet()).severity() : level.severity();
        double score = level == null ? requireNonNull(rule.quiet()).score() : level.score();
        return new Found(
                Engine.HEURISTICS,
                rule.id(),
                rule.version(),
                new SeriesId(run.series()),
                login.tenant(),
                quiet ? requireNonNull(rule.quiet()).title() : rule.title(),
                severity,
                score,
                rule.stage(),
                rule.techniques(),
                Instant.ofEpochMilli(run.first()),
                Instant.ofEpochMilli(run.last()),
                reachedAt(rule, run, burst),
                run.count(),
                run.evidence().stream()
                        .map(attempt -> new EventId(attempt.id()))
                        .toList(),
                parties(rule, login, run, burst),
                why(rule, run, burst, quiet, score),
                explanation(rule, run, burst, quiet),
                login.place(),
                level != null && level.contain(),
                fresh);
    }

    /** Guessing is an attack from its first guess on; getting in is one from the moment it succeeded. */
    private static Instant reachedAt(Rule rule, Run run, Burst burst) {
        return Instant.ofEpochMilli(
                rule.pattern().thenSuccess()
                        ? burst.successes().stream().mapToLong(Try::at).min().orElse(run.first())
                        : run.first());
    }

    private static List<Party> parties(Rule rule, Login login, Run run, Burst burst) {
        var parties = new ArrayList<Party>();
        var telling = rule.pattern().thenSuccess() ? burst.successes() : run.evidence();
        addAll(parties, telling, Try::principal, attempt -> Party.user(attempt.principal(), new EventId(attempt.id())));
        addAll(parties, telling, Try::source, attempt -> Party.attacker(attempt.source(), new EventId(attempt.id())));
        if (login.host() != null && !rule.group().isEmpty())
            parties.add(Party.host(login.host(), new EventId(login.id())));
        return List.copyOf(parties);
    }

    private static void addAll(
            List<Party> parties, List<Try> tries, Function<Try, UUID> who, Function<Try, Party> party) {
        var seen = new HashSet<UUID>();
        for (var attempt : tries) {
            if (seen.size() < MOST_PARTIES && !who.apply(attempt).equals(Try.NOBODY) && seen.add(who.apply(attempt)))
                parties.add(party.apply(attempt));
        }
    }

    private static List<Weight> why(Rule rule, Run run, Burst burst, boolean quiet, double score) {
        var why = new ArrayList<Weight>();
        long failures = run.count() - burst.successes().size();
        double guesses = rule.pattern().thenSuccess() ? 0.4 : 0.6;
        why.add(new Weight(failures + " failed sign-ins within " + span(run), score * guesses));
        if (rule.pattern().thenSuccess()) why.add(new Weight("then a sign-in that succeeded", score * 0.35));
        if (quiet) why.add(new Weight("an address that is familiar here", score - 0.8));
        else
            why.add(new Weight(
                    rule.group().contains(Field.PRINCIPAL) || rule.group().isEmpty()
                            ? "addresses that were new to the account"
                            : Burst.distinctPrincipals(run.evidence()) + " accounts from one address",
                    score * (rule.pattern().thenSuccess() ? 0.25 : 0.4)));
        return List.copyOf(why);
    }

    private static String explanation(Rule rule, Run run, Burst burst, boolean quiet) {
        var sources = run.evidence().stream().map(Try::source).distinct().count();
        var text = rule.explanation()
                .replace(
                        "{failures}",
                        Long.toString(run.count() - burst.successes().size()))
                .replace("{accounts}", counted(Burst.distinctPrincipals(run.evidence()), "account"))
                .replace("{addresses}", counted(sources, "address"))
                .replace("{span}", span(run));
        if (!quiet) return text;
        return rule.group().contains(Field.SOURCE)
                ? text + " The address is familiar here, so this is most likely a forgotten password."
                : text + " Several accounts share that address, so this is most likely the account's owner.";
    }

    private static String counted(long count, String noun) {
        return count == 1 ? "1 " + noun : count + " " + noun + (noun.endsWith("s") ? "es" : "s");
    }

    static String span(Run run) {
        return span(Duration.ofMillis(run.last() - run.first()));
    }

    static String span(Duration span) {
        if (span.toSeconds() < 1) return "a second";
        if (span.toSeconds() < 120) return span.toSeconds() == 1 ? "1 second" : span.toSeconds() + " seconds";
        return span.toMinutes() < 120 ? span.toMinutes() + " minutes" : span.toHours() + " hours";
    }
}
