/** What every decision passes on its way in: who asks, whether it was asked before, and one answer for what is missing. */
@NullMarked
package io.velvetastro.decisions.door;

import org.jspecify.annotations.NullMarked;
