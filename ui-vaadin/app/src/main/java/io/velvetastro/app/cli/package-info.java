/** The command line that talks to a running house over its public door, and starts no Spring. */
@NullMarked
package io.velvetastro.app.cli;

import org.jspecify.annotations.NullMarked;
