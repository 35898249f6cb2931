package io.velvetastro.notary;

import static io.velvetastro.language.Refused.Why.LEGAL_HOLD;
import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.velvetastro.language.HoldId;
import io.velvetastro.language.PrincipalId;
import io.velvetastro.language.PrivacyCommand.EndOldMonths;
import io.velvetastro.language.PrivacyCommand.ErasePerson;
import io.velvetastro.language.PrivacyCommand.FinishErasure;
import io.velvetastro.language.PrivacyCommand.KeepByPlan;
import io.velvetastro.language.PrivacyCommand.KeepMonths;
import io.velvetastro.language.PrivacyCommand.LiftHold;
import io.velvetastro.language.PrivacyCommand.PlaceHold;
import io.velvetastro.language.PrivacyCommand.SayEndedMonths;
import io.velvetastro.language.PrivacyEvent.Cause;
import io.velvetastro.language.PrivacyEvent.ErasureOrdered;
import io.velvetastro.language.PrivacyEvent.HoldLifted;
import io.velvetastro.language.PrivacyEvent.HoldPlaced;
import io.velvetastro.language.PrivacyEvent.MonthEnded;
import io.velvetastro.language.PrivacyEvent.PersonErased;
import io.velvetastro.language.PrivacyEvent.PlanRetentionSet;
import io.velvetastro.language.PrivacyEvent.RetentionSet;
import io.velvetastro.language.PrivacyId;
import io.velvetastro.language.Refused;
import io.velvetastro.language.Sealed;
import io.velvetastro.language.Shredder;
import io.velvetastro.language.TenantId;
import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * How long an organisation keeps what can tell who somebody is. That somebody was erased or a month has ended is said once the keys are gone: said before, it might be said and not so. Who dies in
 * between is heard later: the house finishes every erasure that was ordered ({@link UnfinishedErasures}), and says of each month that it has ended ({@link MonthsEnd}).
 */
@Aggregate
class Privacy {
    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it.
    private @Nullable PrivacyId id;

    private final Map<HoldId, Optional<PrincipalId>> holds = new HashMap<>();
    private final Map<PrincipalId, Optional<Sealed>> toBeErased = new HashMap<>();
    private final Map<String, Instant> said = new HashMap<>();
    private Keeping keeping = Keeping.FOR_EVER;

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void decide(ErasePerson command) {
        if (isHeld(command.person()))
            throw new Refused(LEGAL_HOLD, "A legal hold keeps what is known about this person.");
        if (!toBeErased.containsKey(command.person()))
            apply(new ErasureOrdered(command.tenant(), command.person(), command.reason(), command.at()));
    }

    /** A hold that came after the order keeps nothing back: the keys may be gone already. */
    @CommandHandler
    void decide(FinishErasure command, Shredder shredder) {
        var reason = toBeErased.get(command.person());
        if (reason == null) return; // It is done: more than one may finish it.
        shredder.forget(command.tenant(), command.person());
        apply(new PersonErased(command.tenant(), command.person(), reason.orElse(null), command.at()));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void decide(PlaceHold command) {
        if (!holds.containsKey(command.hold()))
            apply(new HoldPlaced(command.tenant(), command.hold(), command.person(), command.reason(), command.at()));
    }

    @CommandHandler
    void decide(LiftHold command) {
        if (!holds.containsKey(command.hold())) throw Refused.notFound();
        apply(new HoldLifted(command.tenant(), command.hold(), command.at()));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void decide(KeepMonths command) {
        if (keeping.own() != command.months())
            apply(new RetentionSet(command.tenant(), command.months(), command.at()));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void decide(KeepByPlan command) {
        if (keeping.knows(command.plan())) return;
        var from = keeping.from(command.plan(), command.at());
        apply(new PlanRetentionSet(
                command.tenant(), command.plan(), command.plan().keepsMonths(), from, command.at()));
    }

    @CommandHandler
    void decide(EndOldMonths command, Shredder shredder) {
        if (!holds.isEmpty()) return; // Whoever is held may be in any month.
        for (var living : command.living()) {
            var cause = cause(living, command.at());
            if (cause == null) continue;
            if (shredder.end(command.tenant(), YearMonth.parse(living))) // Or another process was before us.
            apply(new MonthEnded(command.tenant(), living, command.at(), cause));
        }
    }

    /** No hold and no longer retention brings back what is destroyed. */
    @CommandHandler
    void decide(SayEndedMonths command) {
        command.destroyed().forEach((month, at) -> {
            var last = said.getOrDefault(month, Instant.EPOCH);
            if (last.isBefore(at.truncatedTo(ChronoUnit.MILLIS))) // As exact as an event's time.
            apply(new MonthEnded(command.tenant(), month, command.at(), cause(month, command.at())));
        });
    }

    /** Why a month has no time left, if it has none. */
    private @Nullable Cause cause(String month, Instant now) {
        return keeping.endOf(YearMonth.parse(month), now)
                .filter(end -> !end.at().isAfter(now))
                .map(Keeping.End::because)
                .orElse(null);
    }

    private boolean isHeld(PrincipalId person) {
        return holds.values().stream()
                .anyMatch(held -> held.isEmpty() || held.get().equals(person));
    }

    private void begin(TenantId tenant) {
        id = PrivacyId.of(tenant);
    }

    @EventSourcingHandler
    void on(ErasureOrdered event) {
        begin(event.tenant());
        toBeErased.put(event.person(), Optional.ofNullable(event.reason()));
    }

    @EventSourcingHandler
    void on(PersonErased event) {
        begin(event.tenant());
        toBeErased.remove(event.person());
    }

    /** By the clock of the store, as the keys of a month are destroyed. */
    @EventSourcingHandler
    void on(MonthEnded event, @Timestamp Instant recorded) {
        said.put(event.month(), recorded);
    }

    @EventSourcingHandler
    void on(HoldPlaced event) {
        begin(event.tenant());
        holds.put(event.hold(), Optional.ofNullable(event.person()));
    }

    @EventSourcingHandler
    void on(HoldLifted event) {
        holds.remove(event.hold());
    }

    @EventSourcingHandler
    void on(RetentionSet event) {
        begin(event.tenant());
        keeping = keeping.after(event);
    }

    @EventSourcingHandler
    void on(PlanRetentionSet event) {
        begin(event.tenant());
        keeping = keeping.after(event);
    }
}
