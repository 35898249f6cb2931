package io.velvetastro.store.streams;

import static io.velvetastro.store.Logins.ELSEWHERE;
import static io.velvetastro.store.Logins.HERE;
import static io.velvetastro.store.Logins.fresh;
import static io.velvetastro.store.Logins.login;
import static io.velvetastro.store.Logins.logins;
import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.Journal;
import io.velvetastro.language.StoredBytes;
import io.velvetastro.language.Stream;
import io.velvetastro.store.OnAFreshStore;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@OnAFreshStore
class JdbcStoredBytesTest {
    @Autowired
    Journal journal;

    @Autowired
    StoredBytes bytes;

    @Autowired
    DataSource database;

    @Autowired
    PlatformTransactionManager transactions;

    @Test
    void allStreamsComeInOneOrderHoweverSmallTheSteps() {
        journal.append(Stream.TELEMETRY, logins(7));
        journal.append(Stream.FINDINGS, logins(5));
        journal.append(Stream.TELEMETRY, logins(3));
        for (int most : List.of(1, 2, 3, 1_000)) {
            var positions = new ArrayList<Long>();
            long at = 0;
            for (var chunk = bytes.behind(0, most); chunk.upTo() > at; chunk = bytes.behind(at, most)) {
                chunk.rows().forEach(row -> positions.add(row.position()));
                at = chunk.upTo();
            }
            assertThat(positions).isSorted().doesNotHaveDuplicates();
            assertThat(positions).hasSize(rows());
        }
    }

    @Test
    void nothingIsReadPastAnAppendThatHasNotEnded() throws SQLException {
        long before = bytes.behind(0, 100_000).upTo();
        new TransactionTemplate(transactions).executeWithoutResult(open -> {
            journal.append(Stream.TELEMETRY, logins(2));
            var other = Thread.ofPlatform().start(() -> journal.append(Stream.FINDINGS, logins(2)));
            try {
                other.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            var elsewhere = new ArrayList<StoredBytes.Chunk>();
            try {
                Thread.ofPlatform()
                        .start(() -> elsewhere.add(bytes.behind(before, 1_000)))
                        .join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            assertThat(elsewhere.getFirst().rows()).isEmpty();
        });
        assertThat(bytes.behind(before, 1_000).rows()).hasSize(4);
    }

    @Test
    void theBytesAreThoseInTheTable() {
        var fact = login();
        journal.append(Stream.TELEMETRY, List.of(fact));
        var id = fact.id().toString();
        long position = bytes.positions(HERE, List.of(id)).get(id);
        var row = bytes.at(HERE, List.of(position)).getFirst();
        var stored = new JdbcTemplate(database)
                .queryForObject("SELECT payload FROM store.telemetry WHERE global_index = ?", byte[].class, position);
        assertThat(row.payload()).isEqualTo(stored);
        assertThat(row.id()).isEqualTo(id);
        assertThat(row.tenant()).isEqualTo(HERE);
        assertThat(row.recordedAt().getNano() % 1_000_000).isZero();
    }

    @Test
    void anotherTenantsEventsAreNotThere() {
        var fact = login(ELSEWHERE, fresh());
        journal.append(Stream.TELEMETRY, List.of(fact));
        var id = fact.id().toString();
        long position = bytes.positions(ELSEWHERE, List.of(id)).get(id);
        assertThat(bytes.positions(HERE, List.of(id))).isEmpty();
        assertThat(bytes.at(HERE, List.of(position))).isEmpty();
        assertThat(bytes.at(ELSEWHERE, List.of(position))).hasSize(1);
    }

    @Test
    void theEventsThatNameSomebodyAreFoundNewestWithinTheLimit() {
        journal.append(Stream.TELEMETRY, logins(4));
        var everybodysPrincipal = UUID.nameUUIDFromBytes("p".getBytes());
        assertThat(bytes.naming(HERE, everybodysPrincipal, 3)).hasSize(3).isSorted();
        assertThat(bytes.naming(HERE, UUID.randomUUID(), 3)).isEmpty();
    }

    private int rows() {
        Integer rows = new JdbcTemplate(database)
                .queryForObject(
                        "SELECT (SELECT count(*) FROM store.telemetry) + (SELECT count(*) FROM store.findings) + (SELECT count(*) FROM store.decisions)",
                        Integer.class);
        return rows == null ? 0 : rows;
    }
}
