/** The published language: what the rooms say to each other, and the doors they say it through. */
@NullMarked
package io.velvetastro.language;

import org.jspecify.annotations.NullMarked;
