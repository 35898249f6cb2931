/** Answers to stories: each waits for one decision, acts through commands, and remembers nothing that has to be derived again. */
@NullMarked
package io.velvetastro.sagas.playbook;

import org.jspecify.annotations.NullMarked;
