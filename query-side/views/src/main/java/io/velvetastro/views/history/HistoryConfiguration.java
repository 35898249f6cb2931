package io.velvetastro.views.history;

import io.velvetastro.language.Pseudonyms;
import io.velvetastro.language.Seals;
import io.velvetastro.views.Schema;
import io.velvetastro.views.rebuild.View;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** Puts the history's follower on the live rows. */
@Configuration
class HistoryConfiguration {
    private static final int LIVE_BATCH = 2_000;
    private static final int REBUILD_BATCH = 5_000;

    @Bean
    @DependsOn("viewsMigrations")
    HistoryFollower historyFollower(Schema.Schemas schemas, Seals seals, Pseudonyms pseudonyms) {
        return new HistoryFollower(schemas.live(), seals, pseudonyms, LIVE_BATCH);
    }

    @Bean
    View historyView(Seals seals, Pseudonyms pseudonyms) {
        return new View(
                HistoryFollower.NAME,
                List.of("history_progress", "history", "history_about", "history_name"),
                schema -> new HistoryFollower(schema, seals, pseudonyms, REBUILD_BATCH));
    }
}
