/** Taking plain events in: each id once, a batch at a time. */
@NullMarked
package io.velvetastro.store.journal;

import org.jspecify.annotations.NullMarked;
