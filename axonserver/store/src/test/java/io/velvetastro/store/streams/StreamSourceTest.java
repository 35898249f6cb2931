package io.velvetastro.store.streams;

import static io.velvetastro.store.Logins.login;
import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.Journal;
import io.velvetastro.language.Stream;
import io.velvetastro.store.OnAFreshStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The streams as Axon's processors read them. */
@OnAFreshStore
class StreamSourceTest {
    private static final Duration NEVER = Duration.ofHours(1);

    @Autowired
    Journal journal;

    @Autowired
    JdbcStreams streams;

    @Test
    void whoWaitsIsCalledAtOnceWhenSomethingArrives() throws Exception {
        var calls = new Semaphore(0);
        var source = streams.source(Stream.FINDINGS, NEVER);
        try (var stream = source.openStream(source.createHeadToken())) {
            assertThat(stream.setOnAvailableCallback(calls::release)).isTrue();
            for (int i = 0; i < 3; i++) {
                var finding = login();
                journal.append(Stream.FINDINGS, List.of(finding));
                assertThat(calls.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
                assertThat(stream.nextAvailable().getIdentifier())
                        .isEqualTo(finding.id().toString());
            }
        }
    }

    @Test
    void whatArrivedBeforeAnybodyAskedToBeCalledIsToldToo() throws Exception {
        var calls = new Semaphore(0);
        try (var stream = streams.source(Stream.FINDINGS, NEVER).openStream(null)) {
            journal.append(Stream.FINDINGS, List.of(login()));
            stream.setOnAvailableCallback(calls::release);
            assertThat(calls.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void whatAnotherProcessAppendsIsLookedForNowAndThen() throws Exception {
        var calls = new Semaphore(0);
        try (var stream = streams.source(Stream.FINDINGS, Duration.ofMillis(5)).openStream(null)) {
            stream.setOnAvailableCallback(calls::release);
            assertThat(calls.tryAcquire(3, 60, TimeUnit.SECONDS)).isTrue();
        }
    }
}
