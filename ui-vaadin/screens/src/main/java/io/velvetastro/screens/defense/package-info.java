/** What is kept out, for how long and why; and what is never kept out. */
@NullMarked
package io.velvetastro.screens.defense;

import org.jspecify.annotations.NullMarked;
