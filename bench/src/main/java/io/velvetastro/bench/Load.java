package io.velvetastro.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Closed-loop clients: each does its next piece of work when the last one is answered, until time is up. */
final class Load {
    private Load() {}

    /** What one client does again and again; opened once for each client. */
    interface Client extends AutoCloseable {
        /** One piece of work; false when it was turned away or answered wrongly. */
        boolean work() throws Exception;

        @Override
        default void close() throws Exception {}
    }

    /** Runs {@code clients} of them for {@code seconds}. */
    static Outcome run(int clients, double seconds, Callable<Client> opened) throws Exception {
        try (var threads = Executors.newFixedThreadPool(clients)) {
            var futures = new ArrayList<Future<long[]>>();
            long end = System.nanoTime() + (long) (seconds * 1e9);
            long begin = System.nanoTime();
            for (int i = 0; i < clients; i++) futures.add(threads.submit(() -> drive(opened, end)));
            long failed = 0;
            var all = new long[0];
            for (var future : futures) {
                var latencies = future.get();
                failed += latencies[0];
                int at = all.length;
                all = Arrays.copyOf(all, at + latencies.length - 1);
                System.arraycopy(latencies, 1, all, at, latencies.length - 1);
            }
            double took = (System.nanoTime() - begin) / 1e9;
            Arrays.sort(all);
            return new Outcome(all, failed, took);
        }
    }

    private static long[] drive(Callable<Client> opened, long end) throws Exception {
        var latencies = new long[1024];
        int count = 1;
        try (var client = opened.call()) {
            while (System.nanoTime() < end) {
                long begin = System.nanoTime();
                if (!client.work()) {
                    latencies[0]++;
                    continue;
                }
                if (count == latencies.length) latencies = Arrays.copyOf(latencies, count * 2);
                latencies[count++] = System.nanoTime() - begin;
            }
        }
        return Arrays.copyOf(latencies, count);
    }

    /** Latencies in nanoseconds, sorted. */
    record Outcome(long[] latencies, long failed, double seconds) {
        double perSecond() {
            return latencies.length / seconds;
        }

        double milliseconds(double quantile) {
            if (latencies.length == 0) return Double.NaN;
            return latencies[(int) Math.min(latencies.length - 1, quantile * latencies.length)] / 1e6;
        }
    }
}
