package io.velvetastro.decisions.telemetry;

import io.velvetastro.language.OwnersDatabase;
import io.velvetastro.language.RoomRole;
import org.flywaydb.core.Flyway;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the intake together: its table, its place data, its reader of user agents. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IntakeSettings.class)
class IntakeConfiguration {

    @Bean
    static RoomRole intakeRole() {
        return new RoomRole("velvet_intake");
    }

    @Bean(initMethod = "migrate")
    Flyway intakeMigrations(OwnersDatabase owner) {
        return Flyway.configure()
                .dataSource(owner.connections())
                .schemas("intake")
                .defaultSchema("intake")
                .locations("classpath:db/intake")
                .load();
    }

    @Bean(destroyMethod = "close")
    Places places(IntakeSettings settings) {
        return settings.geo() == null ? Places.unknown() : Places.in(settings.geo());
    }

    @Bean
    Whereabouts whereabouts(Places places, Devices devices) {
        return new Whereabouts(places, devices);
    }

    @Bean
    Quota intakeQuota(IntakeSettings settings) {
        return new Quota(settings.eventsPerSecond(), System::nanoTime);
    }

    @Bean
    Devices devices() {
        return new Devices();
    }
}
