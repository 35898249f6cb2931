package io.velvetastro.store.envelope;

/** A message was about to go on without saying whose it is, or as somebody else's. */
public final class MissingEnvelope extends RuntimeException {
    MissingEnvelope(String what) {
        super(what);
    }
}
