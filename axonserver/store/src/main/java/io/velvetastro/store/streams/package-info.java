/** Reading the streams: in one order, without gaps, each event fetched and decoded once for all who follow. */
@NullMarked
package io.velvetastro.store.streams;

import org.jspecify.annotations.NullMarked;
