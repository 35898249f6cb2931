/** What a playbook did, held back or was refused, step by step, and what was taken back. */
@NullMarked
package io.velvetastro.decisions.playbook;

import org.jspecify.annotations.NullMarked;
