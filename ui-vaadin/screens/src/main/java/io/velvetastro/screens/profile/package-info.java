/** What members look after for themselves: their password, passkeys and second factor, their sessions, and what they were told. */
@NullMarked
package io.velvetastro.screens.profile;

import org.jspecify.annotations.NullMarked;
