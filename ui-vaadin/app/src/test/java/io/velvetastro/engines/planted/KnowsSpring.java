package io.velvetastro.engines.planted;

import io.velvetastro.app.Trips;
import org.springframework.context.ApplicationContext;

@Trips("enginesKnowNoFramework")
class KnowsSpring {
    ApplicationContext known;
}
