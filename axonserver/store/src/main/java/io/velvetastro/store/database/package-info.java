/** Where the rows are: a PostgreSQL that comes with the house, or one that is given. */
@NullMarked
package io.velvetastro.store.database;

import org.jspecify.annotations.NullMarked;
