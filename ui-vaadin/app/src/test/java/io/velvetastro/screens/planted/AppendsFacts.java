package io.velvetastro.screens.planted;

import io.velvetastro.app.Trips;
import io.velvetastro.language.Journal;
import io.velvetastro.language.Stream;
import java.util.List;

@Trips("onlyTheIntakeAndDetectionAppendFacts")
class AppendsFacts {
    static void append(Journal journal) {
        journal.append(Stream.TELEMETRY, List.of());
    }
}
