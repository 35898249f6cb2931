package io.velvetastro.views.planted;

import io.velvetastro.app.Trips;
import org.axonframework.eventhandling.EventHandler;

@Trips("whatIsHandledAsAnEventCarriesARevision")
class HandlesWithoutRevision {
    record Unversioned(String what) {}

    @EventHandler
    void on(Unversioned event) {}
}
