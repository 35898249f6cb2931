package io.velvetastro.language;

import java.io.IOException;
import java.io.OutputStream;

/** The door to everything that is kept, as one file that can be put back. Keys are not in it: they are kept apart. */
public interface Backups {
    /** Writes all as of one moment, while everybody goes on working. A file that was cut off is not accepted back. */
    void write(OutputStream out) throws IOException;
}
