package io.velvetastro.decisions.telemetry;

import io.velvetastro.questions.HealthSource;
import io.velvetastro.questions.Monitor.Component;
import io.velvetastro.questions.Monitor.State;
import java.util.Map;

/** Says whether addresses have places; without them the house runs, and rules about travel rest. */
@org.springframework.stereotype.Component
class PlaceHealth implements HealthSource {
    private final Places places;

    PlaceHealth(Places places) {
        this.places = places;
    }

    @Override
    public Component health() {
        return places.isKnown()
                ? new Component("places", State.UP, "known", Map.of("data", places.version()))
                : new Component(
                        "places",
                        State.DEGRADED,
                        "Places are unknown and rules about travel rest: there is no place data. Install npm and build again.",
                        Map.of());
    }
}
