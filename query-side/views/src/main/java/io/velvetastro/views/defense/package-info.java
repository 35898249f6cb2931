/** Answers questions about blocks and allowances, and serves the list that firewalls pull. */
@NullMarked
package io.velvetastro.views.defense;

import org.jspecify.annotations.NullMarked;
