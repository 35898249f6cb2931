package io.velvetastro.decisions.planted;

import io.velvetastro.app.Trips;
import org.springframework.beans.factory.annotation.Value;

@Trips("dependenciesArriveByConstructor")
class IsConfiguredFromOutside {
    @Value("${planted}")
    String setting;
}
