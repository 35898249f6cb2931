/** Answers questions about incidents. */
@NullMarked
package io.velvetastro.views.incidents;

import org.jspecify.annotations.NullMarked;
