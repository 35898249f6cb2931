package io.velvetastro.detection;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Detection as its own process: engines, sagas and the store, no door to the outside. */
@SpringBootApplication(scanBasePackages = {"io.velvetastro.sagas", "io.velvetastro.store"})
public class Detection {

    public static void main(String... arguments) {
        var process = new SpringApplication(Detection.class);
        process.setDefaultProperties(
                Map.of("velvet.db.role", "velvet_process_detection")); // It may what its rooms may.
        process.run(arguments);
    }
}
