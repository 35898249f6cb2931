package io.velvetastro.notary;

import static io.velvetastro.language.Refused.Why.CHANGED_MEANWHILE;
import static org.axonframework.modelling.command.AggregateCreationPolicy.ALWAYS;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.velvetastro.language.EvidenceCommand.ExportEvidence;
import io.velvetastro.language.EvidenceCommand.HandOverEvidence;
import io.velvetastro.language.EvidenceEvent.EvidenceExported;
import io.velvetastro.language.EvidenceEvent.EvidenceHandedOver;
import io.velvetastro.language.ExportId;
import io.velvetastro.language.Refused;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** One handing out of evidence: an event itself, so that the ledger says who took what. */
@Aggregate
class Export {
    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it.
    private @Nullable ExportId id;

    private boolean handedOver;

    @CommandHandler
    @CreationPolicy(ALWAYS)
    void decide(ExportEvidence command) {
        apply(new EvidenceExported(
                command.exportId(),
                command.tenant(),
                command.question(),
                command.events(),
                command.reason(),
                command.at()));
    }

    @CommandHandler
    void decide(HandOverEvidence command) {
        if (handedOver) throw new Refused(CHANGED_MEANWHILE, "This export has been handed over already.");
        apply(new EvidenceHandedOver(
                command.exportId(),
                command.tenant(),
                command.sha256(),
                command.bytes(),
                command.checkpoint(),
                command.at()));
    }

    @EventSourcingHandler
    void on(EvidenceExported event) {
        id = event.exportId();
    }

    @EventSourcingHandler
    void on(EvidenceHandedOver event) {
        handedOver = true;
    }
}
