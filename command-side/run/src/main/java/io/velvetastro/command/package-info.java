/** The command side as a process of its own. */
@NullMarked
package io.velvetastro.command;

import org.jspecify.annotations.NullMarked;
