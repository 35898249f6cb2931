package io.velvetastro.decisions.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.velvetastro.language.Address;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.Network;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Slows guessing down: some tries are free, then each costs twice the wait of the one before, and time forgives. It counts by account and address together, so that nobody can lock somebody else
 * out from afar, by address alone, so that one machine cannot try many accounts, and by account and by domain for strangers, so that many machines cannot try one. It remembers a bounded number of each.
 */
class GuessingBrake {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);
    private static final Limit FOR_AN_ACCOUNT = new Limit(5, Duration.ofMinutes(5), LONGEST_WAIT);
    private static final Limit FOR_AN_ADDRESS = new Limit(30, Duration.ofSeconds(10), LONGEST_WAIT);
    private static final Limit FOR_AN_ACCOUNT_FROM_ANYWHERE = new Limit(20, Duration.ofMinutes(1), LONGEST_WAIT);
    private static final Limit FOR_A_DOMAIN = new Limit(200, Duration.ofSeconds(1), Duration.ofSeconds(10));
    private static final Duration MEMORY = Duration.ofHours(1);
    private static final int MOST_REMEMBERED = 50_000;

    private final Clock clock;
    private final Cache<String, Tries> byAccount;
    private final Cache<String, Tries> byAddress;
    private final Cache<String, Tries> byDomain;

    GuessingBrake(Clock clock) {
        this.clock = clock;
        this.byAccount = remembered();
        this.byAddress = remembered();
        this.byDomain = remembered();
    }

    /** Counts a try before it is known to be wrong, so that many at once do not slip through. */
    void beforeTrying(String account, Address from) {
        var neighbours = neighboursOf(from);
        count(byAddress, neighbours, FOR_AN_ADDRESS);
        count(byAccount, account + " " + neighbours, FOR_AN_ACCOUNT);
    }

    /**
     * The same for a password, whoever has that address. A device that has signed in to the account before has tries of its own: a
     * thousand machines that guess elsewhere stop each other, and not its owner. The domain stands for the organisation: it limits
     * the same whether anybody there has an account.
     */
    void beforeSigningIn(Email typed, Origin from, boolean knownDevice) {
        if (knownDevice) {
            count(byAccount, ofDevice(typed, from), FOR_AN_ACCOUNT);
            return;
        }
        beforeTrying(typed.key(), from.address());
        count(byAccount, fromAnywhere(typed), FOR_AN_ACCOUNT_FROM_ANYWHERE);
        count(byDomain, typed.domain(), FOR_A_DOMAIN);
    }

    /** It was the right password: the tries before it were somebody's own, but for those from elsewhere. */
    void signedIn(Email typed, Origin from, boolean knownDevice) {
        if (knownDevice) {
            byAccount.invalidate(ofDevice(typed, from));
            return;
        }
        succeeded(typed.key(), from.address());
        byAccount.asMap().computeIfPresent(fromAnywhere(typed), (key, tries) -> tries.oneForgiven());
        byDomain.asMap().computeIfPresent(typed.domain(), (key, tries) -> tries.oneForgiven());
    }

    private static String ofDevice(Email typed, Origin from) {
        return "device " + from.device() + " " + typed.key();
    }

    private static String fromAnywhere(Email typed) {
        return "anywhere " + typed.key();
    }

    /** The same for somebody who is inside already, wherever they are. */
    void beforeTrying(MemberId inside) {
        count(byAccount, "inside " + inside, FOR_AN_ACCOUNT);
    }

    void succeeded(MemberId inside) {
        byAccount.invalidate("inside " + inside);
    }

    /** It was the right password: the tries before it were somebody's own. */
    void succeeded(String account, Address from) {
        var neighbours = neighboursOf(from);
        byAccount.invalidate(account + " " + neighbours);
        byAddress.asMap().computeIfPresent(neighbours, (key, tries) -> tries.oneForgiven());
    }

    private void count(Cache<String, Tries> cache, String key, Limit limit) {
        var now = clock.instant();
        var tries = cache.asMap()
                .compute(
                        key,
                        (same, before) -> before == null
                                ? Tries.first(now)
                                : before.by(now).another(now, limit));
        if (tries.tooEarly) throw new NotNow(NotNow.Because.TOO_MANY_TRIES, Duration.between(now, tries.nextAt()));
    }

    /** Whoever has one IPv6 address has its whole /64. */
    private static String neighboursOf(Address address) {
        return address.isIpv4() ? address.text() : new Network(address, 64).toString();
    }

    private Cache<String, Tries> remembered() {
        return Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .expireAfterAccess(MEMORY)
                .ticker(() -> Duration.between(Instant.EPOCH, clock.instant()).toNanos())
                .build();
    }

    /** So many tries are free, and one more after each such time. */
    private record Limit(int free, Duration forgivesOneIn, Duration longestWait) {}

    /**
     * @param since from when time has forgiven
     * @param at when the newest try that counted was made
     * @param pause how long after it the next one is due
     * @param tooEarly whether another one came before its time and was not counted
     */
    private record Tries(long made, Instant since, Instant at, Duration pause, boolean tooEarly) {
        static Tries first(Instant now) {
            return new Tries(1, now, now, Duration.ZERO, false);
        }

        /** When our clock went back, the pause begins anew: nobody waits until the clock has come round again. */
        Tries by(Instant now) {
            if (!now.isBefore(at)) return this;
            return new Tries(made, now.minus(Duration.between(since, at)), now, pause, tooEarly);
        }

        Tries another(Instant now, Limit limit) {
            if (now.isBefore(nextAt())) return new Tries(made, since, at, pause, true);
            long forgiven = Math.max(0, Duration.between(since, now).dividedBy(limit.forgivesOneIn));
            long left = Math.max(0, made - forgiven);
            var counted = forgiven >= made ? now : since.plus(limit.forgivesOneIn.multipliedBy(forgiven));
            return new Tries(left + 1, counted, now, waitAfter(left + 1 - limit.free, limit.longestWait), false);
        }

        Instant nextAt() {
            return at.plus(pause);
        }

        Tries oneForgiven() {
            return new Tries(Math.max(0, made - 1), since, at, pause, false);
        }

        private static Duration waitAfter(long tooMany, Duration longest) {
            if (tooMany < 0) return Duration.ZERO;
            var wait = Duration.ofSeconds(1L << Math.min(tooMany, 20));
            return wait.compareTo(longest) > 0 ? longest : wait;
        }
    }
}
