package io.velvetastro.notary;

import io.velvetastro.language.Envelope;
import io.velvetastro.language.PrivacyCommand.EndOldMonths;
import io.velvetastro.language.PrivacyId;
import io.velvetastro.language.Shredder;
import io.velvetastro.language.StoredBytes;
import io.velvetastro.language.TenantId;
import java.time.Clock;
import java.time.YearMonth;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every few hours whether months have become too old for the organisations that said how long they keep them. */
final class MonthsEnd implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MonthsEnd.class);
    private static final String ACTOR = "service:retention";
    private static final long FIRST_MINUTES = 5;
    private static final long EVERY_MINUTES = 6 * 60;

    private final Shredder shredder;
    private final StoredBytes store;
    private final CommandGateway commands;
    private final Clock clock;
    private final ScheduledExecutorService alarm = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("months-end").factory());

    MonthsEnd(Shredder shredder, StoredBytes store, CommandGateway commands, Clock clock) {
        this.shredder = shredder;
        this.store = store;
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
        shredder.months().forEach((tenant, living) -> {
            if (!store.ofAggregate(tenant, PrivacyId.of(tenant).toString()).isEmpty()) end(tenant, living);
        });
    }

    private void end(TenantId tenant, Set<YearMonth> living) {
        var now = clock.instant();
        var months = living.stream().sorted().map(YearMonth::toString).toList();
        commands.sendAndWait(GenericCommandMessage.asCommandMessage(new EndOldMonths(tenant, months, now))
                .andMetaData(Envelope.of(tenant, ACTOR, now)));
    }

    @Override
    public void close() {
        alarm.shutdownNow();
    }
}
