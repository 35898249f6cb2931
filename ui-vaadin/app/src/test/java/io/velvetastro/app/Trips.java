package io.velvetastro.app;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Marks a violation planted on purpose, with the rule of the house that must find it. */
@Retention(RetentionPolicy.RUNTIME)
public @interface Trips {
    String value();
}
