/** The whole house in one process, and the command line that talks to it. */
@NullMarked
package io.velvetastro.app;

import org.jspecify.annotations.NullMarked;
