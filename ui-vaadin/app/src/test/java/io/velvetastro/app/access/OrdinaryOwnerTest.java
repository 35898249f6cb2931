package io.velvetastro.app.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.app.VelvetAstro;
import io.velvetastro.decisions.identity.Setup;
import io.velvetastro.language.OwnersDatabase;
import io.velvetastro.store.database.EmbeddedDatabase;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A production house on a PostgreSQL of somebody's own, whose account there owns its database and is nothing more. */
class OrdinaryOwnerTest {
    private static final String PASSWORD = "correct horse battery staple";

    @TempDir
    static Path server;

    @TempDir
    Path data;

    private static EmbeddedDatabase postgres;

    @BeforeAll
    static void open() {
        postgres = EmbeddedDatabase.in(server);
    }

    @AfterAll
    static void close() throws Exception {
        postgres.close();
    }

    @Test
    void theWholeHouseWorksForAnOrdinaryOwnerAndStartsAgainWithoutTheRightToMakeRoles() throws SQLException {
        superuser("create role plain login createrole password 'plain'");
        superuser("create database house owner plain");
        try (var house = start("plain")) {
            assertThat(JdbcClient.create(house.getBean(OwnersDatabase.class).connections())
                            .sql(
                                    "select rolsuper or rolbypassrls or rolcreatedb from pg_roles where rolname = current_user")
                            .query(Boolean.class)
                            .single())
                    .isFalse();
            var messenger = new Messenger(port(house));
            messenger.done(
                    "POST",
                    "/setup",
                    """
                    {"token":"%s","organization":"Acme","name":"Grace","email":"grace@example.org","password":"%s"}""".formatted(house.getBean(Setup.class).token().orElseThrow(), PASSWORD),
                    null);
            var token = signIn(messenger);
            Belongings.breakIn(messenger, token, "nora", "203.0.113.80");
            var incident = messenger
                    .getWhen(
                            "/api/v1/incidents",
                            token,
                            page -> !page.get("items").isEmpty())
                    .get("items")
                    .get(0);
            assertThat(incident.get("users").toString()).contains("nora");
            assertThat(messenger
                            .getWhen(
                                    "/api/v1/audit?type=HouseSetUp",
                                    token,
                                    page -> !page.get("items").isEmpty())
                            .get("items")
                            .size())
                    .isEqualTo(1);
        }
        superuser("alter role plain nocreaterole");
        try (var house = start("plain")) {
            var messenger = new Messenger(port(house));
            var token = signIn(messenger);
            JsonNode still = messenger.getWhen(
                    "/api/v1/incidents", token, page -> !page.get("items").isEmpty());
            assertThat(still.toString()).contains("nora");
        }
    }

    private static String signIn(Messenger messenger) {
        return messenger
                .made("/api/v1/auth/login", "{\"email\":\"grace@example.org\",\"password\":\"" + PASSWORD + "\"}", null)
                .get("accessToken")
                .asString();
    }

    private ConfigurableApplicationContext start(String user) {
        return new SpringApplicationBuilder(VelvetAstro.class)
                .profiles("production")
                .run(
                        "--velvet.db.url=" + postgres.getJdbcUrl().replace("/postgres", "/house"),
                        "--velvet.db.user=" + user,
                        "--velvet.db.password=" + user,
                        "--velvet.data=" + data,
                        "--server.port=0");
    }

    private static int port(ConfigurableApplicationContext house) {
        return ((WebServerApplicationContext) house).getWebServer().getPort();
    }

    private static void superuser(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        postgres.getJdbcUrl(), postgres.getUsername(), postgres.getPassword());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
