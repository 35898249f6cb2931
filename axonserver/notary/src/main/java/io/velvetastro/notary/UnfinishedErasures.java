package io.velvetastro.notary;

import io.velvetastro.language.Envelope;
import io.velvetastro.language.PrincipalId;
import io.velvetastro.language.PrivacyCommand.FinishErasure;
import io.velvetastro.language.PrivacyId;
import io.velvetastro.language.Shredder;
import io.velvetastro.language.StoredBytes;
import io.velvetastro.language.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/** Finishes erasures that were ordered and not done, because the house died or its database was away: soon after each start, and now and then. */
final class UnfinishedErasures {
    private static final Logger LOG = LoggerFactory.getLogger(UnfinishedErasures.class);
    private static final String ACTOR = "service:erasure";

    /** Whoever has just ordered it is doing it. */
    private static final Duration THEIRS = Duration.ofSeconds(10);

    private final Shredder shredder;
    private final StoredBytes store;
    private final PrivacyBook book;
    private final CommandGateway commands;
    private final Clock clock;

    UnfinishedErasures(Shredder shredder, StoredBytes store, PrivacyBook book, CommandGateway commands, Clock clock) {
        this.shredder = shredder;
        this.store = store;
        this.book = book;
        this.commands = commands;
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "PT20S", fixedDelayString = "PT5M")
    void lookQuietly() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.error("Could not look for erasures that are not finished; the next look is soon", e);
        }
    }

    void look() {
        var tenants = new HashSet<>(shredder.months().keySet());
        tenants.addAll(shredder.ended().keySet());
        for (var tenant : tenants) {
            if (store.ofAggregate(tenant, PrivacyId.of(tenant).toString()).isEmpty()) continue;
            book.of(tenant).toBeErased().forEach((person, since) -> finish(tenant, person, since));
        }
    }

    private void finish(TenantId tenant, PrincipalId person, Instant since) {
        var now = clock.instant();
        if (since.plus(THEIRS).isAfter(now)) return;
        try {
            commands.sendAndWait(
                    GenericCommandMessage.<FinishErasure>asCommandMessage(new FinishErasure(tenant, person, now))
                            .andMetaData(Envelope.of(tenant, ACTOR, now)));
            LOG.info("Finished an erasure that was ordered at {}", since);
        } catch (RuntimeException e) { // Another process may have done the same at this moment.
            LOG.warn("An erasure that was ordered at {} is not finished; it is tried again", since, e);
        }
    }
}
