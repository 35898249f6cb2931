package io.velvetastro.decisions.post;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.decisions.TurnedClock;
import io.velvetastro.decisions.door.SealedSecrets;
import io.velvetastro.store.testing.FreshDatabase;
import java.io.IOException;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.transaction.support.TransactionTemplate;

/** A letter is sent after what made it necessary, once it can be, and then nobody reads it here any more. */
class PostmanTest {
    private final TurnedClock clock = new TurnedClock();
    private final MailServer server = new MailServer();
    private JdbcClient db;
    private TransactionTemplate transaction;
    private Outbox outbox;

    @BeforeEach
    void anOutbox() {
        var database = new DriverManagerDataSource(FreshDatabase.url());
        Flyway.configure()
                .dataSource(database)
                .schemas("identity")
                .locations("classpath:db/identity")
                .load()
                .migrate();
        db = JdbcClient.create(database);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(database));
        outbox = new Outbox(db, new SealedSecrets(new byte[32]), clock);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void aLetterIsSentAndItsWordsGo() {
        write("grace@example.org");
        var postman = postman("false");
        postman.round();
        assertThat(server.taken()).hasSize(1);
        assertThat(server.taken().getFirst())
                .contains(
                        "To: grace@example.org", "From: house@example.org", "Subject: Hello", "come to /reset#s3cret");
        assertThat(clearWords()).isZero();
        postman.round();
        assertThat(server.taken()).hasSize(1);
        assertThat(outbox.newest().getFirst().sentAt()).isNotNull();
    }

    @Test
    void aLetterThatIsTurnedAwayIsTriedAgainLater() {
        write("grace@example.org");
        var postman = postman("false");
        server.turnAway(true);
        postman.round();
        server.turnAway(false);
        postman.round();
        assertThat(server.taken()).as("not at once").isEmpty();
        clock.turnOn(Duration.ofSeconds(31));
        postman.round();
        assertThat(server.taken()).hasSize(1);
    }

    @Test
    void inClearNothingIsSentUnlessSomebodySaidSo() {
        write("grace@example.org");
        postman(null).round();
        assertThat(server.taken()).isEmpty();
        assertThat(outbox.newest().getFirst().tries()).isEqualTo(1);
    }

    @Test
    void aLetterOfNoUseAnyMoreIsNotSentAndLosesItsWords() {
        write("grace@example.org");
        clock.turnOn(Duration.ofHours(1));
        postman("false").round();
        assertThat(server.taken()).isEmpty();
        outbox.sweep();
        assertThat(clearWords()).isZero();
    }

    @Test
    void aLetterIsNotWrittenWhereWhatItTellsOfIsUndone() {
        transaction.executeWithoutResult(status -> {
            outbox.write(letter("grace@example.org"));
            status.setRollbackOnly();
        });
        assertThat(outbox.newest()).isEmpty();
        assertThatThrownBy(() -> outbox.write(letter("grace@example.org"))).hasMessageContaining("or not at all");
    }

    @Test
    void twoPostmenDoNotSendTheSameLetter() {
        write("grace@example.org");
        assertThat(outbox.take(8)).hasSize(1);
        assertThat(outbox.take(8)).isEmpty();
    }

    @Test
    void nobodyAddsAHeader() {
        assertThatThrownBy(() -> letter("grace@example.org\nBcc: eve@example.org"))
                .hasMessageContaining("header");
    }

    @Test
    void withoutAServerLettersStay() {
        write("grace@example.org");
        var postman = new Postman(outbox, null, "house@example.org");
        postman.round();
        assertThat(postman.sends()).isFalse();
        assertThat(outbox.words(outbox.newest().getFirst().id()).orElseThrow().text())
                .contains("s3cret");
        assertThat(String.valueOf(
                        db.sql("select row_to_json(l)::text || encode(words, 'escape') from identity.letter l")
                                .query(String.class)
                                .single()))
                .doesNotContain("s3cret");
    }

    private void write(String to) {
        transaction.executeWithoutResult(status -> outbox.write(letter(to)));
    }

    private static Letter letter(String to) {
        return new Letter("notice", to, "Hello", "come to /reset#s3cret\n", Duration.ofHours(1));
    }

    private Postman postman(@org.jspecify.annotations.Nullable String startTlsRequired) {
        var sender = new JavaMailSenderImpl();
        sender.setHost("127.0.0.1");
        sender.setPort(server.port());
        if (startTlsRequired != null)
            sender.getJavaMailProperties().setProperty("mail.smtp.starttls.required", startTlsRequired);
        return new Postman(outbox, sender, "house@example.org");
    }

    private int clearWords() {
        return db.sql("select count(*) from identity.letter where words is not null")
                .query(Integer.class)
                .single();
    }
}
