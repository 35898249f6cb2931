package io.velvetastro.views.planted;

import io.velvetastro.app.Trips;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

@Trips("whoAnswersReadsThroughTheWall")
@Component
class AsksPastTheWall {
    private final DSLContext db;

    AsksPastTheWall(DSLContext db) {
        this.db = db;
    }

    @Override
    public String toString() {
        return db.toString();
    }
}
