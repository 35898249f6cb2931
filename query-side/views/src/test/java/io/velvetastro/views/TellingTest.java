package io.velvetastro.views;

import static io.velvetastro.views.Stories.tenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.velvetastro.language.TenantId;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.Socket;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.SocketFactory;
import javax.sql.DataSource;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** All questions here share one connection: what one of them left behind, the next would find. */
@OnTheReadHouse
class TellingTest {
    private static final TenantId HERE = tenant("told of");
    private static final TenantId THERE = tenant("told of later");
    private static final String WHO = "select current_setting('velvet.tenant')";

    @Autowired
    @Walled
    private DataSource walled;

    private HikariDataSource one;
    private Readers readers;

    @BeforeEach
    void oneConnection() throws SQLException {
        var config = new HikariConfig();
        walled.unwrap(HikariDataSource.class).copyStateTo(config);
        config.setPoolName("one");
        config.setMaximumPoolSize(1);
        config.addDataSourceProperty("socketFactory", RoundTrips.class.getName());
        one = new HikariDataSource(config);
        readers = new Readers(one);
    }

    @AfterEach
    void close() {
        one.close();
    }

    /** What a test does with the connection of a question. */
    private interface Asked<T> {
        T with(Connection connection) throws SQLException;
    }

    private <T> T ask(TenantId tenant, Asked<T> question) throws SQLException {
        return readers.<T, SQLException>ask(
                tenant, () -> question.with(readers.connections().acquire()));
    }

    private static String who(Connection connection) throws SQLException {
        try (var asking = connection.prepareStatement(WHO)) {
            return only(asking.executeQuery());
        }
    }

    private static String only(ResultSet row) throws SQLException {
        try (row) {
            assertThat(row.next()).isTrue();
            var found = row.getString(1);
            assertThat(row.next()).isFalse();
            return found;
        }
    }

    @Test
    void sayingWhoAsksTakesNoRoundTripOfItsOwn() throws SQLException {
        for (int statements = 1; statements <= 3; statements++) {
            int asked = statements;
            int trips = ask(HERE, connection -> {
                int before = RoundTrips.SEEN.get();
                for (int i = 0; i < asked; i++) assertThat(who(connection)).isEqualTo(HERE.toString());
                return RoundTrips.SEEN.get() - before;
            });
            assertThat(trips).isEqualTo(statements);
        }
    }

    @Test
    void aStatementOfAnotherKindIsToldBeforeAndThatIsSeen() throws SQLException {
        int trips = ask(HERE, connection -> {
            int before = RoundTrips.SEEN.get();
            try (var plain = connection.createStatement()) {
                assertThat(only(plain.executeQuery(WHO))).isEqualTo(HERE.toString());
            }
            return RoundTrips.SEEN.get() - before;
        });
        assertThat(trips).isEqualTo(2);
        var scrolling = ask(HERE, connection -> {
            try (var asking =
                    connection.prepareStatement(WHO, ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY)) {
                return only(asking.executeQuery());
            }
        });
        assertThat(scrolling).isEqualTo(HERE.toString());
    }

    @Test
    void organisationsInTurnAreEachTheirOwnHoweverOftenTheStatementWasPrepared() throws SQLException {
        for (int i = 0; i < 20; i++) {
            var asking = i % 2 == 0 ? HERE : THERE;
            var known = ask(asking, TellingTest::who);
            assertThat(known).isEqualTo(asking.toString());
        }
    }

    @Test
    void whatWasToldEndsWithItsQuestion() throws SQLException {
        ask(HERE, TellingTest::who);
        try (var pooled = one.getConnection();
                var asking = pooled.prepareStatement("select coalesce(current_setting('velvet.tenant', true), '')")) {
            assertThat(only(asking.executeQuery())).isEmpty();
        }
        assertNobodyIsKnown();
    }

