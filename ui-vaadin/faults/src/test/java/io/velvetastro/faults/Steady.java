package io.velvetastro.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A sender that does not hurry: so many small requests a second, and no second try. */
final class Steady {
    private static final Duration PACE = Duration.ofMillis(100);
    private static final int EVENTS = 50;

    private Steady() {}

    /** @param median how long an answer took */
    record Taken(int events, Duration median) {
        double of(Taken other) {
            return (double) events / other.events();
        }
    }

    static Taken send(Client client, String name, Duration howLong) {
        var answered = new ArrayList<>(List.of(Duration.ZERO));
        int taken = 0;
        long begin = System.nanoTime();
        long due = begin;
        for (int request = 0; due - begin < howLong.toNanos(); request++) {
            var said = client.events(Logins.calm(name + "-" + request, EVENTS));
            if (said.status() == 202) taken += EVENTS;
            answered.add(said.after());
            // Whoever was kept waiting has missed its turns.
            due = Math.max(due + PACE.toNanos(), System.nanoTime());
            Patience.pause(Duration.ofNanos(due - System.nanoTime()));
        }
        Collections.sort(answered);
        return new Taken(taken, answered.get(answered.size() / 2));
    }
}
