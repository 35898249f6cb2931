/** The way in. */
@NullMarked
package io.velvetastro.screens.login;

import org.jspecify.annotations.NullMarked;
