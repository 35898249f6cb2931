package io.velvetastro.store.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.BatchFollower;
import io.velvetastro.language.Stream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.junit.jupiter.api.Test;

class EverythingTwiceTest {
    private final List<Object> taken = new ArrayList<>();

    @Test
    void everyEventComesAgainWithItsSuccessorsAndByItself() {
        var twice = new EverythingTwice().of(new Taker());
        twice.follow(events("a", "b"));
        twice.follow(events("c"));
        assertThat(taken).containsExactly("a", "b", "a", "b", "a", "b", "c", "c");
    }

    private static List<EventMessage<?>> events(String... payloads) {
        return java.util.stream.Stream.of(payloads)
                .<EventMessage<?>>map(GenericEventMessage::asEventMessage)
                .toList();
    }

    private final class Taker implements BatchFollower {
        @Override
        public String name() {
            return "taker";
        }

        @Override
        public Set<Stream> streams() {
            return Set.of(Stream.TELEMETRY);
        }

        @Override
        public void follow(List<? extends EventMessage<?>> batch) {
            batch.forEach(event -> taken.add(event.getPayload()));
        }
    }
}
