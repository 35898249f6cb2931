package io.velvetastro.faults;

import io.velvetastro.language.BatchFollower;
import io.velvetastro.language.Replays;
import io.velvetastro.language.Stream;
import io.velvetastro.store.following.Delivery;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.axonframework.eventhandling.EventMessage;

/** Hands events over in portions of chance sizes, live and while views are rebuilt: where a batch ends must make no difference to anybody. */
final class InPortions implements Delivery {
    private static final int MOST = 400;

    private final Random random;

    InPortions(long seed) {
        this.random = new Random(seed);
    }

    private int size() {
        // Small ones often: there an end lies between any two events sooner or later.
        return 1 + random.nextInt(1 + random.nextInt(MOST));
    }

    @Override
    public BatchFollower of(BatchFollower follower) {
        return new Live(follower);
    }

    Replays of(Replays replays) {
        return shadows -> replays.rebuild(shadows.stream().map(Cut::new).toList());
    }

    private void cut(BatchFollower follower, List<? extends EventMessage<?>> batch) {
        for (int from = 0; from < batch.size(); ) {
            int to = Math.min(batch.size(), from + size());
            follower.follow(batch.subList(from, to));
            from = to;
        }
    }

    /** Asks for another number of events each time. */
    private final class Live implements BatchFollower {
        private final BatchFollower follower;

        Live(BatchFollower follower) {
            this.follower = follower;
        }

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
        public Object sequence(EventMessage<?> event) {
            return follower.sequence(event);
        }

        @Override
        public int batchSize() {
            return size();
        }

        @Override
        public Duration pace() {
            return follower.pace();
        }

        @Override
        public boolean parks() {
            return follower.parks();
        }
    }

    /** A shadow that is given each batch in pieces. */
    private final class Cut implements Replays.Shadow {
        private final Replays.Shadow shadow;

        Cut(Replays.Shadow shadow) {
            this.shadow = shadow;
        }

        @Override
        public String name() {
            return shadow.name();
        }

        @Override
        public Set<Stream> streams() {
            return shadow.streams();
        }

        @Override
        public int batchSize() {
            return shadow.batchSize();
        }

        @Override
        public void follow(List<? extends EventMessage<?>> batch) {
            cut(shadow, batch);
        }

        @Override
        public void nearlyThere() {
            shadow.nearlyThere();
        }

        @Override
        public void takePlace() {
            shadow.takePlace();
        }
    }
}
