/** Detection as a process of its own. */
@NullMarked
package io.velvetastro.detection;

import org.jspecify.annotations.NullMarked;
