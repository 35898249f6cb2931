package io.velvetastro.query;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The query side as its own process: views, the store, and the door that says who may read. It decides nothing: no aggregate is in it. */
@SpringBootApplication(
        scanBasePackages = {
            "io.velvetastro.views",
            "io.velvetastro.store",
            "io.velvetastro.decisions.identity",
            "io.velvetastro.decisions.door",
            "io.velvetastro.decisions.web",
            "io.velvetastro.decisions.telemetry"
        })
public class QuerySide {

    public static void main(String... arguments) {
        var process = new SpringApplication(QuerySide.class);
        process.setDefaultProperties(Map.of("velvet.db.role", "velvet_process_query")); // It may what its rooms may.
        process.run(arguments);
    }
}
