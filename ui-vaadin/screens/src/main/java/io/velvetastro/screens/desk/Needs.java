package io.velvetastro.screens.desk;

import io.velvetastro.language.Authority;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Who may look at a screen; the shell turns others away before the screen is built. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Needs {
    Authority value();
}
