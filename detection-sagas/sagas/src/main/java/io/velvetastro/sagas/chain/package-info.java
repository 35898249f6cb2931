/** Findings read in batches, joined into stories, and said to the incidents. */
@NullMarked
package io.velvetastro.sagas.chain;

import org.jspecify.annotations.NullMarked;
