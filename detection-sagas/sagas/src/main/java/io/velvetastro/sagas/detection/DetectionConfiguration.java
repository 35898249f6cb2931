package io.velvetastro.sagas.detection;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.velvetastro.engines.alert.AlertMapping;
import io.velvetastro.engines.alert.Alerts;
import io.velvetastro.engines.login.Denials;
import io.velvetastro.engines.login.Logins;
import io.velvetastro.engines.rules.RuleBook;
import io.velvetastro.language.BatchFollower;
import io.velvetastro.language.CannotStart;
import io.velvetastro.language.EventArchive;
import io.velvetastro.language.Journal;
import io.velvetastro.language.OwnersDatabase;
import io.velvetastro.language.RoomRole;
import io.velvetastro.language.Seals;
import io.velvetastro.sagas.memory.Memories;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.HashMap;
import org.flywaydb.core.Flyway;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.JdbcTemplate;

/** Detection's place in the house. */
@Configuration
@EnableConfigurationProperties(DetectionProperties.class)
class DetectionConfiguration {

    @Bean
    static RoomRole detectionRole() {
        return new RoomRole("velvet_detection");
    }

    @Bean(initMethod = "migrate")
    Flyway detectionMigrations(OwnersDatabase owner) {
        return Flyway.configure()
                .dataSource(owner.connections())
                .schemas("detection")
                .defaultSchema("detection")
                .locations("classpath:db/detection")
                .load();
    }

    @Bean
    AlertMapping alertMapping(DetectionProperties properties) {
        var file = properties.alertMapping();
        if (file == null) return AlertMapping.builtIn();
        try (var yaml = Files.newInputStream(file)) {
            return AlertMapping.builtIn().preferring(yaml);
        } catch (IOException | RuntimeException unreadable) {
            throw new CannotStart(
                    CannotStart.Because.MACHINE,
                    "The alert mapping " + file + " cannot be read: " + unreadable.getMessage());
        }
    }

    @Bean
    @DependsOn("detectionMigrations")
    BatchFollower forgettingFollower(JdbcTemplate db) {
        return new ForgettingFollower(db);
    }

    @Bean
    @DependsOn("detectionMigrations")
    BatchFollower detectionFollower(
            AlertMapping mapping,
            DetectionProperties properties,
            JdbcTemplate db,
            Journal journal,
            Seals seals,
            EventArchive archive,
            Clock clock) {
        var rules = RuleBook.builtIn();
        var texts = new HashMap<>(rules.texts());
        texts.put(Alerts.RULE, mapping.text());
        return new DetectionFollower(
                new Logins(rules),
                new Alerts(mapping),
                new Denials(rules),
                new RuleTexts(texts),
                new Egresses(properties.networks()),
                new Memories(db, "detection", properties.statesHeld()),
                journal,
                seals,
                archive,
                new ObjectMapper(),
                clock);
    }
}
