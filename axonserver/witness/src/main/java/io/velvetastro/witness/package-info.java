/** Sees every state of the platform's log from a process of its own, and speaks up when one does not follow from the last. */
@NullMarked
package io.velvetastro.witness;

import org.jspecify.annotations.NullMarked;
