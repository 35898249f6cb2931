package io.velvetastro.decisions.telemetry;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the intake together: its table, its place data, its reader of user agents. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IntakeSettings.class)
class IntakeConfiguration {

    @Bean(initMethod = "migrate")
    Flyway intakeMigrations(DataSource database) {
        return Flyway.configure()
                .dataSource(database)
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
