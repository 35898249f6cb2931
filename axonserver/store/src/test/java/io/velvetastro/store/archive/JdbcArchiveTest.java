package io.velvetastro.store.archive;

import static io.velvetastro.store.Logins.ELSEWHERE;
import static io.velvetastro.store.Logins.HERE;
import static io.velvetastro.store.Logins.login;
import static io.velvetastro.store.Logins.logins;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.language.DefenseEvent.RuleLifted;
import io.velvetastro.language.Envelope;
import io.velvetastro.language.EventArchive;
import io.velvetastro.language.EventId;
import io.velvetastro.language.Fact;
import io.velvetastro.language.Journal;
import io.velvetastro.language.Network;
import io.velvetastro.language.RuleId;
import io.velvetastro.language.Stream;
import io.velvetastro.store.OnAFreshStore;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@OnAFreshStore
class JdbcArchiveTest {
    @Autowired
    EventArchive archive;

    @Autowired
    Journal journal;

    @Autowired
    EventBus events;

    @Test
    void anEventIsFoundInWhicheverStreamItIs() {
        var seen = login();
        var found = login();
        journal.append(Stream.TELEMETRY, List.of(seen));
        journal.append(Stream.FINDINGS, List.of(found));
        var decided = decide();
        var read = archive.read(HERE, List.of(seen.id(), found.id(), decided));
        assertThat(read).extracting(EventArchive.StoredEvent::id).containsExactly(seen.id(), found.id(), decided);
        assertThat(read)
                .extracting(EventArchive.StoredEvent::stream)
                .containsExactly(Stream.TELEMETRY, Stream.FINDINGS, Stream.DECISIONS);
        assertThat(read.getFirst().payload())
                .contains("\"wrong-password\"")
                .contains(seen.id().toString());
        assertThat(read.getFirst().envelope()).contains(HERE.toString());
    }

    @Test
    void anotherTenantsEventIsAsIfItWereNotThere() {
        var ids = List.of(appended(login()), decide(), new EventId(UUID.randomUUID()));
        assertThat(archive.read(ELSEWHERE, ids)).isEmpty();
    }

    @Test
    void noCallerTakesTheWholeStore() {
        assertThatThrownBy(() ->
                        archive.read(HERE, logins(201).stream().map(Fact::id).toList()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private EventId appended(Fact fact) {
        journal.append(Stream.TELEMETRY, List.of(fact));
        return fact.id();
    }

    private EventId decide() {
        var lifted =
                new RuleLifted(new RuleId(UUID.randomUUID()), HERE, Network.of("192.0.2.1"), "enough", Instant.EPOCH);
        var event = new GenericEventMessage<>(lifted, MetaData.from(Envelope.of(HERE, "member:1", Instant.EPOCH)));
        events.publish(event);
        return EventId.of(event.getIdentifier());
    }
}
