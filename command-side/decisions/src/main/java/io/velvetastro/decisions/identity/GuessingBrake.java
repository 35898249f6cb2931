package io.velvetastro.decisions.identity;

import io.velvetastro.decisions.identity.Tries.Limit;
import io.velvetastro.decisions.identity.TryCounts.Counted;
import io.velvetastro.language.Address;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.Network;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Slows guessing down: some tries are free, then each costs twice the wait of the one before, and time forgives. It counts by account and address together, so that nobody can lock somebody else
 * out from afar, by address alone, so that one machine cannot try many accounts, and by account and by domain for strangers, so that many machines cannot try one.
 */
class GuessingBrake {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);
    private static final Limit FOR_AN_ACCOUNT = new Limit(5, Duration.ofMinutes(5), LONGEST_WAIT);
    private static final Limit FOR_AN_ADDRESS = new Limit(30, Duration.ofSeconds(10), LONGEST_WAIT);
    private static final Limit FOR_A_SITE = new Limit(120, Duration.ofSeconds(2), LONGEST_WAIT);
    private static final Limit FOR_AN_ACCOUNT_FROM_ANYWHERE = new Limit(20, Duration.ofMinutes(1), LONGEST_WAIT);
    private static final Limit FOR_LETTERS = new Limit(20, Duration.ofSeconds(30), LONGEST_WAIT);
    private static final Limit FOR_CODES = new Limit(5, Duration.ofMinutes(5), Duration.ofHours(1));
    private static final Limit FOR_ALL_CODES = new Limit(20, Duration.ofMinutes(5), Duration.ofHours(1));
    private static final Limit FOR_WHO_IS_KNOWN = new Limit(60, Duration.ofSeconds(1), Duration.ofSeconds(10));
    private static final Limit FOR_A_DOMAIN = new Limit(200, Duration.ofSeconds(1), Duration.ofSeconds(10));

    private final TryCounts counts;
    private final Clock clock;

    GuessingBrake(TryCounts counts, Clock clock) {
        this.counts = counts;
        this.clock = clock;
    }

    /** Counts a try before it is known to be wrong, so that many at once do not slip through. */
    void beforeTrying(String account, Address from) {
        count(List.of(
                new Counted(neighbours(from), FOR_AN_ADDRESS), new Counted(fromThere(account, from), FOR_AN_ACCOUNT)));
    }

    /**
     * The same for a password, whoever has that address. A device that has signed in to the account before has tries of its own: a
     * thousand machines that guess elsewhere stop each other, and not its owner. The domain stands for the organisation: it limits
     * the same whether anybody there has an account. All known devices of an account have a pace together, right or wrong: each try takes a place of those whom the house knows.
     */
    void beforeSigningIn(Email typed, Origin from, boolean knownDevice) {
        if (knownDevice) {
            count(List.of(
                    new Counted(ofDevice(typed, from), FOR_AN_ACCOUNT), new Counted(pace(typed), FOR_WHO_IS_KNOWN)));
            return;
        }
        var all = new ArrayList<Counted>(5);
        all.add(new Counted(neighbours(from.address()), FOR_AN_ADDRESS));
        if (!from.address().isIpv4()) all.add(new Counted(site(from.address()), FOR_A_SITE));
        all.add(new Counted(fromThere(typed.key(), from.address()), FOR_AN_ACCOUNT));
        all.add(new Counted(fromAnywhere(typed), FOR_AN_ACCOUNT_FROM_ANYWHERE));
        all.add(new Counted(domain(typed), FOR_A_DOMAIN));
        count(all);
    }

    /** The house was too busy to try it: the account and the device owe nothing for it; the address does, it helped to make it busy. */
    void notTried(Email typed, Origin from, boolean knownDevice) {
        if (knownDevice) counts.right(List.of(), List.of(ofDevice(typed, from), pace(typed)));
        else
            counts.right(
                    List.of(), List.of(fromThere(typed.key(), from.address()), fromAnywhere(typed), domain(typed)));
    }

    /** It was the right password: the tries before it were somebody's own, but for those from elsewhere. */
    void signedIn(Email typed, Origin from, boolean knownDevice) {
        if (knownDevice) counts.right(List.of(ofDevice(typed, from)), List.of());
        else
            counts.right(
                    List.of(fromThere(typed.key(), from.address())),
                    List.of(neighbours(from.address()), site(from.address()), fromAnywhere(typed), domain(typed)));
    }

    /** What a passkey signs is counted for an address alone: nobody's account is named, and nothing can be guessed. A known device is apart here too, so that nobody stops a whole office. */
    void beforePasskey(Origin from, boolean knownDevice) {
        count(List.of(new Counted(whence(from, knownDevice), FOR_AN_ADDRESS)));
    }

    /** Apart from the answers: most who ask for a challenge have pressed a button and thought better of it. */
    void beforeAskingForPasskey(Origin from, boolean knownDevice) {
        count(List.of(new Counted(asking(from, knownDevice), FOR_AN_ADDRESS)));
    }

    void heldPasskey(Origin from, boolean knownDevice) {
        counts.right(List.of(), List.of(whence(from, knownDevice), asking(from, knownDevice)));
    }

    /** Nothing is guessed here, and each mailbox has a limit of its own: this one keeps a machine from writing to all of them. */
    void beforeAskingForALetter(Address from) {
        count(List.of(new Counted("letters " + neighboursOf(from), FOR_LETTERS)));
    }

    /** The same for somebody who is inside already, wherever they are. */
    void beforeTrying(MemberId inside) {
        count(List.of(new Counted(inside(inside), FOR_AN_ACCOUNT), new Counted(pace(inside), FOR_WHO_IS_KNOWN)));
    }

    void succeeded(MemberId inside) {
        counts.right(List.of(inside(inside)), List.of());
    }

    /** Codes of a second step, from a device or a session that is the member's: those of others are counted elsewhere. All such places have a ceiling together: whoever reads the mailbox makes one after the other. */
    void beforeCode(MemberId member, String where) {
        count(List.of(new Counted(codes(member, where), FOR_CODES), new Counted(codes(member), FOR_ALL_CODES)));
    }

    void rightCode(MemberId member, String where) {
        counts.right(List.of(codes(member, where), codes(member)), List.of());
    }

    /** It was right: the tries before it were somebody's own. */
    void succeeded(String account, Address from) {
        counts.right(List.of(fromThere(account, from)), List.of(neighbours(from)));
    }

    private void count(List<Counted> all) {
        counts.another(clock.instant(), all).ifPresent(wait -> {
            throw new NotNow(NotNow.Because.TOO_MANY_TRIES, wait);
        });
    }

    private static String ofDevice(Email typed, Origin from) {
        return "device " + from.device() + " " + typed.key();
    }

    private static String codes(MemberId member, String where) {
        return "codes " + member + " " + where;
    }

    private static String codes(MemberId member) {
        return "all codes " + member;
    }

    private static String pace(Email typed) {
        return "pace " + typed.key();
    }

    private static String pace(MemberId inside) {
        return "pace inside " + inside;
    }

    private static String whence(Origin from, boolean knownDevice) {
        return knownDevice ? "device " + from.device() : neighbours(from.address());
    }

    private static String asking(Origin from, boolean knownDevice) {
        return "asking " + whence(from, knownDevice);
    }

    private static String fromAnywhere(Email typed) {
        return "anywhere " + typed.key();
    }

    private static String fromThere(String account, Address from) {
        return "from " + neighboursOf(from) + " " + account;
    }

    private static String neighbours(Address from) {
        return "address " + neighboursOf(from);
    }

    /** Whoever runs a network of IPv6 has its /48: 65,536 of what counts as one neighbourhood. */
    private static String site(Address from) {
        return from.isIpv4() ? neighbours(from) : "site " + new Network(from, 48);
    }

    private static String domain(Email typed) {
        return "domain " + typed.domain();
    }

    private static String inside(MemberId member) {
        return "inside " + member;
    }

    /** Whoever has one IPv6 address has its whole /64. */
    private static String neighboursOf(Address address) {
        return Network.ofSender(address).toString();
    }
}
