package io.velvetastro.sagas.detection;

import io.velvetastro.language.BatchFollower;
import io.velvetastro.language.PrivacyEvent.PersonErased;
import io.velvetastro.language.Stream;
import io.velvetastro.sagas.memory.Memories;
import java.util.List;
import java.util.Set;
import org.axonframework.eventhandling.EventMessage;
import org.springframework.jdbc.core.JdbcTemplate;

/** Has the engines forget whoever was erased: how an account used to behave is about its person too. */
final class ForgettingFollower implements BatchFollower {
    private final JdbcTemplate db;

    ForgettingFollower(JdbcTemplate db) {
        this.db = db;
    }

    @Override
    public String name() {
        return "forgetting";
    }

    @Override
    public Set<Stream> streams() {
        return Set.of(Stream.DECISIONS);
    }

    @Override
    public void follow(List<? extends EventMessage<?>> batch) {
        for (var event : batch)
            if (event.getPayload() instanceof PersonErased erased)
                Memories.forget(db, erased.tenant(), erased.person().toString());
    }
}
