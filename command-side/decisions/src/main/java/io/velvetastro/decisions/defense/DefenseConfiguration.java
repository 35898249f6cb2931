package io.velvetastro.decisions.defense;

import io.velvetastro.decisions.door.Proxies;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts the guards in front of the defence rules. */
@Configuration
class DefenseConfiguration {

    @Bean
    @DependsOn("decisionsMigrations")
    AllowedNetworks allowedNetworks(DataSource database) {
        return new AllowedNetworks(JdbcClient.create(database));
    }

    @Bean
    NeverBlock neverBlock(Proxies proxies, AllowedNetworks allowed) {
        return new ProtectedNetworks(proxies.networks(), allowed);
    }

    @Bean
    KnownIncidents knownIncidents(EventStore store) {
        return new StoredIncidents(store);
    }

    /** In the transaction of the decision, and with it undone: a guard that lags is no guard. */
    @Bean
    static ConfigurerModule neverBlockIsKeptWithTheDecision() {
        return axon -> axon.eventProcessing()
                .registerSubscribingEventProcessor(AllowedNetworks.GROUP)
                .registerListenerInvocationErrorHandler(
                        AllowedNetworks.GROUP, all -> PropagatingErrorHandler.instance());
    }

    @Autowired
    void nobodyLocksThemselvesOut(CommandBus commands) {
        commands.registerDispatchInterceptor(new OwnAddress());
    }
}
