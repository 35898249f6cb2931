package io.velvetastro.views.planted;

import io.velvetastro.app.Trips;
import org.springframework.beans.factory.annotation.Autowired;

@Trips("dependenciesArriveByConstructor")
class IsFilledFromOutside {
    @Autowired
    String dependency;
}
