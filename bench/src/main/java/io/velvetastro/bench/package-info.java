/** Measurements: every figure a ratio against a baseline of the same run. */
@NullMarked
package io.velvetastro.bench;

import org.jspecify.annotations.NullMarked;
