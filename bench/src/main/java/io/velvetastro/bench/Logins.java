package io.velvetastro.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.hipparchus.stat.inference.KolmogorovSmirnovTest;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/**
 * P11: sign-ins with a password for a second of processor time, against the same Argon2id alone. And two promises of the door: nobody learns by time who has an account, and a thousand sign-ins at once
 * take no more memory than a few.
 */
final class Logins implements Bench.Measurement {
    private static final String PASSWORD = "correct horse battery staple";
    private static final int PAIRS = 5;
    /** A sign-in comes a thousand times more seldom than a login event, and code that was seldom run is slow: until then it is the compilers that are measured. */
    private static final int WARM_UP_SECONDS = 60;

    private static final int TRIES = 1_000;
    /** More than tries: whoever is tried again is known to the brake on guessing, whether or not they have an account. */
    private static final int PEOPLE = 1_200;

    private static final int AT_ONCE = 1_000;

    private final Argon2PasswordEncoder argon2 = new Argon2PasswordEncoder(16, 32, 1, 19 * 1024, 2);
    private final AtomicInteger addresses = new AtomicInteger();

    @Override
    public boolean run(Path folder, Report report) throws Exception {
        try (var database = Database.in(folder);
                var house = House.on(folder.resolve("house"), database)) {
            var phc = argon2.encode(PASSWORD);
            employ(database, phc);
            boolean sound;
            try (var profile = Profile.of(house, folder, "sign-ins")) {
                sound = speed(database, house, phc, report);
                profile.into(report);
            }
            sound &= sameForAll(house, report);
            return atOnce(house, report) && sound;
        }
    }

    private boolean speed(Database database, House house, String phc, Report report) throws Exception {
        var ratios = new ArrayList<Double>();
        report.header(
                "P11",
                "sign-ins/s",
                "processor ms each, house and database",
                "of these in the threads that hash",
                "Argon2id alone, processor ms");
        boolean sound = true;
        Load.run(2, WARM_UP_SECONDS, () -> client(house, 0));
        for (int pair = 0; pair <= PAIRS; pair++) {
            double before = house.cpuSeconds() + database.cpuSeconds();
            double hashing = Cpu.secondsOfThreads(house.serverPid(), "argon2-");
            var people = new AtomicInteger();
            var outcome = Load.run(2, 8, () -> client(house, people.getAndIncrement()));
            double each = (house.cpuSeconds() + database.cpuSeconds() - before) / outcome.latencies().length;
            double hash = (Cpu.secondsOfThreads(house.serverPid(), "argon2-") - hashing) / outcome.latencies().length;
            double alone = hashing(phc);
            sound &= outcome.failed() == 0;
            if (pair == 0) continue; // Warming up.
            ratios.add(alone / each);
            report.row(pair, outcome.perSecond(), each * 1e3, hash * 1e3, alone * 1e3);
        }
        report.verdict("P11, sign-ins against hashes for the same processor time", ratios, "≥ 0.9");
        return sound;
    }

    private Load.Client client(House house, int person) throws IOException {
        var wire = new Wire(house.port(), address());
        return new Load.Client() {
            @Override
            public boolean work() throws IOException {
                return signIn(wire, email(person)) == 200;
            }

            @Override
            public void close() throws IOException {
                wire.close();
            }
        };
    }

    /** Processor seconds of one check, in this process and on as many threads. */
    private double hashing(String phc) throws Exception {
        var me = ProcessHandle.current();
        var own = me.info().totalCpuDuration().orElseThrow();
        var outcome = Load.run(2, 4, () -> () -> argon2.matches(PASSWORD, phc));
        return me.info().totalCpuDuration().orElseThrow().minus(own).toNanos() / 1e9 / outcome.latencies().length;
    }

    /**
     * Three doors are asked for people who are and who are not, in turn, each time from an address of its own: a wrong password, a
     * forgotten one, and a registration with somebody's address.
     */
    private boolean sameForAll(House house, Report report) throws Exception {
        report.header("Who has an account?", "known, median ms", "p90 ms", "unknown, median ms", "p90 ms");
        boolean same = sameAt(house, report, "/api/v1/auth/login", Logins::wrong, 401);
        same &= sameAt(house, report, "/api/v1/auth/password/forgot", Logins::forgotten, 202);
        return sameAt(house, report, "/api/v1/auth/register", Logins::registering, 202) && same;
    }

