package io.velvetastro.decisions.planted;

import io.velvetastro.app.Trips;
import java.util.UUID;
import org.axonframework.spring.stereotype.Aggregate;

@Trips("aggregatesNeverRollDice")
@Aggregate
abstract class GuessesItsId {
    UUID id = UUID.randomUUID();
}
