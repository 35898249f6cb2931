/** What every screen stands on: asking, ordering, and hearing that something changed. */
@NullMarked
package io.velvetastro.screens.desk;

import org.jspecify.annotations.NullMarked;
