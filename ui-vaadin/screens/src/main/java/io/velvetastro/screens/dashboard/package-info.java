/** The first look: is the house well, what is happening, what needs a person. */
@NullMarked
package io.velvetastro.screens.dashboard;

import org.jspecify.annotations.NullMarked;
