/** The chain of custody: who took evidence out of the house, and how its tamper drills went. */
@NullMarked
package io.velvetastro.views.custody;

import org.jspecify.annotations.NullMarked;
