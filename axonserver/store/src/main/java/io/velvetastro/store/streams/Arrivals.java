package io.velvetastro.store.streams;

import io.velvetastro.language.Stream;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Tells waiting readers at once when this process has appended; appends of others are found by looking now and then. */
final class Arrivals {
    private final AtomicLongArray counts = new AtomicLongArray(Stream.values().length);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();

    long count(Stream stream) {
        return counts.get(stream.ordinal());
    }

    long count(Collection<Stream> streams) {
        long sum = 0;
        for (var stream : streams) sum += count(stream);
        return sum;
    }

    void tell(Stream stream) {
        counts.incrementAndGet(stream.ordinal());
        lock.lock();
        try {
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until more than {@code seen} have been told of these streams, at most so long. */
    void await(Collection<Stream> streams, long seen, long nanos) throws InterruptedException {
        lock.lock();
        try {
            while (count(streams) == seen && nanos > 0) nanos = arrived.awaitNanos(nanos);
        } finally {
            lock.unlock();
        }
    }
}
