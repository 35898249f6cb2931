package io.velvetastro.views.story;

import io.velvetastro.language.Seals;
import io.velvetastro.views.Schema;
import org.axonframework.queryhandling.QueryUpdateEmitter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** Puts the story's follower on the live rows. */
@Configuration
class StoryConfiguration {
    private static final int LIVE_BATCH = 500;

    @Bean
    StoryProjection storyProjection(Seals seals) {
        return new StoryProjection(seals);
    }

    @Bean
    @DependsOn("viewsMigrations")
    StoryFollower storyFollower(StoryProjection projection, Schema.Schemas schemas, QueryUpdateEmitter updates) {
        return new StoryFollower(projection, schemas.live(), new StoryFollower.Notes(updates), LIVE_BATCH);
    }
}
