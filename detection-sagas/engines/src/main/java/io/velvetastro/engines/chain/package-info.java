/** Findings joined into one story per adversary, and the moment a story matters. */
@NullMarked
package io.velvetastro.engines.chain;

import org.jspecify.annotations.NullMarked;
