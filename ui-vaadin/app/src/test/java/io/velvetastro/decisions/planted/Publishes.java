package io.velvetastro.decisions.planted;

import io.velvetastro.app.Trips;
import org.axonframework.eventhandling.gateway.EventGateway;

@Trips("nobodyPublishesPastTheDoors")
class Publishes {
    static void publish(EventGateway events) {
        events.publish("past the doors");
    }
}
