/** Answers questions about the attack feed and the map, and streams what is new. */
@NullMarked
package io.velvetastro.views.attacks;

import org.jspecify.annotations.NullMarked;
