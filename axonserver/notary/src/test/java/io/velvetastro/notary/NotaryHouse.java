package io.velvetastro.notary;

import io.velvetastro.questions.Proof;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/** A store and its notary, and nothing around them: no door, and nothing that looks by itself. */
@Configuration
@EnableAutoConfiguration
@ComponentScan
class NotaryHouse {
    @Bean
    Subscriptions plans() {
        return new Subscriptions();
    }

    /** Whoever asks here has just proved who they are. */
    @Bean
    Proof proof() {
        return () -> {};
    }
}
