package io.velvetastro.engines.login;

import io.velvetastro.engines.Kind;
import io.velvetastro.engines.Packer;
import io.velvetastro.engines.Unpacker;
import java.util.List;

/**
 * What is remembered of one account: the addresses it has signed in from, where it was lately, and what was tried on it.
 *
 * @param logins successful sign-ins since {@code since}; both begin again after a long absence
 */
record Account(Uses addresses, List<Sight> sights, long logins, long since, long last, Activity activity) {
    static final Kind<Account> KIND = new Kind<>(
            "account", 3, new Account(Uses.NONE, List.of(), 0, 0, 0, Activity.NONE), Account::pack, Account::unpack);
    static final Uses.Room ADDRESSES = Uses.Room.ofLongest(16);
    static final int MOST_SIGHTS = 6;

    Account with(Uses addresses) {
        return new Account(addresses, sights, logins, since, last, activity);
    }

    Account with(Activity activity) {
        return new Account(addresses, sights, logins, since, last, activity);
    }

    Account seen(Sight sight) {
        return new Account(addresses, Sight.inserted(sights, sight, MOST_SIGHTS), logins, since, last, activity);
    }

    Account signedIn(long at, long forgetsMillis) {
        boolean anew = logins == 0 || at - last > forgetsMillis;
        return new Account(
                addresses,
                sights,
                anew ? 1 : logins + 1,
                anew ? at : Math.min(since, at),
                Math.max(last, at),
                activity);
    }

    private static void pack(Account account, Packer packer) {
        Uses.pack(account.addresses, packer);
        Sight.pack(account.sights, packer);
        packer.number(account.logins).number(account.since).number(account.last);
        Activity.pack(account.activity, packer);
    }

    private static Account unpack(Unpacker unpacker) {
        return new Account(
                Uses.unpack(unpacker),
                Sight.unpack(unpacker),
                unpacker.number(),
                unpacker.number(),
                unpacker.number(),
                Activity.unpack(unpacker));
    }
}
