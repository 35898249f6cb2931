package io.velvetastro.decisions.identity;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/**
 * Hashes and checks passwords with Argon2id. Each check takes 19 MiB and some 50 ms on purpose, so only a few run at once and only a few wait: a flood of sign-ins is told to come back, and takes
 * neither the memory nor the cores of those who are inside. Whom the house knows, by their device, their session or a letter's link, waits in a line of their own, where nobody takes more than four
 * places: whoever knows one password does not stand before all the others.
 */
class Passwords implements AutoCloseable {
    static final int LONGEST = 256;
    private static final int AT_ONCE = 2;
    private static final int WAITING = 32;
    private static final int KNOWN_AT_ONCE = 1;
    private static final int KNOWN_OF_ONE = 4;
    private static final Duration COME_BACK_IN = Duration.ofSeconds(2);

    private final Argon2PasswordEncoder argon2;
    private final ThreadPoolExecutor strangers;
    private final ThreadPoolExecutor known;
    private final ConcurrentMap<String, Integer> placesOf = new ConcurrentHashMap<>();
    private final String nobodys;

    Passwords() {
        this(new Argon2PasswordEncoder(16, 32, 1, 19 * 1024, 2), AT_ONCE, WAITING);
    }

    Passwords(Argon2PasswordEncoder argon2, int atOnce, int waiting) {
        this.argon2 = argon2;
        this.strangers = line("argon2-", atOnce, waiting);
        this.known = line("argon2-known-", KNOWN_AT_ONCE, waiting);
        this.nobodys = argon2.encode("nobody has this password");
    }

    private static ThreadPoolExecutor line(String name, int atOnce, int waiting) {
        return new ThreadPoolExecutor(
                atOnce,
                atOnce,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(waiting),
                Thread.ofPlatform().name(name, 0).daemon().factory());
    }

    String hash(String password) {
        return in(known, () -> argon2.encode(password));
    }

    /** @param whose password it will be */
    String hash(Email whose, String password) {
        return inLineOf(whose, () -> hash(password));
    }

    /** Whether a stranger's password fits; checking against no hash takes as long and never fits. */
    boolean fits(String password, @Nullable String phc) {
        return fits(strangers, password, phc);
    }

    /** The same for whom the house knows already: no flood of strangers stands before them. */
    boolean fitsOfKnown(Email whose, String password, @Nullable String phc) {
        return inLineOf(whose, () -> fits(known, password, phc));
    }

    private <T> T inLineOf(Email whose, Supplier<T> work) {
        try {
            if (placesOf.merge(whose.key(), 1, Integer::sum) > KNOWN_OF_ONE)
                throw new NotNow(NotNow.Because.TOO_MANY_TRIES, COME_BACK_IN);
            return work.get();
        } finally {
            placesOf.computeIfPresent(whose.key(), (key, places) -> places == 1 ? null : places - 1);
        }
    }

    private boolean fits(ThreadPoolExecutor line, String password, @Nullable String phc) {
        return in(line, () -> argon2.matches(password, phc == null ? nobodys : phc)) && phc != null;
    }

    /** Whether a hash was made with weaker parameters than today's. */
    boolean isOutdated(String phc) {
        return argon2.upgradeEncoding(phc);
    }

    @Override
    public void close() {
        strangers.shutdownNow();
        known.shutdownNow();
    }

    private static <T> T in(ThreadPoolExecutor line, Callable<T> work) {
        try {
            return line.submit(work).get();
        } catch (RejectedExecutionException full) {
            throw new NotNow(NotNow.Because.BUSY, COME_BACK_IN);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new NotNow(NotNow.Because.BUSY, COME_BACK_IN);
        } catch (ExecutionException broken) {
            throw new IllegalStateException("A password could not be checked", broken.getCause());
        }
    }
}
