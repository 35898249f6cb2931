package io.velvetastro.decisions.defense;

import static io.velvetastro.language.Refused.Why.NEVER_BLOCK_LIST;
import static java.util.Objects.requireNonNull;
import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.velvetastro.language.DefenseCommand;
import io.velvetastro.language.DefenseCommand.AllowNetwork;
import io.velvetastro.language.DefenseCommand.BlockNetwork;
import io.velvetastro.language.DefenseCommand.LiftRule;
import io.velvetastro.language.DefenseEvent.NetworkAllowed;
import io.velvetastro.language.DefenseEvent.NetworkBlocked;
import io.velvetastro.language.DefenseEvent.RuleLifted;
import io.velvetastro.language.Network;
import io.velvetastro.language.Refused;
import io.velvetastro.language.RuleId;
import io.velvetastro.language.TenantId;
import java.time.Instant;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** One network kept out, or never kept out, for a while. */
@Aggregate
class DefenseRule {
    @AggregateIdentifier
    private @Nullable RuleId id;

    private @Nullable TenantId tenant;
    private @Nullable Network network;
    private @Nullable Instant until;
    private boolean lifted;

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void decide(BlockNetwork command, NeverBlock guard, KnownIncidents incidents) {
        if (alreadyMadeBy(command)) return; // Sagas and impatient people repeat themselves.
        Limits.checkTtl(command.ttl());
        Limits.checkWidth(command.network(), Limits.BLOCK);
        if (command.incident() != null && !incidents.has(command.tenant(), command.incident())) {
            throw Refused.notFound();
        }
        if (guard.protects(command.tenant(), command.network(), command.at())) {
            throw new Refused(NEVER_BLOCK_LIST, "This network is on the never-block list.");
        }
        apply(new NetworkBlocked(
                command.ruleId(),
                command.tenant(),
                command.network(),
                command.at().plus(command.ttl()),
                command.reason(),
                command.incident(),
                command.at()));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void decide(AllowNetwork command) {
        if (alreadyMadeBy(command)) return;
        var ttl = command.ttl();
        if (ttl != null) Limits.checkTtl(ttl);
        Limits.checkWidth(command.network(), Limits.ALLOWANCE);
        apply(new NetworkAllowed(
                command.ruleId(),
                command.tenant(),
                command.network(),
                ttl == null ? null : command.at().plus(ttl),
                command.reason(),
                command.at()));
    }

    @CommandHandler
    void decide(LiftRule command) {
        if (!command.tenant().equals(tenant)) throw Refused.notFound();
        if (lifted || hasEndedBy(command.at())) return;
        apply(new RuleLifted(
                command.ruleId(), command.tenant(), requireNonNull(network), command.reason(), command.at()));
    }

    @EventSourcingHandler
    void on(NetworkBlocked event) {
        stands(event.ruleId(), event.tenant(), event.network(), event.until());
    }

    @EventSourcingHandler
    void on(NetworkAllowed event) {
        stands(event.ruleId(), event.tenant(), event.network(), event.until());
    }

    @EventSourcingHandler
    void on(RuleLifted event) {
        lifted = true;
    }

    private boolean alreadyMadeBy(DefenseCommand command) {
        if (id == null) return false;
        if (!command.tenant().equals(tenant)) throw Refused.notFound();
        return true;
    }

    private boolean hasEndedBy(Instant at) {
        return until != null && !at.isBefore(until);
    }

    private void stands(RuleId id, TenantId tenant, Network network, @Nullable Instant until) {
        this.id = id;
        this.tenant = tenant;
        this.network = network;
        this.until = until;
    }
}
