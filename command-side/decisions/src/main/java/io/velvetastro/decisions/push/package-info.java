/** The record of an organisation on its way to a receiver outside: whom the house calls, how it signs, and that nothing is lost or told twice under another name. */
@NullMarked
package io.velvetastro.decisions.push;

import org.jspecify.annotations.NullMarked;
