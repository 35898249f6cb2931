package io.velvetastro.decisions.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.language.Address;
import io.velvetastro.language.MemberId;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Whoever guesses waits, and nobody else; in every process, and after a restart. */
class GuessingBrakeTest extends Door {
    private static final Address ONE = Address.of("203.0.113.1");
    private static final Address OTHER = Address.of("203.0.113.2");

    private GuessingBrake brake;

    @Autowired
    PlatformTransactionManager transactions;

    @BeforeEach
    void nobodyHasTried() {
        db.sql("delete from identity.tries").update();
        brake = another();
    }

    /** As another process has one, or this one after a restart. */
    private GuessingBrake another() {
        return new GuessingBrake(new TryCounts(db, keys.secretFor("tries"), transactions), clock);
    }

    @Test
    void anotherProcessOrARestartForgetsNoTry() {
        for (int i = 0; i < 5; i++) brake.beforeTrying("grace", ONE);
        var other = another();
        assertThatThrownBy(() -> brake.beforeTrying("grace", ONE)).isInstanceOf(NotNow.class);
        assertThatThrownBy(() -> other.beforeTrying("grace", ONE)).isInstanceOf(NotNow.class);
    }

    @Test
    void whatWasNotTriedIsNoTryOfTheAccount() {
        var grace = new Email("grace@example.org");
        for (int i = 0; i < 25; i++) {
            var from = new Origin(Address.of("203.0.113." + (10 + i)), null, "device", true);
            brake.beforeSigningIn(grace, from, true);
            brake.notTried(grace, from, true);
            brake.beforeSigningIn(grace, from, false);
            brake.notTried(grace, from, false);
        }
        var from = new Origin(ONE, null, "device", true);
        assertThatCode(() -> brake.beforeSigningIn(grace, from, true)).doesNotThrowAnyException();
        assertThatCode(() -> brake.beforeSigningIn(grace, from, false)).doesNotThrowAnyException();
    }

    @Test
    void whoHasAWholeNetworkOfAddressesIsOneWhoTries() {
        int through = 0;
        try {
            for (; through < 1_000; through++)
                brake.beforeSigningIn(
                        new Email("nobody" + through + "@somewhere" + through % 7 + ".example"),
                        new Origin(Address.of("2001:db8:1:" + Integer.toHexString(through) + "::1"), null, "d", false),
                        false);
        } catch (NotNow wait) {
            assertThat(wait.because()).isEqualTo(NotNow.Because.TOO_MANY_TRIES);
        }
        assertThat(through).isBetween(100, 140);
    }

