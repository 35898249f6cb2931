/**
 * Evidence that stands without us: an RFC 9162 tree per organisation over the exact stored bytes, one signed platform log over their roots, and a verifier that needs neither us nor a network. Text forms are those of C2SP (signed-note, tlog-checkpoint, tlog-cosignature, tlog-proof, tlog-tiles), so that others can check them too.
 */
@NullMarked
package io.velvetastro.ledger;

import org.jspecify.annotations.NullMarked;
