package io.velvetastro.sagas.detection;

import io.velvetastro.language.IncidentCommand;
import io.velvetastro.language.IncidentCommand.AbsorbIncident;
import io.velvetastro.language.IncidentCommand.AdviseContainment;
import io.velvetastro.language.IncidentCommand.GrowIncident;
import io.velvetastro.language.IncidentCommand.OpenIncident;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.TenantId;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.axonframework.commandhandling.CommandHandler;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Detection on a real store; what would be incidents only listens. */
@Configuration
@EnableAutoConfiguration
@ComponentScan({"io.velvetastro.sagas.detection", "io.velvetastro.sagas.chain"})
class DetectionHouse {

    @Bean
    IncidentsThatListen incidents(JdbcClient db) {
        return new IncidentsThatListen(db);
    }

    /** Notes every command it hears. */
    static class IncidentsThatListen {
        final Queue<IncidentCommand> heard = new ConcurrentLinkedQueue<>();
        /** The transaction in which each was opened. */
        final Map<IncidentId, String> openedIn = new ConcurrentHashMap<>();

        private final JdbcClient db;

        IncidentsThatListen(JdbcClient db) {
            this.db = db;
        }

        @CommandHandler
        void hear(OpenIncident command) {
            openedIn.put(
                    command.incidentId(),
                    db.sql("SELECT pg_current_xact_id()::text")
                            .query(String.class)
                            .single());
            heard.add(command);
        }

        @CommandHandler
        void hear(GrowIncident command) {
            heard.add(command);
        }

        @CommandHandler
        void hear(AbsorbIncident command) {
            heard.add(command);
        }

        @CommandHandler
        void hear(AdviseContainment command) {
            heard.add(command);
        }

        <T extends IncidentCommand> List<T> heard(Class<T> kind, TenantId tenant) {
            return heard.stream()
                    .filter(kind::isInstance)
                    .map(kind::cast)
                    .filter(command -> command.tenant().equals(tenant))
                    .toList();
        }
    }
}
