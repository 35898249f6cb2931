/** The parts screens are made of. Data reaches the page only as text and attributes, never as markup. */
@NullMarked
package io.velvetastro.screens.parts;

import org.jspecify.annotations.NullMarked;
