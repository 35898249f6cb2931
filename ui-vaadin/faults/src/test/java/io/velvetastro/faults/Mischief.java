package io.velvetastro.faults;

import io.velvetastro.language.BatchFollower;
import io.velvetastro.language.EventId;
import io.velvetastro.language.Fact;
import io.velvetastro.language.Journal;
import io.velvetastro.language.Stream;
import io.velvetastro.store.following.Delivery;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.axonframework.eventhandling.EventMessage;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Houses that are built wrong on purpose: each by a property, for one control or one fault. The component scan finds them, for they lie below the same package. */
@Configuration(proxyBeanMethods = false)
class Mischief {

    @Bean
    @ConditionalOnProperty("velvet.faults.answers-early")
    static BeanPostProcessor answersEarly() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof Journal journal ? new Early(journal) : bean;
            }
        };
    }

    @Bean
    @ConditionalOnProperty("velvet.faults.skips")
    Delivery skips() {
        return Skipping::new;
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
