package io.velvetastro.language;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** Everything one may ask of the record of who may come in. */
public sealed interface AccessCommand {
    @TargetAggregateIdentifier
    AccessId accessId();

    TenantId tenant();

    Instant at();

    /** The member whose own affair it is, and who may therefore ask it. */
    @Nullable
    MemberId about();

    /** Keep what the rows of the door have just decided; it goes along in their transaction. */
    record RecordAccess(AccessId accessId, AccessEvent fact) implements AccessCommand {
        @Override
        public TenantId tenant() {
            return fact.tenant();
        }

        @Override
        public Instant at() {
            return fact.at();
        }

        @Override
        public @Nullable MemberId about() {
            return fact.about();
        }
    }
}
