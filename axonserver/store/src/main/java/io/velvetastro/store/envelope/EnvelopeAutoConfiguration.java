package io.velvetastro.store.envelope;

import org.axonframework.commandhandling.CommandBus;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.queryhandling.QueryBus;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Puts the guards on the buses, whichever buses they are. */
@AutoConfiguration(beforeName = "org.axonframework.springboot.autoconfig.AxonAutoConfiguration")
class EnvelopeAutoConfiguration {
    @Bean
    CorrelationDataProvider provenance() {
        return new Provenance();
    }

    @Bean
    SmartInitializingSingleton envelopeGuards(
            CommandBus commands, QueryBus queries, QueryGateway asking, EventBus events) {
        return () -> {
            commands.registerHandlerInterceptor(EnvelopeGuard.ofArrivingCommands());
            queries.registerDispatchInterceptor(EnvelopeGuard.ofQueries());
            asking.registerDispatchInterceptor(EnvelopeGuard.ofQueries()); // The bus lets who only listens pass it.
            queries.registerHandlerInterceptor(EnvelopeGuard.ofArrivingQueries());
            events.registerDispatchInterceptor(EnvelopeGuard.ofEvents());
        };
    }
}
