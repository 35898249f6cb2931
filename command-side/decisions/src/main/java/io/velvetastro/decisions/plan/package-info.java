/** How much of everything an organisation has subscribed to, and how much of it is used. */
@NullMarked
package io.velvetastro.decisions.plan;

import org.jspecify.annotations.NullMarked;
