/** How events are kept, sealed and admitted; every other room knows it only through ports. */
@NullMarked
package io.velvetastro.store;

import org.jspecify.annotations.NullMarked;
