/** The key vault: what is personal is stored under keys that can be destroyed, and the key to those keys is not in the database. */
@NullMarked
package io.velvetastro.store.keys;

import org.jspecify.annotations.NullMarked;
