package io.velvetastro.app;

import com.vaadin.flow.spring.annotation.EnableVaadin;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationExcludeFilter;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;

/** The whole house in one process: every room, one database, one port. */
@SpringBootConfiguration
@EnableAutoConfiguration
@ComponentScan(
        basePackages = "io.velvetastro",
        excludeFilters = {
            @Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class),
            @Filter(type = FilterType.CUSTOM, classes = AutoConfigurationExcludeFilter.class),
            // The launchers of single rooms lie in the same image.
            @Filter(type = FilterType.REGEX, pattern = "io\\.velvetastro\\.(command|query|detection|app\\.rooms)\\..*")
        })
@EnableVaadin("io.velvetastro") // A narrower package loses the routes or the push, silently.
public class VelvetAstro {

    public static void main(String... arguments) {
        SingleJar.makeSafe(VelvetAstro.class);
        var house = new SpringApplication(VelvetAstro.class);
        house.addListeners(new Preflight());
        try {
            house.run(arguments);
        } catch (RuntimeException refused) {
            System.exit(OneLine.exitCodeOf(refused)); // OneLine, or Spring itself, has said why.
        }
        SpringApplication.getShutdownHandlers().add(VelvetAstro::stopped);
    }

    /** A stop that was asked for is a success, whatever signal asked. */
    private static void stopped() {
        System.out.println("Velvet Astro has stopped.");
        Runtime.getRuntime().halt(0);
    }
}
