/** Letters to people: written with what makes them necessary, sent after it, kept where they can be read while nothing sends them. */
@NullMarked
package io.velvetastro.decisions.post;

import org.jspecify.annotations.NullMarked;
