package io.velvetastro.store.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * Gives a test's context a database and a data folder of its own: {@code @ContextConfiguration(initializers = FreshDatabase.class)} beside {@code @SpringBootTest}. Who has to see or change more than the house may gets an {@link Administrator}. Nothing of it outlives the JVM.
 */
public final class FreshDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private static final AtomicInteger COUNT = new AtomicInteger();

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        var url = url();
        context.getBeanFactory().registerSingleton("administrator", new Administrator(url));
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "fresh-database",
                        Map.of(
                                "velvet.db.url",
                                url,
                                "velvet.db.user",
                                "postgres",
                                "velvet.data",
                                folder().toString())));
    }

    /** The address of a new, empty database; user {@code postgres}, no password. */
    public static String url() {
        var name = "velvet" + COUNT.incrementAndGet();
        try (var connection = Server.POSTGRES.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("No fresh database", e);
        }
        return Server.POSTGRES.getJdbcUrl("postgres", name);
    }

    private static Path folder() {
        try {
            var folder = Files.createTempDirectory("velvet-test");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setLocaleConfig("locale", "C")
                        .setLocaleConfig("locale-provider", "builtin")
                        .setLocaleConfig("builtin-locale", "C.UTF-8")
                        .setServerConfig("jit", "off")
                        .setPGStartupWait(Duration.ofSeconds(60))
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
