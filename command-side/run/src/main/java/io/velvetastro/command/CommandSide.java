package io.velvetastro.command;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The command side as its own process: decisions and the store, nothing that shows or detects. */
@SpringBootApplication(
        scanBasePackages = {"io.velvetastro.command", "io.velvetastro.decisions", "io.velvetastro.store"})
public class CommandSide {

    public static void main(String... arguments) {
        var process = new SpringApplication(CommandSide.class);
        process.setDefaultProperties(Map.of("velvet.db.role", "velvet_process_command")); // It may what its rooms may.
        process.run(arguments);
    }
}
