/** The screens as a process of their own. */
@NullMarked
package io.velvetastro.app.rooms;

import org.jspecify.annotations.NullMarked;
