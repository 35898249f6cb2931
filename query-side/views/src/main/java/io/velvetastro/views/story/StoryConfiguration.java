package io.velvetastro.views.story;

import io.velvetastro.language.Seals;
import io.velvetastro.views.Schema;
import io.velvetastro.views.rebuild.View;
import java.util.List;
import org.axonframework.queryhandling.QueryUpdateEmitter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** Puts the story's follower on the live rows. */
@Configuration
class StoryConfiguration {
    private static final int LIVE_BATCH = 500;
    private static final int REBUILD_BATCH = 5_000;

    @Bean
    StoryProjection storyProjection(Seals seals) {
        return new StoryProjection(seals);
    }

    @Bean
    @DependsOn("viewsMigrations")
    StoryFollower storyFollower(StoryProjection projection, Schema.Schemas schemas, QueryUpdateEmitter updates) {
        return new StoryFollower(
                projection, schemas.live(), ToldAgain::note, new StoryFollower.Notes(updates), LIVE_BATCH);
    }

    @Bean
    View storyView(StoryProjection projection) {
        return new View(
                StoryFollower.NAME,
                List.of(
                        "story_progress",
                        "finding",
                        "attack",
                        "attack_entity",
                        "attack_hour",
                        "origin_hour",
                        "actor_hour",
                        "attack_minute",
                        "incident",
                        "incident_entity",
                        "incident_entry",
                        "advice",
                        "playbook_run",
                        "playbook_step",
                        "rule"),
                schema -> new StoryFollower(projection, schema, (db, unheard) -> {}, unheard -> {}, REBUILD_BATCH));
    }
}
