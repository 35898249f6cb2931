package io.velvetastro.ledger;

import java.io.IOException;
import java.util.SortedSet;

/** The named files of a bundle, however they came. */
interface Parcel {
    /** The indexes of the leaves that any file speaks of, in order. */
    SortedSet<Long> leaves();

    boolean has(String name);

    /** A file's bytes; {@link NotProven} where it is missing. */
    byte[] read(String name) throws IOException;
}
