package io.velvetastro.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** P2: from a login's acceptance to its alert being readable, under 500 logins a second, against one commit's latency. */
final class Latency implements Bench.Measurement {
    private static final int PROBES = 200;
    private static final int RATE = 500;

    @Override
    public boolean run(Path folder, Report report) throws Exception {
        boolean seen = false;
        double rate = 0;
        try (var database = Database.in(folder);
                var house = House.on(folder.resolve("house"), database);
                var background = Executors.newSingleThreadExecutor();
                var connection = database.connect()) {
            connection
                    .createStatement()
                    .execute(
                            "create table bench_commit (id bigint generated always as identity primary key, payload bytea)");
            var stop = new AtomicBoolean();
            var traffic = background.submit(() -> steady(house, stop));
            try {
                for (int warm = 0; warm < 60; warm++) probe(house, -1 - warm);
                var alerts = new long[PROBES];
                var blocks = new long[PROBES];
                var commits = new long[PROBES];
                for (int i = 0; i < PROBES; i++) {
                    var probe = probe(house, i);
                    alerts[i] = probe.alert;
                    blocks[i] = probe.block;
                    commits[i] = commit(connection);
                }
                Arrays.sort(alerts);
                Arrays.sort(blocks);
                Arrays.sort(commits);
                report.header("P2 at " + RATE + "/s", "p50 ms", "p99 ms", "max ms");
                report.row("login accepted to alert readable", at(alerts, .5), at(alerts, .99), at(alerts, 1));
                report.row("login accepted to address blocked", at(blocks, .5), at(blocks, .99), at(blocks, 1));
                report.row("one commit", at(commits, .5), at(commits, .99), at(commits, 1));
                report.say(
                        "%n**P2: p50 %.1f commits (target ≤ 10), p99 %.1f median commits (target ≤ 100)**; %d of %d probes were seen",
                        at(alerts, .5) / at(commits, .5), at(alerts, .99) / at(commits, .5), PROBES, PROBES);
                seen = at(blocks, .99) < 1_000;
                report.say("%n**99 of 100 attacks are answered within a second: %s**", seen ? "yes" : "NO");
            } finally {
                stop.set(true);
                rate = traffic.get(30, TimeUnit.SECONDS);
                report.say("Background traffic: %.0f events/s, all accepted (target %d)", rate, RATE);
            }
        }
        return seen && rate >= 0.95 * RATE;
    }

    /** Nanoseconds from the answer that the logins are taken in. */
    private record Probe(long alert, long block) {}

    /** Five wrong passwords and a right one for somebody new from somewhere new; waits for the finding, and for the block. */
    private static Probe probe(House house, int number) throws Exception {
        var user = "probe" + number;
        var warmsUp = number < 0; // From a network of its own: no probe is to find its address blocked already.
        var address = (warmsUp ? "198.19." : "198.18.") + Math.floorMod(number, 250) + "."
                + (1 + Math.floorMod(number / 250, 250));
        var lines = new ArrayList<String>();
        for (int i = 0; i < 6; i++) lines.add(House.login(Instant.now(), user, address, i == 5));
        try (var wire = new Wire(house.port())) {
            var token = house.token();
            var body = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
            var answer = wire.send("POST", "/api/v1/monitor/events", "application/x-ndjson", token, body);
            if (answer.status() != 202) throw new IllegalStateException("a probe was answered " + answer.status());
            long accepted = System.nanoTime();
            long alert = seen(wire, token, "/api/v1/threat/attacks?limit=5&source=" + address, user) - accepted;
            return new Probe(alert, seen(wire, token, "/api/v1/defense/blocklist", address) - accepted);
        }
    }

    /** When an answer first held these words. */
    private static long seen(Wire wire, String token, String path, String words) throws Exception {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < 30e9) {
            var answer = wire.send("GET", path, "application/json", token, new byte[0]);
            if (answer.status() == 200 && answer.body().contains(words)) return System.nanoTime();
            TimeUnit.MILLISECONDS.sleep(1);
        }
        throw new IllegalStateException(path + " said nothing of " + words + " within 30 s");
    }

    private static long commit(java.sql.Connection connection) throws Exception {
        try (var insert = connection.prepareStatement("insert into bench_commit (payload) values (?)")) {
            insert.setBytes(1, House.calmLogin(1).getBytes(StandardCharsets.UTF_8));
            long begin = System.nanoTime();
            insert.executeUpdate();
            return System.nanoTime() - begin;
        }
    }

    /** Keeps up a steady rate in small requests and answers the rate it reached. */
    private static double steady(House house, AtomicBoolean stop) throws Exception {
        long begin = System.nanoTime();
        long sent = 0;
        try (var wire = new Wire(house.port())) {
            while (!stop.get()) {
                long due = (long) ((System.nanoTime() - begin) / 1e9 * RATE);
                if (due - sent < 10) {
                    TimeUnit.MILLISECONDS.sleep(5);
                    continue;
                }
                var body = new StringBuilder();
                for (int i = 0; i < 10; i++)
                    body.append(House.calmLogin(sent++)).append('\n');
                var answer = wire.send(
                        "POST",
                        "/api/v1/monitor/events",
                        "application/x-ndjson",
                        house.token(),
                        body.toString().getBytes(StandardCharsets.UTF_8));
                if (answer.status() != 202)
                    throw new IllegalStateException("the background was answered " + answer.status());
            }
        }
        return sent / ((System.nanoTime() - begin) / 1e9);
    }

    private static double at(long[] sorted, double quantile) {
        return sorted[(int) Math.min(sorted.length - 1, quantile * sorted.length)] / 1e6;
    }
}
