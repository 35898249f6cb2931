/** Measurements: each figure is a ratio against a baseline interleaved in the same run, with processor seconds and a check that the work was really done. */
@NullMarked
package io.velvetastro.bench;

import org.jspecify.annotations.NullMarked;
