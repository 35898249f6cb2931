package io.velvetastro.language.planted;

interface PlantedEvent {}
