/** What sign-in attempts mean: guessing, spraying, stuffing, and journeys nobody can make. */
@NullMarked
package io.velvetastro.engines.login;

import org.jspecify.annotations.NullMarked;
