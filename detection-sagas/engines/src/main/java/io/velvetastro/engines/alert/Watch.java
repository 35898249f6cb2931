package io.velvetastro.engines.alert;

import io.velvetastro.engines.Kind;

/** Since when an organisation's alerts are watched: before a day has passed, everything is new and newness says nothing. */
record Watch(long since) {
    static final Kind<Watch> KIND = new Kind<>(
            "alerts",
            1,
            new Watch(Long.MAX_VALUE),
            (watch, packer) -> packer.number(watch.since),
            unpacker -> new Watch(unpacker.number()));
    static final String KEY = "all";
}
