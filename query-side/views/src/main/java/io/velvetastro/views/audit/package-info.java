/** Who decided what, to search in and to take out as a file. */
@NullMarked
package io.velvetastro.views.audit;

import org.jspecify.annotations.NullMarked;
