/** Builds views anew from the first event, while the old rows go on serving. */
@NullMarked
package io.velvetastro.views.rebuild;

import org.jspecify.annotations.NullMarked;
