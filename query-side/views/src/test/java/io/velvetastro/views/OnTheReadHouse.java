package io.velvetastro.views;

import io.velvetastro.store.testing.FreshDatabase;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;

/** The read side for a test, on a port of its own; all tests share one, each with organisations of its own. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = {ReadHouse.class, Door.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "velvet.stream.heartbeat=300ms",
            "velvet.stream.connections-per-organization=3",
            "server.tomcat.connection-timeout=2s", // How long a write may wait for its reader.
            "spring.datasource.hikari.connection-timeout=5000", // As in the house.
            "server.tomcat.keep-alive-timeout=60s",
            "spring.threads.virtual.enabled=true"
        })
@ContextConfiguration(initializers = FreshDatabase.class)
public @interface OnTheReadHouse {}
