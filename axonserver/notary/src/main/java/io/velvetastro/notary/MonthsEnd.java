package io.velvetastro.notary;

import io.velvetastro.language.Envelope;
import io.velvetastro.language.Plans;
import io.velvetastro.language.PrivacyCommand;
import io.velvetastro.language.PrivacyCommand.EndOldMonths;
import io.velvetastro.language.PrivacyCommand.KeepByPlan;
import io.velvetastro.language.PrivacyCommand.SayEndedMonths;
import io.velvetastro.language.PrivacyId;
import io.velvetastro.language.Shredder;
import io.velvetastro.language.StoredBytes;
import io.velvetastro.language.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Looks every few hours whether months have become too old for the organisation, by what it has said itself or by its plan, and whether some have ended of which nobody has said so. What the plan is now
 * is said before anything ends: whoever has just changed to a larger one loses nothing.
 */
final class MonthsEnd {
    private static final Logger LOG = LoggerFactory.getLogger(MonthsEnd.class);
    private static final String ACTOR = "service:retention";

    private final Shredder shredder;
    private final StoredBytes store;
    private final PrivacyBook book;
    private final Plans plans;
    private final CommandGateway commands;
    private final Clock clock;

    MonthsEnd(
            Shredder shredder, StoredBytes store, PrivacyBook book, Plans plans, CommandGateway commands, Clock clock) {
        this.shredder = shredder;
        this.store = store;
        this.book = book;
        this.plans = plans;
        this.commands = commands;
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "PT5M", fixedDelayString = "PT6H")
    void lookQuietly() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.error("Could not look for months that have ended; the next look is in six hours", e);
        }
    }

    void look() {
        var living = shredder.months();
        var ended = shredder.ended();
        var tenants = new HashSet<>(living.keySet());
        tenants.addAll(ended.keySet());
        for (var tenant : tenants) {
            try {
                look(tenant, living.getOrDefault(tenant, Set.of()), ended.getOrDefault(tenant, Map.of()));
            } catch (RuntimeException e) { // Another process may have done the same at this moment.
                LOG.warn("Could not look for months of {} that have ended", tenant, e);
            }
        }
    }

    private void look(TenantId tenant, Set<YearMonth> living, Map<YearMonth, Instant> ended) {
        plans.of(tenant)
                .filter(plan -> !book.of(tenant).keeping().knows(plan))
                .ifPresent(plan -> order(tenant, new KeepByPlan(tenant, plan, clock.instant())));
        if (store.ofAggregate(tenant, PrivacyId.of(tenant).toString()).isEmpty()) return;
        sayWhatIsUnsaid(tenant, ended, living);
        if (!living.isEmpty()) end(tenant, living);
    }

    private void end(TenantId tenant, Set<YearMonth> living) {
        order(tenant, new EndOldMonths(tenant, texts(living.stream()), clock.instant()));
    }

    /**
     * Keys are destroyed before it is said, and somebody can die in between. What has come into such a month since lives: that month is ended again and said then.
     */
    private void sayWhatIsUnsaid(TenantId tenant, Map<YearMonth, Instant> ended, Set<YearMonth> living) {
        var said = book.said(tenant);
        var unsaid = new TreeMap<String, Instant>();
        ended.forEach((month, at) -> {
            if (!living.contains(month)
                    && said.getOrDefault(month.toString(), Instant.EPOCH)
                            .isBefore(at.truncatedTo(ChronoUnit.MILLIS))) // As exact as an event's time.
            unsaid.put(month.toString(), at);
        });
        if (!unsaid.isEmpty()) order(tenant, new SayEndedMonths(tenant, unsaid, clock.instant()));
    }

    private static List<String> texts(Stream<YearMonth> months) {
        return months.sorted().map(YearMonth::toString).toList();
    }

    private void order(TenantId tenant, PrivacyCommand command) {
        commands.sendAndWait(GenericCommandMessage.<PrivacyCommand>asCommandMessage(command)
                .andMetaData(Envelope.of(tenant, ACTOR, command.at())));
    }
}
