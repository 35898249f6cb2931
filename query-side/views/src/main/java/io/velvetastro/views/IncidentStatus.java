package io.velvetastro.views;

import static io.velvetastro.views.jooq.Tables.INCIDENT;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.when;

import io.velvetastro.questions.Incidents.Status;
import java.time.Instant;
import org.jooq.Field;

/** How an incident stands: what was done about it, and whether its sources are kept out at this moment. */
public final class IncidentStatus {
    private IncidentStatus() {}

    public static Field<String> at(Instant now) {
        return when(INCIDENT.MERGED_INTO.isNotNull(), inline(Status.MERGED.name()))
                .when(INCIDENT.RESOLVED, inline(Status.RESOLVED.name()))
                .when(
                        INCIDENT.CONTAINED_UNTIL
                                .gt(Clean.column(now))
                                .and(INCIDENT.CONTAINED_FROM
                                        .isNull()
                                        .or(INCIDENT.CONTAINED_FROM.le(Clean.column(now)))),
                        inline(Status.CONTAINED.name()))
                .when(INCIDENT.ASSIGNEE.isNotNull(), inline(Status.IN_PROGRESS.name()))
                .otherwise(inline(Status.OPEN.name()));
    }
}
