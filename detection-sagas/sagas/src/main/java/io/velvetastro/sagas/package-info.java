/** Detection joined to the streams, and the answers that wait. */
@NullMarked
package io.velvetastro.sagas;

import org.jspecify.annotations.NullMarked;
