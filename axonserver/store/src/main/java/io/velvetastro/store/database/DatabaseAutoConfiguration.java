package io.velvetastro.store.database;

import io.velvetastro.language.RoomRole;
import io.velvetastro.store.StoreProperties;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;

/** Gives every room its one database. */
@AutoConfiguration(before = DataSourceAutoConfiguration.class)
@EnableConfigurationProperties(StoreProperties.class)
class DatabaseAutoConfiguration {
    private static final String GIVEN = "!'${velvet.db.url:}'.isEmpty()";

    @Bean
    static PatienceOfRequests patienceOfRequests(Environment settings) {
        return new PatienceOfRequests(
                Binder.get(settings).bind("velvet.db.patience", Duration.class).orElse(Duration.ofSeconds(15)));
    }

    @Bean
    static KnownMigrations knownMigrations() {
        return new KnownMigrations();
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnExpression("!(" + GIVEN + ")")
    EmbeddedDatabase embeddedDatabase(StoreProperties properties) {
        return EmbeddedDatabase.in(properties.data());
    }

    @Bean
    Roles databaseRoles(ObjectProvider<EmbeddedDatabase> embedded, StoreProperties properties) {
        JdbcConnectionDetails given = new GivenDatabase(properties.db());
        return new Roles(embedded.stream()
                .map(JdbcConnectionDetails.class::cast)
                .findFirst()
                .orElse(given));
    }

    /** As whom this process works: it may what its rooms may. The owner's own account is for the migrations. */
    @Bean
    @Primary
    JdbcConnectionDetails processSignsIn(Roles roles, StoreProperties properties, ObjectProvider<RoomRole> rooms)
            throws SQLException {
        var role = properties.db().role();
        roles.admit(role, rooms.stream().toList());
        return roles.signingInAs(role);
    }

    @Bean
    RolePools rolePools(Roles roles, DataSource database) {
        return new RolePools(roles, database);
    }

    private record GivenDatabase(StoreProperties.Database db) implements JdbcConnectionDetails {
        @Override
        public String getJdbcUrl() {
            return db.url();
        }

        @Override
        public String getUsername() {
            return db.user();
        }

        @Override
        public String getPassword() {
            return db.password();
        }
    }
}
