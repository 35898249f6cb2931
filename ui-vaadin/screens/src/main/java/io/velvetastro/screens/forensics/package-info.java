/** Where evidence is searched, seen, proven in front of the reader, and handed out. */
@NullMarked
package io.velvetastro.screens.forensics;

import org.jspecify.annotations.NullMarked;