    private boolean sameAt(House house, Report report, String door, UnaryOperator<String> asks, int answer)
            throws Exception {
        var known = new double[TRIES];
        var unknown = new double[TRIES];
        var statuses = new TreeMap<Integer, Integer>();
        for (int i = -50; i < TRIES; i++) {
            boolean first = i % 2 == 0;
            var whoIs = asks.apply(email(Math.floorMod(i, PEOPLE)));
            var whoIsNot = asks.apply(strange(i));
            double one = tried(house, door, first ? whoIs : whoIsNot, statuses);
            double other = tried(house, door, first ? whoIsNot : whoIs, statuses);
            if (i < 0) continue;
            known[i] = first ? one : other;
            unknown[i] = first ? other : one;
        }
        double p = new KolmogorovSmirnovTest().kolmogorovSmirnovTest(known, unknown);
        Arrays.sort(known);
        Arrays.sort(unknown);
        double apart = Math.abs(known[TRIES / 2] - unknown[TRIES / 2]);
        report.row(door, known[TRIES / 2], known[TRIES * 9 / 10], unknown[TRIES / 2], unknown[TRIES * 9 / 10]);
        boolean same = apart <= 2 && p > 0.01 && statuses.keySet().equals(Set.of(answer));
        report.say(
                "%n**%s: medians %.3f ms apart (≤ 2), Kolmogorov-Smirnov p = %.3f (> 0.01)**, %d tries, answers %s: %s",
                door, apart, p, 2 * TRIES, statuses, same ? "cannot be told" : "CAN BE TOLD");
        return same;
    }

    private static String wrong(String email) {
        return "{\"email\":\"%s\",\"password\":\"not it\"}".formatted(email);
    }

    private static String forgotten(String email) {
        return "{\"email\":\"%s\"}".formatted(email);
    }

    private static String registering(String email) {
        return "{\"email\":\"%s\",\"name\":\"Bench\",\"organization\":\"Bench\"}".formatted(email);
    }

    private double tried(House house, String door, String body, Map<Integer, Integer> statuses) throws IOException {
        try (var wire = new Wire(house.port(), address())) {
            long begin = System.nanoTime();
            int status = post(wire, door, body);
            double took = (System.nanoTime() - begin) / 1e6;
            statuses.merge(status, 1, Integer::sum);
            return took;
        }
    }

    private boolean atOnce(House house, Report report) throws Exception {
        long before = residentKilobytes(house);
        var statuses = new TreeMap<Integer, Integer>();
        long begin = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> all = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                var email = email(i % PEOPLE);
                all.add(() -> {
                    try (var wire = new Wire(house.port(), address())) {
                        return signIn(wire, email);
                    }
                });
            }
            for (var answer : threads.invokeAll(all)) statuses.merge(answer.get(), 1, Integer::sum);
        }
        double took = (System.nanoTime() - begin) / 1e9;
        double grown = (residentKilobytes(house) - before) / 1024.0;
        boolean bounded = grown < 256 && List.of(200, 429, 503).containsAll(statuses.keySet());
        report.say(
                "%n**%d sign-ins in flight: answers %s in %.1f s, memory grew by %.0f MiB (< 256; unbounded hashing would take %d)**: %s",
                AT_ONCE, statuses, took, grown, AT_ONCE * 19, bounded ? "bounded" : "NOT BOUNDED");
        return bounded;
    }

    private static long residentKilobytes(House house) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + house.serverPid() + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    private static int post(Wire wire, String door, String body) throws IOException {
        return wire.send("POST", door, "application/json", "", body.getBytes(StandardCharsets.UTF_8))
                .status();
    }

    private static int signIn(Wire wire, String email) throws IOException {
        return post(wire, "/api/v1/auth/login", "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, PASSWORD));
    }

    private static void employ(Database database, String phc) throws Exception {
        try (var connection = database.connect()) {
            var organization = UUID.randomUUID();
            connection
                    .createStatement()
                    .execute("insert into identity.organization (id, name, plan, created_at) values ('" + organization
                            + "', 'Bench', 'ENTERPRISE', now())");
            for (int i = 0; i < PEOPLE; i++) {
                var member = UUID.randomUUID();
                try (var all = connection.prepareStatement("""
                        with m as (insert into identity.member (id, name, email, email_key, created_at) values (?, 'Bench', ?, ?, now()) returning id),
                             c as (insert into identity.credential (member, phc, changed_at) select id, ?, now() from m)
                        insert into identity.membership (organization, member, role, since) select ?, id, 'EMPLOYEE', now() from m""")) {
                    all.setObject(1, member);
                    all.setString(2, email(i));
                    all.setString(3, email(i));
                    all.setString(4, phc);
                    all.setObject(5, organization);
                    all.executeUpdate();
                }
            }
        }
    }

    /** Everybody works somewhere else, or the brake on a domain would be measured. */
    private static String email(int person) {
        return "person" + person + "@bench" + person + ".example";
    }

    private static String strange(int number) {
        return "person" + number + "@strange" + Math.floorMod(number, PEOPLE) + ".example";
    }

    /** This machine's loopback has sixteen million. */
    private InetAddress address() throws IOException {
        int next = addresses.incrementAndGet();
        return InetAddress.getByAddress(new byte[] {127, 1, (byte) (next / 250), (byte) (1 + next % 250)});
    }
}
