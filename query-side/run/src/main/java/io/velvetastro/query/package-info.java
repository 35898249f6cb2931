/** The query side as a process of its own. */
@NullMarked
package io.velvetastro.query;

import org.jspecify.annotations.NullMarked;
