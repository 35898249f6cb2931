package io.velvetastro.decisions.identity;

import static io.velvetastro.decisions.Given.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.decisions.Eventually;
import io.velvetastro.language.Envelope;
import io.velvetastro.language.FindingId;
import io.velvetastro.language.IncidentCommand;
import io.velvetastro.language.IncidentCommand.AdviseContainment;
import io.velvetastro.language.IncidentCommand.AssignIncident;
import io.velvetastro.language.IncidentCommand.GrowIncident;
import io.velvetastro.language.IncidentCommand.OpenIncident;
import io.velvetastro.language.IncidentCommand.StoryState;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.Network;
import io.velvetastro.language.Refused;
import io.velvetastro.language.Severity;
import io.velvetastro.language.Stage;
import io.velvetastro.language.TenantId;
import java.util.List;
import java.util.UUID;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.caching.Cache;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** An incident that grows hundreds of times is kept in memory, and comes back from its snapshot when it is not. */
class HotIncidentTest extends Door {
    private static final int GROWS = 130;

    @Autowired
    CommandGateway commands;

    @Autowired
    Cache incidentCache;

    private final TenantId tenant = new TenantId(UUID.randomUUID());
    private final IncidentId incident = new IncidentId(UUID.randomUUID());

    @Test
    void whatItWasIsThereAfterItWasForgotten() {
        give(new OpenIncident(incident, tenant, story(1), clock.instant()));
        give(advice());
        for (int i = 2; i <= GROWS; i++) give(new GrowIncident(incident, tenant, story(i), clock.instant()));
        Eventually.holds(() -> count("store.snapshots") == 1);

        incidentCache.removeAll();
        assertThat(incidentCache.containsKey(incident.toString())).isFalse();
        var before = count("store.decisions");
        give(new GrowIncident(incident, tenant, story(GROWS), clock.instant()));
        give(advice());
        assertThat(count("store.decisions"))
                .as("what was told before is still known")
                .isEqualTo(before);
        give(new GrowIncident(incident, tenant, story(GROWS + 1), clock.instant()));
        assertThat(count("store.decisions")).isEqualTo(before + 1);
        assertThatThrownBy(() ->
                        give(new AssignIncident(incident, new TenantId(UUID.randomUUID()), null, clock.instant())))
                .satisfies(refused -> assertThat(Refused.in(refused)).isEqualTo(Refused.Why.NOT_FOUND));
    }

    private AdviseContainment advice() {
        return new AdviseContainment(
                incident, tenant, Network.of("203.0.113.7"), new FindingId(UUID.randomUUID()), false, clock.instant());
    }

    private void give(IncidentCommand command) {
        commands.sendAndWait(
                new GenericCommandMessage<>(command, Envelope.of(command.tenant(), "engine:chain", command.at())));
    }

    private int count(String table) {
        return db.sql("select count(*) from " + table + " where aggregateIdentifier = ?")
                .param(incident.toString())
                .query(Integer.class)
                .single();
    }

    private static StoryState story(int findings) {
        return new StoryState(
                "A story",
                Severity.HIGH,
                Stage.DELIVERY,
                List.of(Stage.DELIVERY),
                NOON,
                NOON,
                findings,
                findings,
                false,
                false,
                List.of());
    }
}
