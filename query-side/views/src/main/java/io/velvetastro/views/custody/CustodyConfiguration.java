package io.velvetastro.views.custody;

import io.velvetastro.questions.Forensics;
import io.velvetastro.views.Schema;
import io.velvetastro.views.rebuild.View;
import java.util.List;
import org.axonframework.queryhandling.QueryUpdateEmitter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** Puts the custody log's follower on the live rows. */
@Configuration
class CustodyConfiguration {
    @Bean
    @DependsOn("viewsMigrations")
    CustodyFollower custodyFollower(Schema.Schemas schemas, QueryUpdateEmitter updates) {
        return new CustodyFollower(
                schemas.live(),
                tenants -> tenants.forEach(tenant -> {
                    var note = new Forensics.CustodyChanged(tenant);
                    updates.emit(
                            Forensics.CustodyLog.class, asked -> asked.tenant().equals(tenant), note);
                    updates.emit(Forensics.Drills.class, asked -> asked.tenant().equals(tenant), note);
                }));
    }

    @Bean
    View custodyView() {
        return new View(
                CustodyFollower.NAME,
                List.of("custody_progress", "custody", "drill"),
                schema -> new CustodyFollower(schema, unheard -> {}));
    }
}
