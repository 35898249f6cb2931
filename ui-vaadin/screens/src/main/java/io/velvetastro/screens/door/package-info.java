/** The door for browsers: a form, a session cookie, and the headers every page carries. */
@NullMarked
package io.velvetastro.screens.door;

import org.jspecify.annotations.NullMarked;
