package io.velvetastro.engines;

/**
 * What is remembered of one organisation. An engine keeps nothing itself: it recalls, decides and gives back, so the same memory and the same event always make the same findings.
 */
public interface Memory {
    /** What is remembered under this key, or the kind's blank. States are values: nobody changes one in place. */
    <S> S recall(Kind<S> kind, String key);

    <S> void keep(Kind<S> kind, String key, S state);
}
