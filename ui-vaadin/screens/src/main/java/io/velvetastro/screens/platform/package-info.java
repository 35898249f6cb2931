/** What runs the house sees of all organisations: figures, and nothing of what happens in them. */
@NullMarked
package io.velvetastro.screens.platform;

import org.jspecify.annotations.NullMarked;
