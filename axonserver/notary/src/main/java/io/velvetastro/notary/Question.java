package io.velvetastro.notary;

import io.velvetastro.language.IncidentId;
import io.velvetastro.language.PrincipalId;
import java.time.Instant;
import java.util.Optional;

/** What evidence is asked for; its text form names nobody. */
sealed interface Question {
    /** What all events of the answer name, where there is such a thing: of these it can be shown that none was left out. */
    default Optional<String> named() {
        return switch (this) {
            case OfIncident(var incident) -> Optional.of(incident.toString());
            case OfPrincipal(var principal) -> Optional.of(principal.toString());
            case OfTime time -> Optional.empty();
        };
    }

    /** An incident's whole story: its decisions, its findings, and the events they rest on. */
    record OfIncident(IncidentId incident) implements Question {
        @Override
        public String toString() {
            return "incident " + incident;
        }
    }

    /** Everything that names one principal. */
    record OfPrincipal(PrincipalId principal) implements Question {
        @Override
        public String toString() {
            return "principal " + principal;
        }
    }

    /** Everything recorded within a span of time. */
    record OfTime(Instant from, Instant to) implements Question {
        @Override
        public String toString() {
            return from + " to " + to;
        }
    }
}
