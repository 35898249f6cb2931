/** All that is kept as one file, and back. */
@NullMarked
package io.velvetastro.store.backup;

import org.jspecify.annotations.NullMarked;
