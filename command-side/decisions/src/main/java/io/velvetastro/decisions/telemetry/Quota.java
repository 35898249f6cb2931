package io.velvetastro.decisions.telemetry;

import io.velvetastro.decisions.door.Spending;
import io.velvetastro.decisions.door.Tally;
import io.velvetastro.language.Overloaded;
import io.velvetastro.language.TenantId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How many events a second one organisation may send while others send too. Alone it may use all there is; beside others whoever floods is told to come back, and they do not feel it. What came in is charged afterwards, so a request is never cut in two by it, and whoever owes waits until that is made up for.
 */
final class Quota implements Tally {
    /** A burst of so long a quota costs nothing. */
    private static final long BURST_SECONDS = 10;
    /** Who has sent nothing for so long is nobody to protect. */
    private static final long PRESENT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final long perSecond;
    private final LongSupplier nanos;
    private final Map<TenantId, Account> accounts = new HashMap<>();
    private final Spending spending = new Spending();
    private Sighting last;

    /** What one organisation may still send. */
    private static final class Account {
        private double left;
        private long at;

        Account(double left, long at) {
            this.left = left;
            this.at = at;
        }
    }

    /** Who sent last, and when anybody else did. */
    private record Sighting(@Nullable TenantId who, long at, long othersAt) {}

    /** @param perSecond 0 for no quota at all */
    Quota(long perSecond, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.nanos = nanos;
        long never = nanos.getAsLong() - PRESENT_NANOS;
        this.last = new Sighting(null, never, never);
    }

    /** @throws Overloaded when the organisation owes events and others are there */
    synchronized void check(TenantId tenant) {
        if (perSecond == 0) return;
        long now = nanos.getAsLong();
        see(tenant, now);
        double left = account(tenant, now).left;
        if (left > 0 || now - last.othersAt() >= PRESENT_NANOS) return;
        var wait = Duration.ofMillis((long) (1_000 * (1 - left) / perSecond) + 1);
        throw new Overloaded(
                "This organisation sends more than " + perSecond + " events a second while others send too",
                wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
    }

    private void see(TenantId tenant, long now) {
        last = tenant.equals(last.who())
                ? new Sighting(tenant, now, last.othersAt())
                : new Sighting(tenant, now, last.at());
    }

    synchronized void charge(TenantId tenant, int events) {
        if (perSecond == 0) return;
        take(tenant, events);
        spending.add(tenant, events);
    }

    @Override
    public String kind() {
        return "events";
    }

    @Override
    public Map<TenantId, Long> spent() {
        return spending.news();
    }

    /** Whoever sends to another process is as present as whoever sends here. */
    @Override
    public synchronized void heard(TenantId tenant, long events) {
        if (perSecond == 0) return;
        see(tenant, nanos.getAsLong());
        take(tenant, events);
    }

    private void take(TenantId tenant, long events) {
        var account = account(tenant, nanos.getAsLong());
        // What it took while it was alone is not held against it for long.
        account.left = Math.max(-full(), account.left - events);
    }

    private Account account(TenantId tenant, long now) {
        var account = accounts.computeIfAbsent(tenant, key -> new Account(full(), now));
        account.left = Math.min(full(), account.left + (now - account.at) * 1e-9 * perSecond);
        account.at = now;
        return account;
    }

    private double full() {
        return (double) perSecond * BURST_SECONDS;
    }
}
