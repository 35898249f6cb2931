/** The frame around every screen: places to go, the jump box, the keyboard, who is signed in. */
@NullMarked
package io.velvetastro.screens.shell;

import org.jspecify.annotations.NullMarked;
