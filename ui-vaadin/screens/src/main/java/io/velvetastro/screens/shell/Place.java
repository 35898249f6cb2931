package io.velvetastro.screens.shell;

/** A screen inside the shell. */
public interface Place {
    /** What the top bar calls it. */
    String heading();

    /** Work views trade the wide navigation for room. */
    default boolean isWorkView() {
        return false;
    }

    /** A single key the reader pressed outside any field: {@code j k x b n . [ ] 1 … 7} or {@code Escape}. */
    default void pressed(String key) {}
}
