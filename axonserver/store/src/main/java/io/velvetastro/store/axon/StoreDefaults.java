package io.velvetastro.store.axon;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Settings without which this store would not work, the same for the house, for each room on its own, and for every test. */
final class StoreDefaults implements EnvironmentPostProcessor {
    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        // Read from the system by Axon itself: a security product does not phone home.
        System.setProperty("axoniq.update-checker.disabled", "true");
        System.setProperty("disable-axoniq-console-message", "true");
        boolean onServer = "axon-server".equals(environment.getProperty("velvet.store"));
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("store", Map.of("axon.axonserver.enabled", onServer)));
        environment.getPropertySources().addLast(new MapPropertySource("store-defaults", defaults()));
    }

    private static Map<String, Object> defaults() {
        var defaults = new HashMap<String, Object>();
        defaults.put("spring.flyway.enabled", false); // Each room migrates its own schema.
        defaults.put("axon.serializer.general", "jackson");
        defaults.put("axon.serializer.messages", "jackson");
        defaults.put("axon.serializer.events", "jackson");
        defaults.put("axon.timeout.enabled", false); // Kills healthy handlers in 4.13.0.
        defaults.put(
                "axon.metrics.auto-configuration.enabled",
                false); // A monitor for each event costs more than the event.
        defaults.put("management.endpoint.health.group.readiness.include", "readinessState,db,followers");
        defaults.put("logging.level.io.zonky", "WARN");
        defaults.put("spring.datasource.hikari.maximum-pool-size", "${velvet.db.connections:16}");
        defaults.put(
                "spring.datasource.hikari.connection-timeout",
                5_000); // A request waits no longer for a broken database.
        var driver = "spring.datasource.hikari.data-source-properties.";
        defaults.put(driver + "ApplicationName", "velvet-astro");
        defaults.put(driver + "logServerErrorDetail", "false"); // Details quote rows, and rows can name people.
        defaults.put(driver + "reWriteBatchedInserts", "true");
        defaults.put(driver + "connectTimeout", "5");
        defaults.put(driver + "socketTimeout", "300");
        return defaults;
    }
}
