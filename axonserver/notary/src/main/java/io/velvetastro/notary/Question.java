package io.velvetastro.notary;

import io.velvetastro.language.FindingId;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.PrincipalId;
import io.velvetastro.language.SeriesId;
import java.time.Instant;
import java.util.Optional;

/** What evidence is asked for; its text form names nobody. */
sealed interface Question {
    /** What all events of the answer name, where there is such a thing: of these it can be shown that none was left out. */
    default Optional<String> named() {
        return switch (this) {
            case OfIncident(var incident) -> Optional.of(incident.toString());
            case OfPrincipal(var principal) -> Optional.of(principal.toString());
            case OfAttack(var attack) -> Optional.of(attack.toString());
            case OfFinding finding -> Optional.empty();
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

    /** An attack: every finding of it, the events those rest on, and the rules they were judged by. */
    record OfAttack(SeriesId attack) implements Question {
        @Override
        public String toString() {
            return "attack " + attack;
        }
    }

    /** One finding, the events it rests on, and the rule it was judged by. */
    record OfFinding(FindingId finding) implements Question {
        @Override
        public String toString() {
            return "finding " + finding;
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
