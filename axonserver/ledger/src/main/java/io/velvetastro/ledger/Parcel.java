package io.velvetastro.ledger;

import java.io.IOException;
import java.util.SortedSet;

/** The named files of a bundle, however they came. */
interface Parcel {
    /** The indexes of the leaves that any file speaks of, in order. */
    SortedSet<Long> leaves();

    /** The indexes of the leaves that record the censuses of which something is shown, in order. */
    SortedSet<Long> censuses();

    /** The indexes of the leaves of which values are disclosed, in order. */
    SortedSet<Long> disclosed();

    /** The sizes of earlier states of the log of which is shown when they were seen, in order. */
    SortedSet<Long> seen();

    boolean has(String name);

    /** A file's bytes; {@link NotProven} where it is missing. */
    byte[] read(String name) throws IOException;
}
