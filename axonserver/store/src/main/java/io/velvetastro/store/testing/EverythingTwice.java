package io.velvetastro.store.testing;

import io.velvetastro.language.BatchFollower;
import io.velvetastro.language.Stream;
import io.velvetastro.store.following.Delivery;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.axonframework.eventhandling.EventMessage;

/**
 * Delivers every event twice, as crashes do: {@code @Import(EverythingTwice.class)}. Each batch begins with all of the batch before it, and the last ones come again by themselves.
 */
public final class EverythingTwice implements Delivery {
    @Override
    public BatchFollower of(BatchFollower follower) {
        return new Twice(follower, new ArrayList<>());
    }

    private record Twice(BatchFollower follower, List<EventMessage<?>> before) implements BatchFollower {
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
            var again = new ArrayList<EventMessage<?>>(before);
            again.addAll(batch);
            follower.follow(again);
            follower.follow(batch);
            before.clear();
            before.addAll(batch);
        }

        @Override
        public Object sequence(EventMessage<?> event) {
            return follower.sequence(event);
        }

        @Override
        public int batchSize() {
            return follower.batchSize();
        }

        @Override
        public boolean parks() {
            return follower.parks();
        }
    }
}
