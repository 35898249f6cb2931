package io.velvetastro.store.following;

import io.velvetastro.language.BatchFollower;
import io.velvetastro.language.Stream;
import io.velvetastro.language.Telemetry;
import io.velvetastro.store.Await;
import io.velvetastro.store.StoreOnly;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.eventhandling.EventMessage;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How fast stored telemetry reaches followers who read each payload and write nothing; run by hand on a folder that AppendBench has filled. */
final class FollowBench {
    private FollowBench() {}

    public static void main(String... arguments) {
        try (var house = SpringApplication.run(new Class<?>[] {StoreOnly.class, Readers.class}, new String[] {
            "--velvet.data=" + arguments[0], "--spring.main.banner-mode=off", "--logging.level.root=WARN"
        })) {
            var db = house.getBean(JdbcClient.class);
            long events = db.sql("SELECT count(*) FROM store.telemetry")
                    .query(Long.class)
                    .single();
            var readers = house.getBeansOfType(Reader.class).values();
            var followers = house.getBean(Followers.class);
            for (var reader : readers) {
                reader.seen.set(0);
                long start = System.nanoTime();
                followers.rebuild(List.of(new Beside(reader, () -> {})));
                IO.println("%s rebuilt: %.0f events/s"
                        .formatted(reader.name(), reader.seen.get() * 1e9 / (System.nanoTime() - start)));
            }
            readers.forEach(reader -> reader.seen.set(0));
            db.sql("UPDATE store.places SET position = 0, owner = 'nobody', alive_at = 'epoch'")
                    .update(); // They lose their places and start anew.
            long start = System.nanoTime();
            Await.until(
                    "all is read",
                    Duration.ofMinutes(5),
                    () -> readers.stream().allMatch(reader -> reader.seen.get() >= events));
            IO.println("%d live: each %.0f events/s"
                    .formatted(readers.size(), events * 1e9 / (System.nanoTime() - start)));
        }
    }

    static class Readers {
        @Bean
        Reader one() {
            return new Reader("one");
        }

        @Bean
        Reader two() {
            return new Reader("two");
        }

        @Bean
        Reader three() {
            return new Reader("three");
        }
    }

    private record Reader(String name, AtomicLong seen) implements BatchFollower {
        Reader(String name) {
            this(name, new AtomicLong());
        }

        @Override
        public Set<Stream> streams() {
            return Set.of(Stream.TELEMETRY);
        }

        @Override
        public void follow(List<? extends EventMessage<?>> batch) {
            for (var event : batch) if (((Telemetry) event.getPayload()).host() != null) seen.incrementAndGet();
        }
    }
}
