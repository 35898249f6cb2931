package io.velvetastro.witness.planted;

import io.velvetastro.app.Trips;
import org.springframework.context.ApplicationContext;

@Trips("theWitnessKnowsNothingButTheLedger")
class KnowsSpring {
    ApplicationContext known;
}
