package io.velvetastro.store.secrets;

import static io.velvetastro.store.Logins.HERE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import io.velvetastro.language.Address;
import io.velvetastro.language.Attempt;
import io.velvetastro.language.BatchFollower;
import io.velvetastro.language.Envelope;
import io.velvetastro.language.EventId;
import io.velvetastro.language.Fact;
import io.velvetastro.language.Journal;
import io.velvetastro.language.LoginFailed;
import io.velvetastro.language.Pseudonyms;
import io.velvetastro.language.Seals;
import io.velvetastro.language.Stream;
import io.velvetastro.language.Telemetry;
import io.velvetastro.store.Await;
import io.velvetastro.store.OnAFreshStore;
import io.velvetastro.store.journal.Admission;
import io.velvetastro.store.journal.ServerJournal;
import io.velvetastro.store.testing.Administrator;
import io.velvetastro.store.testing.Markers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Plants personal values and looks for them wherever the store writes. */
@OnAFreshStore
@Import(NothingInClearTest.Clumsy.class)
class NothingInClearTest {
    private static final String NAME = "planted-user-alice";
    private static final String ADDRESS = "198.51.100.217";
    private static final String LINE = "planted-line-of-a-log";
    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");
    private final Markers markers = new Markers(List.of(NAME, ADDRESS, LINE));

    @Autowired
    Journal journal;

    @Autowired
    Seals seals;

    @Autowired
    Pseudonyms pseudonyms;

    @Autowired
    Administrator administrator;

    @Autowired
    JdbcClient db;

    @Autowired
    PlatformTransactionManager transactions;

    @TempDir
    Path logs;

    @Test
    void whatIsPersonalLiesNowhereInClear() throws Exception {
        var log = logEverythingTo(logs.resolve("all.log"));
        journal.append(Stream.TELEMETRY, List.of(planted(), planted()));
        Await.until("the clumsy follower has parked them", () -> count("store.dead_letters") == 2);
        onAServerThatRefusesNoDuplicate().append(Stream.TELEMETRY, List.of(planted()));
        assertThat(count("store.admission")).isEqualTo(1);
        assertThatThrownBy(() -> journal.append(Stream.TELEMETRY, List.of(unwritable())))
                .hasStackTraceContaining("Cannot write");
        log.stop();
        assertThat(markers.in(administrator.database())).isEmpty();
        assertThat(markers.in(logs)).isEmpty();
    }

    /** The control: a careless room would be found out. */
    @Test
    void whatLiesInClearIsFoundHoweverItIsSpelled() throws Exception {
        var db = administrator.db();
        db.sql("CREATE TABLE careless (plain text, bytes bytea, base64 text)").update();
        for (var before : List.of("", "x", "xy")) {
            var text = before + NAME + " and more";
            db.sql("INSERT INTO careless VALUES (NULL, NULL, ?)")
                    .param(java.util.Base64.getUrlEncoder().encodeToString(text.getBytes()))
                    .update();
            assertThat(markers.in(administrator.database())).contains("public.careless: " + NAME);
            db.sql("TRUNCATE careless").update();
        }
        db.sql("INSERT INTO careless VALUES (?, NULL, NULL)")
                .param("from " + ADDRESS)
                .update();
        assertThat(markers.in(administrator.database())).contains("public.careless: " + ADDRESS);
        db.sql("DROP TABLE careless").update();
    }

    private Fact planted() {
        var id = new EventId(UUID.randomUUID());
        var principal = pseudonyms.principal(HERE, "sshd", NAME);
        var sealed = seals.seal(
                HERE,
                principal,
                AT,
                "{\"user\":\"%s\",\"address\":\"%s\",\"line\":\"%s\"}".formatted(NAME, ADDRESS, LINE));
        var attempt = new Attempt(
                id,
                HERE,
                AT,
                "sshd",
                "ssh",
                "password",
                principal,
                pseudonyms.source(HERE, Address.of(ADDRESS)),
                "host-1",
                null,
                null,
                sealed);
        return new Fact(id, new LoginFailed(attempt, "wrong-password"), Envelope.of(HERE, "service:test", AT));
    }

    private Fact unwritable() {
        return new Fact(new EventId(UUID.randomUUID()), new Unwritable(NAME), Envelope.of(HERE, "service:test", AT));
    }

    private Journal onAServerThatRefusesNoDuplicate() {
        var events = EmbeddedEventStore.builder()
                .storageEngine(new InMemoryEventStorageEngine())
                .build();
        return new ServerJournal(events, db, transactions, new Admission(() -> 0, 1, Duration.ZERO));
    }

    private long count(String table) {
        return db.sql("SELECT count(*) FROM " + table).query(Long.class).single();
    }

    private static FileAppender<ILoggingEvent> logEverythingTo(Path file) {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%level %logger %msg%n%ex{full}");
        encoder.start();
        var appender = new FileAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setFile(file.toString());
        appender.setEncoder(encoder);
        appender.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
        context.getLogger("io.velvetastro").setLevel(Level.DEBUG);
        return appender;
    }

    @org.axonframework.serialization.Revision("1")
    record Unwritable(String name) {
        public String getTrouble() {
            throw new IllegalStateException("no");
        }
    }

    /** Opens what is sealed and then fails, with the name in its message. */
    static class Clumsy implements BatchFollower {
        private final Seals seals;

        Clumsy(Seals seals) {
            this.seals = seals;
        }

        @Override
        public String name() {
            return "clumsy";
        }

        @Override
        public Set<Stream> streams() {
            return Set.of(Stream.TELEMETRY);
        }

        @Override
        public void follow(List<? extends EventMessage<?>> batch) {
            for (var event : batch) {
                var opened = seals.open(HERE, ((Telemetry) event.getPayload()).personal())
                        .orElseThrow();
                throw new IllegalArgumentException("cannot take " + opened);
            }
        }
    }
}
