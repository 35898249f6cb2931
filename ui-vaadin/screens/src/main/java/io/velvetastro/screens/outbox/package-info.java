/** The letters of a house that sends none itself. */
@NullMarked
package io.velvetastro.screens.outbox;

import org.jspecify.annotations.NullMarked;
