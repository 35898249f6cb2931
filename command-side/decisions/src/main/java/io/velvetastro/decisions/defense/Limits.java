package io.velvetastro.decisions.defense;

import static io.velvetastro.language.Refused.Why.PREFIX_TOO_WIDE;
import static io.velvetastro.language.Refused.Why.TTL_OUT_OF_RANGE;

import io.velvetastro.language.Network;
import io.velvetastro.language.Refused;
import java.time.Duration;

/** How long and how wide a rule may be: nothing is kept out for ever, and no slip of the hand keeps out a continent. */
final class Limits {
    static final Duration SHORTEST = Duration.ofMinutes(1);
    static final Duration LONGEST = Duration.ofDays(30);
    static final Widest BLOCK = new Widest(16, 32);
    /** Wider than this, an allowance would switch the defence off. */
    static final Widest ALLOWANCE = new Widest(8, 16);

    record Widest(int ipv4, int ipv6) {
        int of(Network network) {
            return network.base().isIpv4() ? ipv4 : ipv6;
        }
    }

    private Limits() {}

    static void checkTtl(Duration ttl) {
        if (ttl.compareTo(SHORTEST) < 0 || ttl.compareTo(LONGEST) > 0) {
            throw new Refused(TTL_OUT_OF_RANGE, "A rule stands for one minute to thirty days.");
        }
    }

    static void checkWidth(Network network, Widest limit) {
        if (network.prefix() < limit.of(network)) {
            throw new Refused(
                    PREFIX_TOO_WIDE, "This rule covers at most a /" + limit.of(network) + " of this kind of address.");
        }
    }
}
