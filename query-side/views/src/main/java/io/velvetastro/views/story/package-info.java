/** Writes what findings and decisions amount to: attacks, incidents, defence rules, and the figures over them. */
@NullMarked
package io.velvetastro.views.story;

import org.jspecify.annotations.NullMarked;
