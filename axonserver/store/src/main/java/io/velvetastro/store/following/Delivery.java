package io.velvetastro.store.following;

import io.velvetastro.language.BatchFollower;

/** How events get from the streams to a follower: straight, unless a test has other ideas. */
@FunctionalInterface
public interface Delivery {
    BatchFollower of(BatchFollower follower);
}
