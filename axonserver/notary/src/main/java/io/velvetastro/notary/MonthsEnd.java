package io.velvetastro.notary;

import io.velvetastro.language.Envelope;
import io.velvetastro.language.PrivacyCommand;
import io.velvetastro.language.PrivacyCommand.EndOldMonths;
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
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every few hours whether months have become too old for the organisations that said how long they keep them, and whether some have ended of which nobody has said so. */
final class MonthsEnd implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MonthsEnd.class);
    private static final String ACTOR = "service:retention";
    private static final long FIRST_MINUTES = 5;
    private static final long EVERY_MINUTES = 6 * 60;

    private final Shredder shredder;
    private final StoredBytes store;
    private final PrivacyBook book;
    private final CommandGateway commands;
    private final Clock clock;
    private final ScheduledExecutorService alarm = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("months-end").factory());

    MonthsEnd(Shredder shredder, StoredBytes store, PrivacyBook book, CommandGateway commands, Clock clock) {
        this.shredder = shredder;
        this.store = store;
        this.book = book;
        this.commands = commands;
        this.clock = clock;
        alarm.scheduleWithFixedDelay(this::lookQuietly, FIRST_MINUTES, EVERY_MINUTES, TimeUnit.MINUTES);
    }

    private void lookQuietly() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.error("Could not look for months that have ended; the next look is in {} minutes", EVERY_MINUTES, e);
        }
    }

    void look() {
        var living = shredder.months();
        var ended = shredder.ended();
        var tenants = new HashSet<>(living.keySet());
        tenants.addAll(ended.keySet());
        for (var tenant : tenants) {
            if (store.ofAggregate(tenant, PrivacyId.of(tenant).toString()).isEmpty()) continue;
            var alive = living.getOrDefault(tenant, Set.of());
            sayWhatIsUnsaid(tenant, ended.getOrDefault(tenant, Map.of()), alive);
            if (!alive.isEmpty()) end(tenant, alive);
        }
    }

    private void end(TenantId tenant, Set<YearMonth> living) {
        order(tenant, new EndOldMonths(tenant, texts(living.stream()), clock.instant()));
    }

    /**
     * Keys are destroyed before it is said, and somebody can die in between. What has come into such a month since lives: that month is ended again and said then.
     */
    private void sayWhatIsUnsaid(TenantId tenant, Map<YearMonth, Instant> ended, Set<YearMonth> living) {
        var said = book.said(tenant);
        var unsaid = texts(ended.entrySet().stream()
                .filter(month -> !living.contains(month.getKey()))
                .filter(month -> said.getOrDefault(month.getKey().toString(), Instant.EPOCH)
                        .isBefore(month.getValue().truncatedTo(ChronoUnit.MILLIS))) // As exact as an event's time.
                .map(Map.Entry::getKey));
        if (!unsaid.isEmpty()) order(tenant, new SayEndedMonths(tenant, unsaid, clock.instant()));
    }

    private static List<String> texts(Stream<YearMonth> months) {
        return months.sorted().map(YearMonth::toString).toList();
    }

    private void order(TenantId tenant, PrivacyCommand command) {
        commands.sendAndWait(GenericCommandMessage.<PrivacyCommand>asCommandMessage(command)
                .andMetaData(Envelope.of(tenant, ACTOR, command.at())));
    }

    @Override
    public void close() {
        alarm.shutdownNow();
    }
}
