/** Answers questions about traffic, figures and health. */
@NullMarked
package io.velvetastro.views.monitor;

import org.jspecify.annotations.NullMarked;
