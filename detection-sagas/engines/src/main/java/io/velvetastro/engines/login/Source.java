package io.velvetastro.engines.login;

import io.velvetastro.engines.Kind;

/** What is remembered of one address: which accounts share it, and what it tried. */
record Source(Uses accounts, Activity activity) {
    static final Kind<Source> KIND = new Kind<>(
            "source",
            1,
            new Source(Uses.NONE, Activity.NONE),
            (source, packer) -> {
                Uses.pack(source.accounts, packer);
                Activity.pack(source.activity, packer);
            },
            unpacker -> new Source(Uses.unpack(unpacker), Activity.unpack(unpacker)));
    static final int MOST_ACCOUNTS = 8;
    /** From so many accounts on, an address is a shared one: an office, a household, a school. */
    static final int SHARED_BY = 3;

    boolean sharedUntil(long until) {
        return accounts.countUntil(until) >= SHARED_BY;
    }

    Source with(Uses accounts) {
        return new Source(accounts, activity);
    }

    Source with(Activity activity) {
        return new Source(accounts, activity);
    }
}
