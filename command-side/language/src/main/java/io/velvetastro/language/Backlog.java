package io.velvetastro.language;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far the readers of the streams are behind, for the health page and for whoever must slow down. */
public interface Backlog {
    List<Progress> followers();

    /**
     * One reader's state.
     *
     * @param behind events between its place and the end of its streams, at most
     * @param parked events that wait in its dead-letter queue
     * @param failure what it stumbles over now, in a line without personal values; null while all is well
     */
    record Progress(
            String follower,
            long behind,
            long parked,
            @Nullable String failure) {}
}
