package io.velvetastro.store;

import io.velvetastro.language.RoomRole;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The store and nothing around it. */
@Configuration
@EnableAutoConfiguration
public class StoreOnly {
    /** The tables of the playbooks and of the other store lie here too, and tests write to them. */
    @Bean
    static RoomRole sagas() {
        return new RoomRole("velvet_detection");
    }

    @Bean
    static RoomRole otherStore() {
        return new RoomRole("velvet_server");
    }
}
