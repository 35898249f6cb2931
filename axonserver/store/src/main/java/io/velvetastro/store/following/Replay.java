package io.velvetastro.store.following;

import io.velvetastro.language.BatchFollower;
import io.velvetastro.language.Stream;
import io.velvetastro.store.streams.Streams;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.axonframework.eventhandling.TrackedEventMessage;

/** Hands over all there is, in order, each event to those who follow its stream. While one batch is taken, the next is read and decoded. */
final class Replay {
    private static final int BATCH = 5_000;

    private Replay() {}

    static long all(Streams.Reader reader, List<? extends BatchFollower> followers) {
        long events = 0;
        var coming = fetch(reader);
        for (var batch = await(coming); !batch.isEmpty(); batch = await(coming)) {
            coming = fetch(reader);
            try {
                for (var follower : followers) hand(follower, batch);
            } catch (RuntimeException e) {
                coming.handle((read, failed) -> null)
                        .join(); // The reader is not for two threads, and its owner may go on with it.
                throw e;
            }
            events += batch.size();
        }
        return events;
    }

    private static void hand(BatchFollower follower, List<TrackedEventMessage<?>> batch) {
        var streams = follower.streams();
        var part = batch.stream()
                .filter(event -> streams.contains(Stream.of(event.getPayloadType())))
                .toList();
        if (!part.isEmpty()) follower.follow(part);
    }

    private static CompletableFuture<List<TrackedEventMessage<?>>> fetch(Streams.Reader reader) {
        var batch = new CompletableFuture<List<TrackedEventMessage<?>>>();
        Thread.ofPlatform().name("replay").start(() -> {
            try {
                batch.complete(next(reader));
            } catch (Throwable e) {
                batch.completeExceptionally(e);
            }
        });
        return batch;
    }

    private static List<TrackedEventMessage<?>> next(Streams.Reader reader) {
        var batch = new ArrayList<TrackedEventMessage<?>>(BATCH);
        while (batch.size() < BATCH) {
            var next = reader.next();
            if (next.isEmpty()) break;
            next.forEach(
                    TrackedEventMessage
                            ::getPayload); // Messages are lazy; decoded here, they are decoded beside the follower's
            // work.
            batch.addAll(next);
        }
        return batch;
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw e;
        }
    }
}
