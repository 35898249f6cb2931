/** The intake: logs and events of customers' systems come in here, are read, given their place and opaque names, sealed and stored. */
@NullMarked
package io.velvetastro.decisions.telemetry;

import org.jspecify.annotations.NullMarked;
