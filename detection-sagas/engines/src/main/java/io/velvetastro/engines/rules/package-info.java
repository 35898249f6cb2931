/** Heuristics as versioned data with their own tests. */
@NullMarked
package io.velvetastro.engines.rules;

import org.jspecify.annotations.NullMarked;
