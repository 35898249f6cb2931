package io.velvetastro.questions;

/** A room that has something to say about how it is. Every bean of this kind is asked for the health report, often and by many: answer from what you know, never by waiting. */
public interface HealthSource {
    Monitor.Component health();
}
