/** What members look after for themselves: their sessions and their second factor. */
@NullMarked
package io.velvetastro.screens.profile;

import org.jspecify.annotations.NullMarked;
