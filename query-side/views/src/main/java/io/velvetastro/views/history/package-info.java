/** Everything that was ever stored, to be searched by who, from where, when and what; and who has taken evidence out of the house. */
@NullMarked
package io.velvetastro.views.history;

import org.jspecify.annotations.NullMarked;
