package io.velvetastro.store.keys;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Supplier;

/** Lends what is costly to make and serves one at a time. A virtual thread lives for one request, so one for each thread would be one for each request. */
final class Lent<T> {
    private final ConcurrentLinkedQueue<T> idle = new ConcurrentLinkedQueue<>();
    private final Supplier<T> maker;

    Lent(Supplier<T> maker) {
        this.maker = maker;
    }

    <R> R with(Function<T, R> work) {
        var found = idle.poll();
        var one = found == null ? maker.get() : found;
        try {
            return work.apply(one);
        } finally {
            idle.offer(one);
        }
    }
}
