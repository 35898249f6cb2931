package io.velvetastro.store.following;

import io.velvetastro.language.BatchFollower;
import io.velvetastro.language.Replays;
import io.velvetastro.language.Stream;
import java.util.List;
import java.util.Set;
import org.axonframework.eventhandling.EventMessage;

/** A follower as a shadow of itself. */
record Beside(BatchFollower follower, Runnable swap) implements Replays.Shadow {
    @Override
    public String name() {
        return follower.name();
    }

    @Override
    public Set<Stream> streams() {
        return follower.streams();
    }

    @Override
    public void follow(List<? extends EventMessage<?>> batch) {
        follower.follow(batch);
    }

    @Override
    public void nearlyThere() {
        // Nothing here takes long.
    }

    @Override
    public void takePlace() {
        swap.run();
    }
}
