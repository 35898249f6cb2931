/** Follows the store and hashes every event into its organisation's log; anchors, signs and has witnessed what it hashed; proves and hands out evidence. */
@NullMarked
package io.velvetastro.notary;

import org.jspecify.annotations.NullMarked;
