/** What it means, as pure functions over events. */
@NullMarked
package io.velvetastro.engines;

import org.jspecify.annotations.NullMarked;
