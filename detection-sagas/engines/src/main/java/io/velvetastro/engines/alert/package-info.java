/** What other tools' alerts mean here: how grave, which stage, and whether this is usual on that machine. */
@NullMarked
package io.velvetastro.engines.alert;

import org.jspecify.annotations.NullMarked;
