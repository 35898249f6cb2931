package io.velvetastro.app.rooms;

import com.vaadin.flow.spring.annotation.EnableVaadin;
import io.velvetastro.app.NoSuchDoor;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/** The screens as their own process: they ask and order through messages, and let in whom identity's rows let in. */
@SpringBootApplication(
        scanBasePackages = {
            "io.velvetastro.screens",
            "io.velvetastro.store",
            "io.velvetastro.decisions.identity",
            "io.velvetastro.decisions.door",
            "io.velvetastro.decisions.web",
            "io.velvetastro.decisions.telemetry"
        })
@EnableVaadin("io.velvetastro") // A narrower package loses the routes or the push, silently.
@Import(NoSuchDoor.class)
public class Screens {

    public static void main(String... arguments) {
        var process = new SpringApplication(Screens.class);
        process.setDefaultProperties(Map.of("velvet.db.role", "velvet_process_screens")); // It may what its rooms may.
        process.run(arguments);
    }
}
