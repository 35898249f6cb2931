package io.velvetastro.questions;

import io.velvetastro.language.Caller;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.PrincipalId;
import io.velvetastro.language.Sealed;
import io.velvetastro.language.SeriesId;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The door through which evidence leaves the house, for whoever hands it to a browser. A bundle is a file and no answer: it may be far larger than a message. */
public interface EvidenceDoor {

    /**
     * Packs what is wanted, records who takes it and why, and answers a temporary file that the taker deletes. The caller must be the one this thread works for.
     *
     * @throws io.velvetastro.language.Refused when there is nothing of the kind
     */
    Path handOut(Caller caller, Wanted wanted, @Nullable Sealed reason);

    /** What one may ask for. */
    sealed interface Wanted {
        record OfIncident(IncidentId incident) implements Wanted {}

        record OfPrincipal(PrincipalId principal) implements Wanted {}

        record OfAttack(SeriesId attack) implements Wanted {}

        record OfTime(Instant from, Instant to) implements Wanted {}
    }
}
