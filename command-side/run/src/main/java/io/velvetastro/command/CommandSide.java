package io.velvetastro.command;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The command side as its own process: decisions and the store, nothing that shows or detects. */
@SpringBootApplication(
        scanBasePackages = {"io.velvetastro.command", "io.velvetastro.decisions", "io.velvetastro.store"})
public class CommandSide {

    public static void main(String... arguments) {
        SpringApplication.run(CommandSide.class, arguments);
    }
}
