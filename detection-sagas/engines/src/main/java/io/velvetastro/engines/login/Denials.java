package io.velvetastro.engines.login;

import io.velvetastro.engines.Digest;
import io.velvetastro.engines.Found;
import io.velvetastro.engines.Found.Party;
import io.velvetastro.engines.Kind;
import io.velvetastro.engines.Memory;
import io.velvetastro.engines.Minutes;
import io.velvetastro.engines.rules.Rule;
import io.velvetastro.engines.rules.RuleBook;
import io.velvetastro.language.Engine;
import io.velvetastro.language.FindingRaised.Weight;
import io.velvetastro.language.SeriesId;
import io.velvetastro.language.SignInDenied;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * What the owner of an account says was not them. Their word is believed, and keeps nobody out: they may be mistaken, or somebody else may sit before their screen, so an address is blocked for what came from it and never for what was said of it.
 */
public final class Denials {
    private static final long EVENTS = 2;

    private final List<Rule> rules;

    public Denials(RuleBook book) {
        rules = book.rules().stream().filter(Rule::isOfDenials).toList();
    }

    /** Names what {@link #step} will recall for this denial. */
    public void willRecall(SignInDenied denial, BiConsumer<Kind<?>, String> wanted) {
        if (denial.principal() != null)
            wanted.accept(Account.KIND, denial.principal().toString());
        if (denial.source() != null) wanted.accept(Source.KIND, denial.source().toString());
    }

    public List<Found> step(Memory memory, SignInDenied denial) {
        var attempt = attempt(denial);
        boolean familiar = isFamiliar(memory, attempt);
        var fresh = counted(memory, attempt);
        if (denial.gotIn()) distrust(memory, attempt);
        return rules.stream()
                .filter(rule -> rule.denial().gotIn() == denial.gotIn())
                .map(rule -> found(rule, denial, familiar, fresh))
                .toList();
    }

    private static Try attempt(SignInDenied denial) {
        return new Try(
                denial.signInAt().toEpochMilli(),
                denial.signIn().value(),
                denial.principal() == null ? Try.NOBODY : denial.principal().value(),
                denial.source() == null ? Try.NOBODY : denial.source().value());
    }

    private static boolean isFamiliar(Memory memory, Try attempt) {
        return account(memory, attempt).addresses().knew(attempt.source(), attempt.at())
                || memory.recall(Source.KIND, attempt.source().toString()).sharedUntil(attempt.at());
    }

    /** It was an attack, and counts as one unless it did already. */
    private static Minutes counted(Memory memory, Try attempt) {
        if (attempt.source().equals(Try.NOBODY)) return Minutes.NONE;
        var source = memory.recall(Source.KIND, attempt.source().toString());
        var tally = new Tally(memory, attempt.source(), source);
        var fresh = tally.count(List.of(attempt));
        if (fresh != Minutes.NONE)
            memory.keep(Source.KIND, attempt.source().toString(), source.counting(tally.counted()));
        return fresh;
    }

    /**
     * A denied sign-in makes its address familiar to nobody. What the account knew before it stays, and whoever shares the address still does: otherwise one who denies could have the house take their colleagues for strangers.
     */
    private static void distrust(Memory memory, Try attempt) {
        var account = account(memory, attempt);
        if (attempt.principal().equals(Try.NOBODY)
                || attempt.source().equals(Try.NOBODY)
                || account.addresses().knew(attempt.source(), attempt.at())) return;
        memory.keep(
                Account.KIND,
                attempt.principal().toString(),
                account.with(account.addresses().with(attempt.source(), attempt.at(), true, Account.ADDRESSES)));
    }

    private static Account account(Memory memory, Try attempt) {
        return memory.recall(Account.KIND, attempt.principal().toString());
    }

    private static Found found(Rule rule, SignInDenied denial, boolean familiar, Minutes fresh) {
        var level = rule.levels().getFirst();
        var text = rule.explanation()
                .replace("{span}", Reports.span(Duration.between(denial.signInAt(), denial.occurredAt())));
        return new Found(
                Engine.HEURISTICS,
                rule.id(),
                rule.version(),
                new SeriesId(new Digest("series")
                        .with(denial.tenant().value())
                        .with(rule.id())
                        .with(denial.signIn().value())
                        .id()),
                denial.tenant(),
                rule.title(),
                level.severity(),
                level.score(),
                rule.stage(),
                rule.techniques(),
                denial.signInAt(),
                denial.occurredAt(),
                denial.signInAt(),
                EVENTS,
                List.of(denial.signIn(), denial.id()),
                parties(denial),
                why(denial, familiar, level.score()),
                familiar ? text + " The address is familiar here." : text,
                denial.place(),
                level.contain(),
                fresh);
    }

    private static List<Party> parties(SignInDenied denial) {
        var parties = new ArrayList<Party>(2);
        if (denial.principal() != null)
            parties.add(Party.user(denial.principal().value(), denial.id()));
        if (denial.source() != null) parties.add(Party.attacker(denial.source().value(), denial.id()));
        return List.copyOf(parties);
    }

    private static List<Weight> why(SignInDenied denial, boolean familiar, double score) {
        var said = new Weight("the word of the account's owner", score * 0.8);
        var where = familiar
                ? new Weight("though from an address that is familiar here", 0)
                : new Weight("from an address that was new to the account", score * 0.2);
        return denial.source() == null ? List.of(new Weight(said.what(), score)) : List.of(said, where);
    }
}
