package io.velvetastro.decisions.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.decisions.TurnedClock;
import io.velvetastro.language.Caller;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.Plan;
import io.velvetastro.language.Role;
import io.velvetastro.language.TenantId;
import io.velvetastro.store.testing.FreshDatabase;
import java.time.Duration;
import java.time.LocalTime;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.ErrorResponseException;

/** A day's events end where the plan says, however many send at once and from however many processes. */
class DaysEventsTest {
    private static final PGSimpleDataSource DATABASE = new PGSimpleDataSource();
    private final TurnedClock clock = new TurnedClock();
    private final Caller caller = caller(Plan.FREE);

    @BeforeAll
    static void tables() {
        DATABASE.setUrl(FreshDatabase.url());
        DATABASE.setUser("postgres");
        Flyway.configure()
                .dataSource(DATABASE)
                .schemas("identity")
                .locations("classpath:db/identity")
                .load()
                .migrate();
    }

    @BeforeEach
    void noon() { // At midnight a day's events begin anew, and some run comes past it.
        clock.turnOn(Duration.ofHours(36).minusNanos(LocalTime.now(clock).toNanoOfDay()));
    }

    private static Caller caller(Plan plan) {
        return new Caller(
                new TenantId(UUID.randomUUID()),
                new MemberId(UUID.randomUUID()),
                Role.IT_SECURITY,
                "N",
                "n@example.org",
                "O",
                plan);
    }

    private DaysEvents process() {
        return new DaysEvents(JdbcClient.create(DATABASE), clock);
    }

    @Test
    void manyAtOnceFromTwoProcessesNeverSendMoreThanThePlanHas() throws Exception {
        var processes = new DaysEvents[] {process(), process()};
        var stored = new AtomicLong();
        Callable<Boolean> send = () -> {
            var day = processes[Thread.currentThread().hashCode() & 1].of(caller);
            while (true) {
                try {
                    day.take(700);
                } catch (ErrorResponseException full) {
                    return true;
                }
                stored.addAndGet(690);
                day.giveBack(10);
            }
        };
        try (var threads = Executors.newFixedThreadPool(16)) {
            threads.invokeAll(IntStream.range(0, 16).mapToObj(i -> send).toList());
        }
        assertThat(stored.get()).isLessThanOrEqualTo(Plan.FREE.eventsADay()).isGreaterThan(98_000);
    }

    @Test
    void aFullDayIsSaidWithTheTimeUntilTheNextAndTheNextBeginsAnew() {
        var day = process().of(caller);
        day.take(100_000);
        assertThatThrownBy(() -> day.take(1)).isInstanceOfSatisfying(ErrorResponseException.class, full -> {
            assertThat(full.getStatusCode().value()).isEqualTo(429);
            assertThat(Long.parseLong(String.valueOf(full.getHeaders().getFirst("Retry-After"))))
                    .isBetween(1L, 86_400L);
            assertThat(full.getBody().getDetail()).contains("100000", "stays");
        });
        clock.turnOn(Duration.ofDays(1));
        day.take(1);
    }

    @Test
    void whatIsTakenAheadIsNotShownAsSent() {
        var process = process();
        process.of(caller).take(3);
        assertThat(process.sentToday(caller.tenant())).isEqualTo(3);
        process.of(caller).giveBack(1);
        assertThat(process.sentToday(caller.tenant())).isEqualTo(2);
    }

    @Test
    void aPlanWithoutAnEndIsCountedAllTheSame() {
        var large = caller(Plan.ENTERPRISE);
        var process = process();
        process.of(large).take(1_000_000);
        assertThat(process.sentToday(large.tenant())).isEqualTo(1_000_000);
    }
}
