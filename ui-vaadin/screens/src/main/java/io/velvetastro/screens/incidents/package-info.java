/** Stories of adversaries, and the bench where people answer them. */
@NullMarked
package io.velvetastro.screens.incidents;

import org.jspecify.annotations.NullMarked;
