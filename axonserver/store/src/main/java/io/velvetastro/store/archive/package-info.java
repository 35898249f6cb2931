/** Finding stored events by id. */
@NullMarked
package io.velvetastro.store.archive;

import org.jspecify.annotations.NullMarked;
