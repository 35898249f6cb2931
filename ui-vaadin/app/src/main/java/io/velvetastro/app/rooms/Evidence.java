package io.velvetastro.app.rooms;

import io.velvetastro.app.NoSuchDoor;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/** The ledger as its own process: follows the store, signs, proves, and hands out evidence. One of them keeps the ledger; others answer and stand by. */
@SpringBootApplication(
        scanBasePackages = {
            "io.velvetastro.notary",
            "io.velvetastro.store",
            "io.velvetastro.decisions.identity",
            "io.velvetastro.decisions.door",
            "io.velvetastro.decisions.web",
            "io.velvetastro.decisions.telemetry"
        })
@Import(NoSuchDoor.class)
public class Evidence {

    public static void main(String... arguments) {
        var process = new SpringApplication(Evidence.class);
        process.setDefaultProperties(Map.of("velvet.db.role", "velvet_process_evidence")); // It may what its rooms may.
        process.run(arguments);
    }
}
