/** Everything that was found, and why. */
@NullMarked
package io.velvetastro.screens.attacks;

import org.jspecify.annotations.NullMarked;
