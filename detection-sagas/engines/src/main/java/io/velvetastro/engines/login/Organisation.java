package io.velvetastro.engines.login;

import io.velvetastro.engines.Kind;

/** What is remembered of a whole organisation: attempts from addresses that were new to the accounts they tried. */
record Organisation(Activity activity) {
    static final Kind<Organisation> KIND = new Kind<>(
            "organisation",
            2,
            new Organisation(Activity.NONE),
            (organisation, packer) -> Activity.pack(organisation.activity, packer),
            unpacker -> new Organisation(Activity.unpack(unpacker)));
    /** There is one of it in an organisation's memory. */
    static final String KEY = "all";
}
