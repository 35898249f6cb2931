/** Who may come in and as whom: passwords, sessions, tokens, and the two doors (a browser's session, a program's bearer token) that they open. */
@NullMarked
package io.velvetastro.decisions.identity;

import org.jspecify.annotations.NullMarked;