    @Test
    void ofManyProcessesThatTryAtOnceFewGetThrough() throws Exception {
        var brakes = Stream.generate(this::another).limit(4).toList();
        var through = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 60; i++) {
                var mine = brakes.get(i % 4);
                threads.submit(() -> {
                    mine.beforeTrying("grace", ONE);
                    return through.incrementAndGet();
                });
            }
        }
        assertThat(through).hasValue(5);
    }

    @Test
    void whatIsUndoneAroundItStaysTried() {
        for (int i = 0; i < 5; i++)
            new TransactionTemplate(transactions).executeWithoutResult(status -> {
                brake.beforeTrying("grace", ONE);
                status.setRollbackOnly();
            });
        assertThatThrownBy(() -> brake.beforeTrying("grace", ONE)).isInstanceOf(NotNow.class);
    }

    @Test
    void whatTimeHasForgivenIsSweptOutAndNothingElse() {
        brake.beforeTrying("grace", ONE);
        var counts = new TryCounts(db, keys.secretFor("tries"), transactions);
        clock.turnOn(Duration.ofSeconds(11));
        counts.forgetBefore(clock.instant());
        assertThat(rows())
                .as("the address is forgiven in 10 s, the account in 5 minutes")
                .isEqualTo(1);
        clock.turnOn(Duration.ofMinutes(5));
        counts.forgetBefore(clock.instant());
        assertThat(rows()).isZero();
    }

    @Test
    void nobodyCanReadWhoTried() {
        brake.beforeTrying("grace@acme.example", ONE);
        assertThat(db.sql("select string_agg(t::text, ' ') from identity.tries t")
                        .query(String.class)
                        .single())
                .doesNotContain("grace", ONE.text());
    }

    private int rows() {
        return db.sql("select count(*) from identity.tries")
                .query(Integer.class)
                .single();
    }

    @Test
    void someTriesAreFreeAndEachFurtherOneCostsTwiceTheWait() {
        for (int i = 0; i < 5; i++) brake.beforeTrying("grace", ONE);
        var waits = new long[6];
        for (int i = 0; i < waits.length; i++) {
            waits[i] = waitFor("grace", ONE).toSeconds() + 1;
            clock.turnOn(Duration.ofSeconds(waits[i]));
            brake.beforeTrying("grace", ONE);
        }
        assertThat(waits).containsExactly(1, 2, 4, 8, 16, 32);
    }

    @Test
    void whoeverGuessesFromAfarLocksNobodyElseOut() {
        guessUntilRefused("grace", ONE);
        assertThatCode(() -> brake.beforeTrying("grace", OTHER)).doesNotThrowAnyException();
    }

    @Test
    void oneAddressCannotTryManyAccounts() {
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 40; i++) brake.beforeTrying("person " + i, ONE);
                })
                .isInstanceOf(NotNow.class);
    }

    @Test
    void manyMachinesCannotTryManyAccountsOfOneOrganisation() {
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 230; i++) brake.beforeSigningIn(email(i), from(i), false);
                })
                .isInstanceOf(NotNow.class);
        assertThatCode(() -> brake.beforeSigningIn(new Email("grace@elsewhere.example"), from(900), false))
                .doesNotThrowAnyException();
        assertThatCode(() -> brake.beforeSigningIn(email(1), from(901), true)).doesNotThrowAnyException();
    }

    @Test
    void manyMachinesCannotTryOneAccountAndItsOwnersDeviceIsNotHeldUp() {
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 30; i++) brake.beforeSigningIn(email(1), from(i), false);
                })
                .isInstanceOf(NotNow.class);
        for (int i = 0; i < 5; i++) brake.beforeSigningIn(email(1), from(7), true);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 5; i++) brake.beforeSigningIn(email(1), from(7), true);
                })
                .as("a known device that guesses waits too")
                .isInstanceOf(NotNow.class);
    }

    @Test
    void whoKnowsAPasswordSignsInAtAPaceToo() {
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 200; i++) {
                        brake.beforeSigningIn(email(1), from(i % 5), true);
                        brake.signedIn(email(1), from(i % 5), true);
                    }
                })
                .isInstanceOf(NotNow.class);
        assertThatCode(() -> brake.beforeSigningIn(email(2), from(1), true)).doesNotThrowAnyException();
        clock.turnOn(Duration.ofMinutes(2));
        assertThatCode(() -> brake.beforeSigningIn(email(1), from(1), true)).doesNotThrowAnyException();
        var grace = new MemberId(UUID.randomUUID());
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 200; i++) {
                        brake.beforeTrying(grace);
                        brake.succeeded(grace);
                    }
                })
                .as("also inside")
                .isInstanceOf(NotNow.class);
    }

    private static Email email(int person) {
        return new Email("person" + person + "@acme.example");
    }

    private static Origin from(int machine) {
        return new Origin(
                Address.of("2001:db8:" + Integer.toHexString(machine + 1) + "::1"), null, "device" + machine, true);
    }

    @Test
    void aWholeIpv6NeighbourhoodCountsAsOne() {
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 40; i++)
                        brake.beforeTrying("person " + i, Address.of("2001:db8::" + Integer.toHexString(i + 1)));
                })
                .isInstanceOf(NotNow.class);
    }

    @Test
    void aClockThatGoesBackKeepsNobodyWaitingUntilItHasComeRoundAgain() {
        clock.turnOn(Duration.ofHours(25));
        brake.beforeTrying("ada", ONE);
        guessUntilRefused("grace", ONE);
        clock.turnOn(Duration.ofHours(-27));

        assertThatCode(() -> brake.beforeTrying("ada", ONE)).doesNotThrowAnyException();
        assertThat(waitFor("grace", ONE)).isBetween(Duration.ofMillis(1), Duration.ofMinutes(15));
    }

    @Test
    void theRightPasswordForgivesTheWrongOnesBefore() {
        for (int i = 0; i < 20; i++) {
            for (int j = 0; j < 4; j++) brake.beforeTrying("grace", ONE);
            brake.succeeded("grace", ONE);
            clock.turnOn(Duration.ofMinutes(1));
        }
    }

    @Test
    void timeForgives() {
        guessUntilRefused("grace", ONE);
        clock.turnOn(Duration.ofMinutes(30));
        for (int i = 0; i < 5; i++) brake.beforeTrying("grace", ONE);
    }

    private void guessUntilRefused(String account, Address from) {
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 40; i++) brake.beforeTrying(account, from);
                })
                .isInstanceOf(NotNow.class);
    }

    private Duration waitFor(String account, Address from) {
        try {
            brake.beforeTrying(account, from);
            return Duration.ofSeconds(-1);
        } catch (NotNow notNow) {
            return notNow.retryAfter();
        }
    }
}
