package io.velvetastro.faults;

import io.velvetastro.language.BatchFollower;
import io.velvetastro.language.EventId;
import io.velvetastro.language.Fact;
import io.velvetastro.language.Journal;
import io.velvetastro.language.Replays;
import io.velvetastro.language.Stream;
import io.velvetastro.store.following.Delivery;
import io.velvetastro.store.following.Followers;
import io.velvetastro.store.testing.EverythingTwice;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.eventhandling.EventMessage;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;

/** Houses that are built wrong on purpose: each by a property, for one control or one fault. The component scan finds them, for they lie below the same package. */
@Configuration(proxyBeanMethods = false)
class Mischief {

    @Bean
    @ConditionalOnProperty("velvet.faults.answers-early")
    static BeanPostProcessor earlyJournal() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof Journal journal ? new Early(journal) : bean;
            }
        };
    }

    @Bean
    @ConditionalOnProperty("velvet.faults.skips")
    Delivery skippingDelivery() {
        return Skipping::new;
    }

    @Bean
    @ConditionalOnProperty("velvet.faults.twice")
    Delivery deliveryTwice() {
        return new EverythingTwice();
    }

    @Bean
    @ConditionalOnProperty("velvet.faults.portions")
    InPortions portions(@Value("${velvet.faults.portions}") long seed) {
        return new InPortions(seed);
    }

    @Bean
    @Primary
    @ConditionalOnProperty("velvet.faults.portions")
    Replays rebuildsInPortions(InPortions portions, Followers followers) {
        return portions.of(followers);
    }

    /** Whoever it had to refuse it goes on refusing for a while. */
    @Bean
    @ConditionalOnProperty("velvet.faults.sulks")
    Filter sulking(@Value("${velvet.faults.sulks}") Duration sulk) {
        var until = new AtomicLong(System.nanoTime());
        return (request, response, chain) -> {
            var answer = (HttpServletResponse) response;
            if (System.nanoTime() - until.get() < 0) {
                answer.setHeader("Retry-After", "1");
                answer.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
                return;
            }
            chain.doFilter(request, response);
            if (answer.getStatus() == HttpServletResponse.SC_SERVICE_UNAVAILABLE)
                until.set(System.nanoTime() + sulk.toNanos());
        };
    }

    /** Keeps a megabyte of every request for ever. */
    @Bean
    @ConditionalOnProperty("velvet.faults.hoards")
    Filter hoarding() {
        var hoard = new ConcurrentLinkedQueue<byte[]>();
        return (request, response, chain) -> {
            hoard.add(new byte[1 << 20]);
            chain.doFilter(request, response);
        };
    }

    @Bean
    @ConditionalOnProperty("velvet.faults.clock")
    Clock jumpingClock(@Value("${velvet.faults.clock}") Path offset) {
        return new JumpingClock(offset, ZoneOffset.UTC);
    }

    @Bean
    static BeanPostProcessor faultyOrders(Environment settings) {
        boolean twice = settings.getProperty("velvet.faults.twice", Boolean.class, false);
        boolean renames = settings.getProperty("velvet.faults.renames", Boolean.class, false);
        int diesAfter = settings.getProperty("velvet.faults.dies-after", Integer.class, 0);
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                boolean wrapped = twice || renames || diesAfter > 0;
                return wrapped && bean instanceof CommandBus bus
                        ? new FaultyOrders(bus, twice, renames, diesAfter)
                        : bean;
            }
        };
    }

    /** A clock whose error is written in a file. */
    private static final class JumpingClock extends Clock {
        private final Path offset;
        private final ZoneId zone;

        JumpingClock(Path offset, ZoneId zone) {
            this.offset = offset;
            this.zone = zone;
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return new JumpingClock(offset, other);
        }

        @Override
        public Instant instant() {
            try {
                return Instant.now()
                        .plus(Duration.parse(Files.readString(offset).strip()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Goes on behind whatever it cannot take. */
    private record Skipping(BatchFollower follower) implements BatchFollower {
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
            return 1;
        }

        @Override
        public void follow(List<? extends EventMessage<?>> batch) {
            try {
                follower.follow(batch);
            } catch (RuntimeException shrugged) {
                // That is the mischief.
            }
        }
    }

    /** Says "stored" and stores a little later. */
    private static final class Early implements Journal {
        private final Journal journal;
        private final ExecutorService later = Executors.newSingleThreadExecutor();

        Early(Journal journal) {
            this.journal = journal;
        }

        @Override
        public Set<EventId> append(Stream stream, List<Fact> facts) {
            if (stream != Stream.TELEMETRY) return journal.append(stream, facts);
            later.submit(() -> {
                Patience.pause(java.time.Duration.ofMillis(20));
                return journal.append(stream, facts);
            });
            var ids = new HashSet<EventId>();
            facts.forEach(fact -> ids.add(fact.id()));
            return ids;
        }
    }
}
