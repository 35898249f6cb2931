package io.velvetastro.views;

import io.velvetastro.language.LesserRoles;
import io.velvetastro.language.OwnersDatabase;
import io.velvetastro.language.RoomRole;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jooq.DSLContext;
import org.jooq.ExecuteListenerProvider;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** The tables of this room, before anyone reads or writes them, and the two ways to them: the owner's, who writes, and the readers'. */
@Configuration
class ViewsConfiguration {
    private static final String READER = "velvet_views_reader";

    @Bean
    static RoomRole viewsRole() {
        return new RoomRole("velvet_views");
    }

    @Bean(initMethod = "migrate")
    Flyway viewsMigrations(OwnersDatabase owner) {
        return Flyway.configure()
                .dataSource(owner.connections())
                .schemas(Schema.LIVE)
                .locations("classpath:db/views")
                .load();
    }

    @Walled
    @Bean(defaultCandidate = false)
    @DependsOn("viewsMigrations")
    DataSource walledConnections(LesserRoles roles, @Value("${velvet.db.readers:12}") int most) {
        return roles.connections(READER, most);
    }

    @Bean
    Readers readers(@Walled DataSource walled) {
        return new Readers(walled);
    }

    @Walled
    @Bean(defaultCandidate = false)
    DSLContext walledQuestions(Readers readers, ObjectProvider<ExecuteListenerProvider> listeners) {
        return DSL.using(new DefaultConfiguration()
                .set(readers.connections())
                .set(SQLDialect.POSTGRES)
                .set(listeners.orderedStream().toArray(ExecuteListenerProvider[]::new)));
    }
}
