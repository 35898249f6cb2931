/** What is kept out and what must never be: one aggregate, one guard, and the doors to them. */
@NullMarked
package io.velvetastro.decisions.defense;

import org.jspecify.annotations.NullMarked;
