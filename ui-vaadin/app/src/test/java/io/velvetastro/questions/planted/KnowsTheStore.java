package io.velvetastro.questions.planted;

import io.velvetastro.app.Trips;
import io.velvetastro.store.StoreProperties;

@Trips("questionsKnowTheLanguageAlone")
class KnowsTheStore {
    StoreProperties known;
}
