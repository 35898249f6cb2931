package io.velvetastro.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Several senders that post without pause and write down what the house acknowledged, and what else it said. */
final class Burst implements AutoCloseable {
    private static final int SENDERS = 4;

    private final Client client;
    private final String name;
    private final int size;
    private final boolean keeps;
    private final ConcurrentLinkedQueue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> unanswered = new ConcurrentLinkedQueue<>();
    private final Map<Integer, AtomicInteger> statuses = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Client.Said> refusals = new ConcurrentLinkedQueue<>();
    private final AtomicLong longest = new AtomicLong();
    private final List<Thread> senders = new ArrayList<>();
    private volatile boolean going = true;

    /** @param size how many events a request */
    Burst(Client client, String name, int size) {
        this(client, name, size, true);
    }

    /** One that only counts: what a flood of minutes sends would fill the memory of whoever kept it. */
    static Burst countedOnly(Client client, String name, int size) {
        return new Burst(client, name, size, false);
    }

    private Burst(Client client, String name, int size, boolean keeps) {
        this.client = client;
        this.name = name;
        this.size = size;
        this.keeps = keeps;
        for (int sender = 0; sender < SENDERS; sender++) {
            int number = sender;
            senders.add(Thread.ofVirtual().start(() -> send(number)));
        }
    }

    private void send(int sender) {
        for (int batch = 0; going; batch++) {
            var body = Logins.calm(name + "-" + sender + "-" + batch, size);
            var said = client.events(body);
            longest.accumulateAndGet(said.after().toNanos(), Math::max);
            statuses.computeIfAbsent(said.status(), status -> new AtomicInteger())
                    .incrementAndGet();
            var kept = keeps ? body : "";
            if (said.status() == 202) acknowledged.add(kept);
            else unanswered.add(kept);
            if (said.status() == 429 || said.status() == 503) refusals.add(said);
            if (said.status() != 202) Patience.pause(Duration.ofMillis(20));
        }
    }

    int acknowledged() {
        return acknowledged.size();
    }

    int answered(int status) {
        var count = statuses.get(status);
        return count == null ? 0 : count.get();
    }

    Map<Integer, AtomicInteger> statuses() {
        return statuses;
    }

    List<Client.Said> refusals() {
        return List.copyOf(refusals);
    }

    /** How long the house took for the answer that took it longest. */
    Duration longest() {
        return Duration.ofNanos(longest.get());
    }

    Burst stop() {
        going = false;
        for (var sender : senders) {
            try {
                sender.join();
            } catch (InterruptedException stopped) {
                throw new AssertionError(stopped);
            }
        }
        return this;
    }

    /** How many events the house had acknowledged and does not know: sent again they would be news to it. */
    long lostBy(Client house) {
        long lost = 0;
        for (var body : acknowledged) lost += accept(house, body);
        return lost;
    }

    /** Sends what got no answer once more, as its sender would. */
    void finish(Client house) {
        for (var body : unanswered) accept(house, body);
    }

    private static long accept(Client house, String body) {
        var said = Patience.until(Duration.ofMinutes(1), () -> house.events(body), answer -> answer.status() == 202);
        return said.json().path("accepted").asLong();
    }

    /** How many different events were sent. */
    long events() {
        return (long) size * (acknowledged.size() + unanswered.size());
    }

    @Override
    public void close() {
        stop();
    }
}
