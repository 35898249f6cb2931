/** The engines' memory, kept in the database and near at hand. */
@NullMarked
package io.velvetastro.sagas.memory;

import org.jspecify.annotations.NullMarked;
