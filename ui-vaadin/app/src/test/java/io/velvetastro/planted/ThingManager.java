package io.velvetastro.planted;

import io.velvetastro.app.Trips;

@Trips("namesSayWhatAThingIsFor")
class ThingManager {}
