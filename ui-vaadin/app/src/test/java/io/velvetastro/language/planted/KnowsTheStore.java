package io.velvetastro.language.planted;

import io.velvetastro.app.Trips;
import io.velvetastro.store.StoreProperties;

@Trips("theLanguageKnowsNoRoom")
class KnowsTheStore {
    StoreProperties known;
}
