/** Where attacks come from, as far as addresses can tell. */
@NullMarked
package io.velvetastro.screens.map;

import org.jspecify.annotations.NullMarked;
