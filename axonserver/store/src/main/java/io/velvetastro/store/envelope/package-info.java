/** No message without its tenant: what is missing on an envelope stops the message, never the check. */
@NullMarked
package io.velvetastro.store.envelope;

import org.jspecify.annotations.NullMarked;
