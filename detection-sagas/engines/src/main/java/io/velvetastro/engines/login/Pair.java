package io.velvetastro.engines.login;

import io.velvetastro.engines.Kind;

/**
 * What one address does to one account: the runs of it. Each pair has a memory of its own, so that of an address that goes round many accounts, of an account that many addresses go round, and of a wave that gets in to many, no run pushes out another.
 */
final class Pair {
    static final Kind<Activity> KIND = new Kind<>("pair", 1, Activity.NONE, Activity::pack, Activity::unpack);

    private Pair() {}

    /** Begins with the account, so that it can be forgotten with it. */
    static String key(Try attempt) {
        return attempt.principal() + "/" + attempt.source();
    }
}
