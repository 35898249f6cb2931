package io.velvetastro.views.rebuild;

import io.velvetastro.language.BatchFollower;
import io.velvetastro.language.Replays;
import io.velvetastro.language.Stream;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.axonframework.eventhandling.EventMessage;
import org.jspecify.annotations.Nullable;

/** Writes one batch while the next is being read; makes the shadow readable when it has nearly caught up, while nobody is held still for it. */
final class ShadowWriter implements Replays.Shadow, AutoCloseable {
    private final BatchFollower follower;
    private final Shadow shadow;
    private final IntConsumer written;
    private final ExecutorService thread;
    private @Nullable Future<?> writing;

    ShadowWriter(BatchFollower follower, Shadow shadow, IntConsumer written) {
        this.follower = follower;
        this.shadow = shadow;
        this.written = written;
        this.thread = Executors.newSingleThreadExecutor(Thread.ofPlatform()
                .daemon()
                .name("rebuild-" + follower.name() + "-writer")
                .factory());
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
    public int batchSize() {
        return follower.batchSize();
    }

    @Override
    public void follow(List<? extends EventMessage<?>> batch) {
        finish();
        writing = thread.submit(() -> write(batch));
    }

    private void write(List<? extends EventMessage<?>> batch) {
        follower.follow(batch);
        written.accept(batch.size());
    }

    @Override
    public void nearlyThere() {
        finish();
        shadow.makeReadable();
    }

    @Override
    public void takePlace() {
        finish();
        shadow.takePlace();
    }

    /** Waits for the last batch; what went wrong with it is thrown here. */
    private void finish() {
        if (writing == null) return;
        try {
            writing.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(failed.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while rebuilding " + name(), e);
        }
        writing = null;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
