/** Whether the streams are being followed, for probes. */
@NullMarked
package io.velvetastro.store.health;

import org.jspecify.annotations.NullMarked;
