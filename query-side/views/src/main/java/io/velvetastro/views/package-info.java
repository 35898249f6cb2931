/** What is known: rows that events have written and questions read. */
@NullMarked
package io.velvetastro.views;

import org.jspecify.annotations.NullMarked;
