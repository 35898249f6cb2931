/** Runs whoever follows the streams: batches, places, parked events, rebuilds. */
@NullMarked
package io.velvetastro.store.following;

import org.jspecify.annotations.NullMarked;
