package io.velvetastro.views;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The tables of this room, before anyone reads or writes them. */
@Configuration
class ViewsConfiguration {
    @Bean(initMethod = "migrate")
    Flyway viewsMigrations(DataSource database) {
        return Flyway.configure()
                .dataSource(database)
                .schemas(Schema.LIVE)
                .locations("classpath:db/views")
                .load();
    }
}
