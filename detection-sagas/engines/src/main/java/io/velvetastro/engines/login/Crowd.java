package io.velvetastro.engines.login;

import io.velvetastro.engines.Kind;

/** Which accounts of an organisation sign in from one city: a place common to several is no strange place. */
record Crowd(Uses accounts) {
    static final Kind<Crowd> KIND = new Kind<>(
            "place",
            2,
            new Crowd(Uses.NONE),
            (crowd, packer) -> Uses.pack(crowd.accounts, packer),
            unpacker -> new Crowd(Uses.unpack(unpacker)));
    static final Uses.Room ACCOUNTS = Uses.Room.ofEarliest(8);
}