    @ParameterizedTest
    @ValueSource(strings = {"select 1 / 0", "select * from views.nothing", "selec", "select 1; select 1 / 0"})
    void aFirstStatementThatFailsLeavesNothing(String failing) throws SQLException {
        ask(HERE, connection -> {
            try (var asking = connection.prepareStatement(failing)) {
                assertThatThrownBy(asking::execute).isInstanceOf(SQLException.class);
            }
            assertThatThrownBy(() -> who(connection))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            aborted -> assertThat(aborted.getSQLState()).isEqualTo("25P02"));
            return "";
        });
        assertNobodyIsKnown();
        var next = ask(THERE, TellingTest::who);
        assertThat(next).isEqualTo(THERE.toString());
    }

    @Test
    void aParameterThatIsMissingSendsNothing() throws SQLException {
        ask(HERE, connection -> {
            try (var asking = connection.prepareStatement("select ?::int, ?::int")) {
                asking.setInt(1, 1);
                assertThatThrownBy(asking::executeQuery).isInstanceOf(SQLException.class);
                asking.setInt(2, 2);
                asking.executeQuery().close();
            }
            assertThat(who(connection)).isEqualTo(HERE.toString());
            return "";
        });
    }

    @Test
    void whoRollsBackWithinAQuestionIsKnownNoMore() throws SQLException {
        ask(HERE, connection -> {
            who(connection);
            connection.rollback();
            assertThatThrownBy(() -> rows(connection, "select * from views.attack"))
                    .isInstanceOf(SQLException.class);
            return "";
        });
    }

    @Test
    void aStatementDoesNotOutliveItsQuestion() throws SQLException {
        var kept = ask(HERE, connection -> connection.prepareStatement(WHO));
        assertThatThrownBy(kept::executeQuery).isInstanceOf(SQLException.class);
    }

    private static final String EVERY_KIND =
            "select ?::int, ?::bigint, ?::smallint, ?::text, ?::boolean, ?::numeric, ?::float8, ?::float4, encode(?::bytea, 'hex'), ?::uuid, ?::timestamptz, ?::date, ?::text[], ?::jsonb, ?::text, ?::numeric, ?::text, ?::text, ?::text";

    private static List<String> everyKind(Connection connection) throws SQLException {
        try (var asking = connection.prepareStatement(EVERY_KIND)) {
            asking.setInt(1, 1);
            asking.setLong(2, 2);
            asking.setShort(3, (short) 3);
            asking.setString(4, "'; select 4 --");
            asking.setBoolean(5, true);
            asking.setBigDecimal(6, new BigDecimal("6.6"));
            asking.setDouble(7, 7.7);
            asking.setFloat(8, 8.5f);
            asking.setBytes(9, new byte[] {9});
            asking.setObject(10, new UUID(1, 0));
            asking.setObject(11, OffsetDateTime.parse("2026-11-11T11:11:11Z"));
            asking.setDate(12, Date.valueOf(LocalDate.of(2026, 12, 12)));
            asking.setArray(13, connection.createArrayOf("text", new String[] {"13", "thirteen"}));
            asking.setObject(14, "{\"a\": 14}", Types.OTHER);
            asking.setNull(15, Types.VARCHAR);
            asking.setObject(16, "16.16", Types.NUMERIC, 2);
            asking.setNull(17, Types.OTHER);
            asking.setObject(18, null);
            asking.setString(19, "?");
            return row(asking.executeQuery());
        }
    }

    private static List<String> row(ResultSet row) throws SQLException {
        try (row) {
            assertThat(row.next()).isTrue();
            var values = new ArrayList<String>();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) values.add(String.valueOf(row.getString(i)));
            return values;
        }
    }

    @Test
    void theFirstStatementUnderstandsParametersOfEveryKindLikeAnyOther() throws SQLException {
        for (int prepared = 0; prepared < 8; prepared++)
            ask(HERE, connection -> {
                var first = everyKind(connection);
                assertThat(first).isEqualTo(everyKind(connection)).hasSize(19).contains("'; select 4 --", "09");
                return "";
            });
    }

    @Test
    void whatTakesMoreThanAValueTakesItsPlaceFirst() {
        var setters = Arrays.stream(PreparedStatement.class.getMethods())
                .filter(method -> method.getName().startsWith("set"))
                .toList();
        assertThat(setters.stream().filter(method -> method.getParameterCount() > 1))
                .hasSizeGreaterThan(40)
                .allMatch(method -> method.getParameterTypes()[0] == int.class);
        assertThat(setters.stream()
                        .filter(method -> method.getParameterCount() == 1)
                        .map(Method::getName))
                .as("these name no parameter")
                .containsOnly(
                        "setMaxRows",
                        "setLargeMaxRows",
                        "setMaxFieldSize",
                        "setQueryTimeout",
                        "setFetchSize",
                        "setFetchDirection",
                        "setPoolable",
                        "setCursorName",
                        "setEscapeProcessing");
    }

    @Test
    void severalAnswersAreReadFromTheFirstOneThatWasAskedFor() throws SQLException {
        ask(HERE, connection -> {
            try (var asking = connection.prepareStatement("select ?; select ?")) {
                asking.setString(1, "one");
                asking.setString(2, "two");
                assertThat(asking.execute()).isTrue();
                assertThat(only(asking.getResultSet())).isEqualTo("one");
                assertThat(asking.getMoreResults()).isTrue();
                assertThat(only(asking.getResultSet())).isEqualTo("two");
                assertThat(asking.getMoreResults()).isFalse();
                assertThat(asking.getUpdateCount()).isEqualTo(-1);
            }
            return "";
        });
        var many = readers.ask(
                HERE,
                () -> DSL.using(readers.connections(), SQLDialect.POSTGRES).fetchMany("select 1; select 2"));
        assertThat(many.stream().map(result -> result.getValue(0, 0))).containsExactly(1, 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 1_000})
    void theFirstStatementMayBeReadBitByBit(int fetchSize) throws SQLException {
        for (int prepared = 0; prepared < 8; prepared++) {
            int read = ask(HERE, connection -> {
                try (var asking = connection.prepareStatement(
                        "select n || current_setting('velvet.tenant') from generate_series(1, ?) n")) {
                    asking.setFetchSize(fetchSize);
                    asking.setInt(1, 50);
                    int rows = 0;
                    try (var found = asking.executeQuery()) {
                        while (found.next()) assertThat(found.getString(1)).isEqualTo(++rows + HERE.toString());
                    }
                    assertThat(who(connection)).isEqualTo(HERE.toString());
                    return rows;
                }
            });
            assertThat(read).isEqualTo(50);
        }
    }

    @Test
    void bitByBitReallyIsInSeveralRoundTrips() throws SQLException {
        int trips = ask(HERE, connection -> {
            int before = RoundTrips.SEEN.get();
            rows(connection, "select * from generate_series(1, 50)", 10);
            return RoundTrips.SEEN.get() - before;
        });
        assertThat(trips).isGreaterThanOrEqualTo(5);
    }

    @Test
    void theMostRowsAreThoseOfTheAnswer() throws SQLException {
        int read = ask(HERE, connection -> {
            try (var asking = connection.prepareStatement("select * from generate_series(1, 50)")) {
                asking.setMaxRows(3);
                return count(asking.executeQuery());
            }
        });
        assertThat(read).isEqualTo(3);
    }

    @Test
    void aStatementIsUsedAgainWithOtherValues() throws SQLException {
        ask(HERE, connection -> {
            try (var asking = connection.prepareStatement("select ? || current_setting('velvet.tenant')")) {
                for (var value : List.of("a", "b", "c", "d", "e", "f", "g")) {
                    asking.setString(1, value);
                    assertThat(only(asking.executeQuery())).isEqualTo(value + HERE);
                }
            }
            return "";
        });
    }

    @Test
    void twoThatWerePreparedBeforeEitherWasAskedBothKnow() throws SQLException {
        ask(HERE, connection -> {
            try (var first = connection.prepareStatement(WHO);
                    var second = connection.prepareStatement(WHO)) {
                assertThat(only(second.executeQuery())).isEqualTo(HERE.toString());
                assertThat(only(first.executeQuery())).isEqualTo(HERE.toString());
            }
            return "";
        });
    }

    @Test
    void whatCannotBeDoneToTwoStatementsAtOnceIsRefused() throws SQLException {
        ask(HERE, connection -> {
            try (var asking = connection.prepareStatement("select ?")) {
                assertRefused(asking::addBatch);
                assertRefused(asking::executeBatch);
                assertRefused(asking::executeLargeBatch);
                assertRefused(asking::executeUpdate);
                assertRefused(asking::executeLargeUpdate);
                assertRefused(asking::clearParameters);
                assertRefused(asking::getMetaData);
                assertRefused(asking::getParameterMetaData);
                assertRefused(() -> asking.execute(WHO));
                assertRefused(() -> asking.executeQuery(WHO));
                assertRefused(() -> asking.addBatch(WHO));
            }
            return "";
        });
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable doing) {
        assertThatThrownBy(doing).isInstanceOf(SQLFeatureNotSupportedException.class);
    }

    private void assertNobodyIsKnown() throws SQLException {
        try (var pooled = one.getConnection()) {
            pooled.setAutoCommit(false);
            assertThatThrownBy(() -> rows(pooled, "select * from views.attack")).isInstanceOf(SQLException.class);
        }
    }

    private static int rows(Connection connection, String sql) throws SQLException {
        return rows(connection, sql, 0);
    }

    private static int rows(Connection connection, String sql, int fetchSize) throws SQLException {
        try (var asking = connection.prepareStatement(sql)) {
            asking.setFetchSize(fetchSize);
            return count(asking.executeQuery());
        }
    }

    private static int count(ResultSet found) throws SQLException {
        try (found) {
            int rows = 0;
            while (found.next()) rows++;
            return rows;
        }
    }

    /** The driver flushes once before it waits. */
    public static final class RoundTrips extends SocketFactory {
        static final AtomicInteger SEEN = new AtomicInteger();

        @Override
        public Socket createSocket() {
            return new Socket() {
                @Override
                public OutputStream getOutputStream() throws IOException {
                    return new FilterOutputStream(super.getOutputStream()) {
                        @Override
                        public void write(byte[] bytes, int from, int length) throws IOException {
                            out.write(bytes, from, length);
                        }

                        @Override
                        public void flush() throws IOException {
                            SEEN.incrementAndGet();
                            out.flush();
                        }
                    };
                }
            };
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return new Socket(host, port);
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
            return new Socket(host, port, from, fromPort);
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return new Socket(host, port);
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
            return new Socket(host, port, from, fromPort);
        }
    }
}
