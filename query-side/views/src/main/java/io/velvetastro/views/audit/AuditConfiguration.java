package io.velvetastro.views.audit;

import io.velvetastro.views.Schema;
import io.velvetastro.views.rebuild.View;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** Puts the record's follower on the live rows. */
@Configuration
class AuditConfiguration {
    private static final int LIVE_BATCH = 500;
    private static final int REBUILD_BATCH = 5_000;

    @Bean
    @DependsOn("viewsMigrations")
    AuditFollower auditFollower(Schema.Schemas schemas) {
        return new AuditFollower(schemas.live(), LIVE_BATCH);
    }

    @Bean
    View auditView() {
        return new View(
                AuditFollower.NAME,
                List.of("audit_progress", "audit"),
                schema -> new AuditFollower(schema, REBUILD_BATCH));
    }
}
