package io.velvetastro.decisions.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.decisions.Eventually;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

class PasswordsTest {
    private static final Email GRACE = new Email("grace@example.org");

    @Test
    void aHashFitsItsPasswordAndNoOther() {
        try (var passwords = new Passwords()) {
            var phc = passwords.hash("correct horse");
            assertThat(phc).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain("correct");
            assertThat(passwords.fits("correct horse", phc)).isTrue();
            assertThat(passwords.fits("Correct horse", phc)).isFalse();
            assertThat(passwords.isOutdated(phc)).isFalse();
            assertThat(passwords.isOutdated(new Argon2PasswordEncoder(16, 32, 1, 1024, 1).encode("x")))
                    .isTrue();
        }
    }

    @Test
    void nobodysPasswordNeverFits() {
        try (var passwords = new Passwords()) {
            assertThat(passwords.fits("nobody has this password", null)).isFalse();
        }
    }

    @Test
    void aFloodIsToldToComeBackAndThoseWhoWaitAreServed() throws Exception {
        var begin = new CountDownLatch(1);
        var slow = new Argon2PasswordEncoder(16, 32, 1, 1024, 1) {
            @Override
            protected boolean matchesNonNull(String password, String phc) {
                try {
                    begin.await();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
                return super.matchesNonNull(password, phc);
            }
        };
        try (var passwords = new Passwords(slow, 1, 2);
                var people = Executors.newVirtualThreadPerTaskExecutor()) {
            var flood = new ArrayList<Future<Boolean>>();
            for (int i = 0; i < 10; i++) flood.add(people.submit(() -> passwords.fits("x", null)));
            // One is being checked and two wait; the other seven are answered although nobody is done yet.
            Eventually.holds(
                    () -> flood.stream().filter(PasswordsTest::isTurnedAway).count() == 7);
            begin.countDown();
            for (var one : flood) if (!isTurnedAway(one)) assertThat(one.get()).isFalse();
            assertThat(flood.stream().filter(PasswordsTest::isTurnedAway).map(Future::exceptionNow))
                    .allSatisfy(why -> assertThat(((NotNow) why).because()).isEqualTo(NotNow.Because.BUSY));
        }
    }

    @Test
    void whomTheHouseKnowsDoesNotWaitBehindAFlood() throws Exception {
        var begin = new CountDownLatch(1);
        var slowForOne = new Argon2PasswordEncoder(16, 32, 1, 1024, 1) {
            @Override
            protected boolean matchesNonNull(String password, String phc) {
                try {
                    if (password.equals("flood")) begin.await();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
                return super.matchesNonNull(password, phc);
            }
        };
        try (var passwords = new Passwords(slowForOne, 1, 2);
                var people = Executors.newVirtualThreadPerTaskExecutor()) {
            var phc = passwords.hash("mine");
            var flood = new ArrayList<Future<Boolean>>();
            for (int i = 0; i < 4; i++) flood.add(people.submit(() -> passwords.fits("flood", null)));
            Eventually.holds(
                    () -> flood.stream().filter(PasswordsTest::isTurnedAway).count() == 1);
            assertThat(passwords.fitsOfKnown(GRACE, "mine", phc)).isTrue();
            begin.countDown();
        }
    }

    @Test
    void whoKnowsOnePasswordDoesNotFillTheLineOfAllWhomTheHouseKnows() throws Exception {
        var begin = new CountDownLatch(1);
        var slowForOne = new Argon2PasswordEncoder(16, 32, 1, 1024, 1) {
            @Override
            protected boolean matchesNonNull(String password, String phc) {
                try {
                    if (password.equals("flood")) begin.await();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
                return super.matchesNonNull(password, phc);
            }
        };
        try (var passwords = new Passwords(slowForOne, 1, 9);
                var people = Executors.newVirtualThreadPerTaskExecutor()) {
            var phc = passwords.hash("mine");
            var eve = new Email("Eve@example.org");
            var flood = new ArrayList<Future<Boolean>>();
            for (int i = 0; i < 10; i++) flood.add(people.submit(() -> passwords.fitsOfKnown(eve, "flood", phc)));
            Eventually.holds(
                    () -> flood.stream().filter(PasswordsTest::isTurnedAway).count() == 6);
            assertThat(flood.stream().filter(PasswordsTest::isTurnedAway).map(Future::exceptionNow))
                    .allSatisfy(why -> assertThat(((NotNow) why).because()).isEqualTo(NotNow.Because.TOO_MANY_TRIES));
            var graces = people.submit(() -> passwords.fitsOfKnown(GRACE, "mine", phc));
            begin.countDown();
            assertThat(graces.get()).isTrue();
            for (var one : flood) if (!isTurnedAway(one)) assertThat(one.get()).isFalse();
            assertThat(passwords.fitsOfKnown(eve, "mine", phc))
                    .as("their places are free again")
                    .isTrue();
        }
    }

    private static boolean isTurnedAway(Future<Boolean> one) {
        return one.state() == Future.State.FAILED;
    }
}
