/** Everything that was ever stored, to be searched by who, from where, when and what. */
@NullMarked
package io.velvetastro.views.history;

import org.jspecify.annotations.NullMarked;
