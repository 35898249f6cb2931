package io.velvetastro.notary;

import static io.velvetastro.language.Refused.Why.LEGAL_HOLD;
import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.velvetastro.language.HoldId;
import io.velvetastro.language.PrincipalId;
import io.velvetastro.language.PrivacyCommand.EndOldMonths;
import io.velvetastro.language.PrivacyCommand.ErasePerson;
import io.velvetastro.language.PrivacyCommand.KeepMonths;
import io.velvetastro.language.PrivacyCommand.LiftHold;
import io.velvetastro.language.PrivacyCommand.PlaceHold;
import io.velvetastro.language.PrivacyCommand.SayEndedMonths;
import io.velvetastro.language.PrivacyEvent.HoldLifted;
import io.velvetastro.language.PrivacyEvent.HoldPlaced;
import io.velvetastro.language.PrivacyEvent.MonthEnded;
import io.velvetastro.language.PrivacyEvent.PersonErased;
import io.velvetastro.language.PrivacyEvent.RetentionSet;
import io.velvetastro.language.PrivacyId;
import io.velvetastro.language.Refused;
import io.velvetastro.language.Shredder;
import io.velvetastro.language.TenantId;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** How long an organisation keeps what can tell who somebody is. Keys are destroyed before it is said: said first, it might be said and not so. Whoever dies in between is heard later ({@link MonthsEnd}). */
@Aggregate
class Privacy {
    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it.
    private @Nullable PrivacyId id;

    private final Map<HoldId, Optional<PrincipalId>> holds = new HashMap<>();
    private int months;

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void decide(ErasePerson command, Shredder shredder) {
        if (isHeld(command.person()))
            throw new Refused(LEGAL_HOLD, "A legal hold keeps what is known about this person.");
        shredder.forget(command.tenant(), command.person());
        apply(new PersonErased(command.tenant(), command.person(), command.reason(), command.at()));
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
        if (months != command.months()) apply(new RetentionSet(command.tenant(), command.months(), command.at()));
    }

    @CommandHandler
    void decide(EndOldMonths command, Shredder shredder) {
        if (months == 0 || !holds.isEmpty()) return; // Whoever is held may be in any month.
        var oldest = YearMonth.from(command.at().atOffset(ZoneOffset.UTC)).minusMonths(months);
        for (var living : command.living()) {
            var month = YearMonth.parse(living);
            if (!month.isBefore(oldest)) continue;
            shredder.end(command.tenant(), month);
            apply(new MonthEnded(command.tenant(), living, command.at()));
        }
    }

    /** No hold and no longer retention brings back what is destroyed. */
    @CommandHandler
    void decide(SayEndedMonths command) {
        for (var month : command.destroyed()) apply(new MonthEnded(command.tenant(), month, command.at()));
    }

    private boolean isHeld(PrincipalId person) {
        return holds.values().stream()
                .anyMatch(held -> held.isEmpty() || held.get().equals(person));
    }

    private void begin(TenantId tenant) {
        id = PrivacyId.of(tenant);
    }

    @EventSourcingHandler
    void on(PersonErased event) {
        begin(event.tenant());
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
        months = event.months();
    }
}
