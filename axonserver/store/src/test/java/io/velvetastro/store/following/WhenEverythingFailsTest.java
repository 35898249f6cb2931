package io.velvetastro.store.following;

import static io.velvetastro.store.Logins.fresh;
import static io.velvetastro.store.Logins.login;
import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.Backlog;
import io.velvetastro.language.BatchFollower;
import io.velvetastro.language.Fact;
import io.velvetastro.language.Journal;
import io.velvetastro.language.Stream;
import io.velvetastro.language.TenantId;
import io.velvetastro.store.Await;
import io.velvetastro.store.OnAFreshStore;
import io.velvetastro.store.following.WhenEverythingFailsTest.Hopeless;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.EventMessage;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

@OnAFreshStore
@Import(Hopeless.class)
class WhenEverythingFailsTest {
    @Autowired
    Journal journal;

    @Autowired
    Followers followers;

    @Test
    void aFollowerThatCanTakeNothingStopsInsteadOfParkingTheWholeStream() {
        journal.append(Stream.TELEMETRY, ofManyTenants(400));
        Await.until(
                "it gives up parking",
                () -> progress().failure() != null && progress().parked() > 0);
        assertThat(progress().parked()).isEqualTo(256);
        assertThat(progress().behind()).isPositive();
    }

    private Backlog.Progress progress() {
        return followers.followers().getFirst();
    }

    private static List<Fact> ofManyTenants(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> login(new TenantId(new UUID(8, i)), fresh()))
                .toList();
    }

    static class Hopeless implements BatchFollower {
        @Override
        public String name() {
            return "hopeless";
        }

        @Override
        public Set<Stream> streams() {
            return Set.of(Stream.TELEMETRY);
        }

        @Override
        public void follow(List<? extends EventMessage<?>> batch) {
            throw new IllegalStateException("a table is missing");
        }
    }
}
