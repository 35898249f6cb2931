package io.velvetastro.screens.planted;

import io.velvetastro.app.Trips;
import org.axonframework.modelling.command.AggregateLifecycle;

@Trips("onlyDecisionsAndTheNotaryDecide")
class DecidesByItself {
    static void decide(Object event) {
        AggregateLifecycle.apply(event);
    }
}
