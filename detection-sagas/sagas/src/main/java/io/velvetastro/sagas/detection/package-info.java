/** Telemetry read in batches, the engines over it, and their findings into the store. */
@NullMarked
package io.velvetastro.sagas.detection;

import org.jspecify.annotations.NullMarked;
