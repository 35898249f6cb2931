package io.velvetastro.query;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The query side as its own process: views and the store, nothing that decides. */
@SpringBootApplication(scanBasePackages = {"io.velvetastro.views", "io.velvetastro.store"})
public class QuerySide {

    public static void main(String... arguments) {
        SpringApplication.run(QuerySide.class, arguments);
    }
}
