package io.velvetastro.detection;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Detection as its own process: engines, sagas and the store, no door to the outside. */
@SpringBootApplication(scanBasePackages = {"io.velvetastro.sagas", "io.velvetastro.store"})
public class Detection {

    public static void main(String... arguments) {
        SpringApplication.run(Detection.class, arguments);
    }
}
