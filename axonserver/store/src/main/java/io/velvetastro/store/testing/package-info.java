/** A database for tests: one PostgreSQL for each JVM, a fresh database for each Spring context. Lies beside the store because the build tools of other rooms cannot see a test jar in time. */
@NullMarked
package io.velvetastro.store.testing;

import org.jspecify.annotations.NullMarked;
