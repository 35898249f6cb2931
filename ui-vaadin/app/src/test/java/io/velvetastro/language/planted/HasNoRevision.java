package io.velvetastro.language.planted;

import io.velvetastro.app.Trips;

@Trips("everyEventCarriesARevision")
record HasNoRevision(String what) implements PlantedEvent {}
