/** One story of one adversary, from its first finding to what people concluded. */
@NullMarked
package io.velvetastro.decisions.incident;

import org.jspecify.annotations.NullMarked;
