package io.velvetastro.decisions.door;

import io.velvetastro.language.AccessCommand;
import io.velvetastro.language.AuditCommand;
import io.velvetastro.language.Authority;
import io.velvetastro.language.CensusCommand;
import io.velvetastro.language.DefenseCommand;
import io.velvetastro.language.DefenseCommand.AllowNetwork;
import io.velvetastro.language.DoubtCommand;
import io.velvetastro.language.DrillCommand;
import io.velvetastro.language.EvidenceCommand;
import io.velvetastro.language.IncidentCommand;
import io.velvetastro.language.IncidentCommand.AbsorbIncident;
import io.velvetastro.language.IncidentCommand.AdviseContainment;
import io.velvetastro.language.IncidentCommand.AssignIncident;
import io.velvetastro.language.IncidentCommand.CommentOnIncident;
import io.velvetastro.language.IncidentCommand.GrowIncident;
import io.velvetastro.language.IncidentCommand.OpenIncident;
import io.velvetastro.language.IncidentCommand.ReopenIncident;
import io.velvetastro.language.IncidentCommand.ResolveIncident;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.PlaybookCommand;
import io.velvetastro.language.PlaybookCommand.RecordStep;
import io.velvetastro.language.PlaybookCommand.StartRun;
import io.velvetastro.language.PlaybookCommand.UndoStep;
import io.velvetastro.language.PrivacyCommand;
import io.velvetastro.language.PrivacyCommand.EndOldMonths;
import io.velvetastro.language.PrivacyCommand.ErasePerson;
import io.velvetastro.language.PrivacyCommand.FinishErasure;
import io.velvetastro.language.PrivacyCommand.KeepByPlan;
import io.velvetastro.language.PrivacyCommand.KeepMonths;
import io.velvetastro.language.PrivacyCommand.LiftHold;
import io.velvetastro.language.PrivacyCommand.PlaceHold;
import io.velvetastro.language.PrivacyCommand.SayEndedMonths;
import io.velvetastro.language.TenantId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the door reads off a command: for whom, when, and what a person needs to give it; {@code forPeople} is absent where only our own machines may. {@code ownAffairOf} is the one member who needs
 * nothing. {@code forGood} is what cannot be taken back or opens a way: it takes a fresh proof.
 */
record Order(
        TenantId tenant,
        Instant at,
        @Nullable Authority forPeople,
        @Nullable MemberId ownAffairOf,
        boolean forGood) {

    private Order(TenantId tenant, Instant at, @Nullable Authority forPeople) {
        this(tenant, at, forPeople, null, false);
    }

    /** Empty for a command of no family we know. */
    static Optional<Order> in(Object payload) {
        return Optional.ofNullable(
                switch (payload) {
                    case DefenseCommand it ->
                        new Order(it.tenant(), it.at(), Authority.DEFENSE_WRITE, null, it instanceof AllowNetwork);
                    case IncidentCommand it -> new Order(it.tenant(), it.at(), forPeople(it));
                    case PlaybookCommand it -> new Order(it.tenant(), it.at(), forPeople(it));
                    case EvidenceCommand it -> new Order(it.tenant(), it.at(), Authority.INCIDENTS_READ);
                    case PrivacyCommand it -> new Order(it.tenant(), it.at(), forPeople(it), null, isForGood(it));
                    case CensusCommand it -> new Order(it.tenant(), it.at(), null);
                    case AuditCommand it -> new Order(it.tenant(), it.at(), Authority.ORG_ADMIN);
                    case DoubtCommand it -> new Order(it.tenant(), it.at(), Authority.ORG_ADMIN);
                    case DrillCommand it -> new Order(it.tenant(), it.at(), Authority.INCIDENTS_WRITE);
                    case AccessCommand it -> new Order(it.tenant(), it.at(), Authority.ORG_ADMIN, it.about(), false);
                    default -> null;
                });
    }

    private static @Nullable Authority forPeople(IncidentCommand command) {
        return switch (command) {
            case AssignIncident _, CommentOnIncident _, ResolveIncident _, ReopenIncident _ ->
                Authority.INCIDENTS_WRITE;
            case OpenIncident _, GrowIncident _, AbsorbIncident _, AdviseContainment _ -> null;
        };
    }

    private static @Nullable Authority forPeople(PrivacyCommand command) {
        return switch (command) {
            case ErasePerson _, FinishErasure _, PlaceHold _, LiftHold _, KeepMonths _ -> Authority.ORG_ADMIN;
            case KeepByPlan _, EndOldMonths _, SayEndedMonths _ -> null;
        };
    }

    private static boolean isForGood(PrivacyCommand command) {
        return switch (command) {
            case ErasePerson _, FinishErasure _, LiftHold _, KeepMonths _ -> true;
            case PlaceHold _, KeepByPlan _, EndOldMonths _, SayEndedMonths _ -> false;
        };
    }

    private static @Nullable Authority forPeople(PlaybookCommand command) {
        return switch (command) {
            case UndoStep _ -> Authority.DEFENSE_WRITE;
            case StartRun _, RecordStep _ -> null;
        };
    }
}
