package io.velvetastro.engines.login;

import io.velvetastro.engines.Kind;
import io.velvetastro.engines.Memory;
import io.velvetastro.engines.rules.RuleBook;
import io.velvetastro.language.Place;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.BiFunction;

/** Measures what the heuristics cost: {@code main} prints microseconds a login and bytes a context, for ordinary days and under attack. Synthetic traffic. */
public final class CostOfALogin {
    private CostOfALogin() {}

    public static void main(String... arguments) {
        for (int round = 0; round < 4; round++) {
            measure("ordinary day", 0.0, CostOfALogin::attack);
            measure("a third of it attacks", 0.33, CostOfALogin::attack);
            measure("a third of it is a wave from 1,000 addresses", 0.33, CostOfALogin::wave);
        }
        contexts();
    }

    private static void measure(String name, double attacks, BiFunction<Random, Integer, Login> attack) {
        var logins = new Logins(RuleBook.builtIn());
        var memory = new Heap();
        var random = new Random(7);
        int count = 400_000;
        var events = new Login[count];
        for (int i = 0; i < count; i++)
            events[i] = random.nextDouble() < attacks ? attack.apply(random, i) : ordinary(random, i);
        long found = 0;
        long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (var event : events) found += logins.step(memory, event).size();
        double micros = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began) / 1e3 / count;
        System.out.printf(
                "%-45s %.2f us of CPU a login, %,d findings, %,d memories%n",
                name, micros, found, memory.states.size());
    }

    /** A million addresses with two failures each, and what a well-used account takes. */
    private static void contexts() {
        var logins = new Logins(RuleBook.builtIn());
        var memory = new Heap();
        var random = new Random(3);
        for (int i = 0; i < 100_000; i++) {
            var source = new UUID(1, i);
            for (int j = 0; j < 2; j++) logins.step(memory, login(random, i, false, new UUID(2, i), source));
        }
        for (int i = 0; i < 200_000; i++) logins.step(memory, ordinary(random, i));
        System.out.println("bytes: address " + memory.bytes(Source.KIND) + ", account " + memory.bytes(Account.KIND));
    }

    private static Login ordinary(Random random, int i) {
        int user = random.nextInt(20_000);
        return login(
                random,
                i,
                random.nextInt(100) > 4,
                new UUID(2, user),
                new UUID(1, random.nextInt(10) == 0 ? random.nextInt(50) : 1_000_000 + user));
    }

    private static Login attack(Random random, int i) {
        return login(
                random, i, random.nextInt(200) == 0, new UUID(2, random.nextInt(500)), new UUID(3, random.nextInt(40)));
    }

    private static Login wave(Random random, int i) {
        return login(random, i, random.nextInt(200) == 0, new UUID(5, i), new UUID(4, i % 1_000));
    }

    private static Login login(Random random, int i, boolean succeeded, UUID principal, UUID source) {
        var place = new Place(
                "DE",
                "City" + source.getLeastSignificantBits() % 300,
                source.getLeastSignificantBits() % 60 * 1.0,
                source.getLeastSignificantBits() % 120 * 1.0,
                20,
                null,
                null,
                "test");
        return new Login(
                new UUID(random.nextLong(), i),
                Scenario.TENANT,
                Scenario.START.toEpochMilli() + i * 20L,
                succeeded,
                principal,
                source,
                "vpn-1",
                place,
                Login.Egress.DIRECT);
    }

    private static final class Heap implements Memory {
        private final Map<String, Object> states = new HashMap<>();

        @Override
        @SuppressWarnings("unchecked")
        public <S> S recall(Kind<S> kind, String key) {
            return (S) states.getOrDefault(kind.name() + key, kind.blank());
        }

        @Override
        public <S> void keep(Kind<S> kind, String key, S state) {
            states.put(kind.name() + key, state);
        }

        @SuppressWarnings("unchecked")
        <S> LongSummaryStatistics bytes(Kind<S> kind) {
            return states.entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith(kind.name()))
                    .mapToLong(entry -> kind.pack((S) entry.getValue()).length)
                    .summaryStatistics();
        }
    }
}
