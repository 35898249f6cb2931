/** Axon on this store: its tables, its serializer, and the mending of what it gets wrong here. */
@NullMarked
package io.velvetastro.store.axon;

import org.jspecify.annotations.NullMarked;
