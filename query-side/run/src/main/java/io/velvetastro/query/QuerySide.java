package io.velvetastro.query;

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
        SpringApplication.run(QuerySide.class, arguments);
    }
}
