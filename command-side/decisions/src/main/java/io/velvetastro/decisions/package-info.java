/** What may happen: each package decides one thing and remembers it as events. */
@NullMarked
package io.velvetastro.decisions;

import org.jspecify.annotations.NullMarked;
