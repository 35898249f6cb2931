package io.velvetastro.notary;

import io.velvetastro.language.IncidentId;
import io.velvetastro.language.PrincipalId;
import java.time.Instant;

/** What evidence is asked for; its text form names nobody. */
sealed interface Question {
    /** An incident's whole story: its decisions, its findings, and the events they rest on. */
    record OfIncident(IncidentId incident) implements Question {
        @Override
        public String toString() {
            return "incident " + incident;
        }
    }

    /** The telemetry about one principal, the newest of it if it is too much. */
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
