package io.velvetastro.app;

import com.vaadin.flow.spring.annotation.EnableVaadin;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The whole house in one process: every room, one database, one port. */
@SpringBootApplication(scanBasePackages = "io.velvetastro")
@EnableVaadin("io.velvetastro") // A narrower package loses the routes or the push, silently.
public class VelvetAstro {

    public static void main(String... arguments) {
        SpringApplication.run(VelvetAstro.class, arguments);
    }
}
