/** The places people visit; each asks and shows, none decides. */
@NullMarked
package io.velvetastro.screens;

import org.jspecify.annotations.NullMarked;
