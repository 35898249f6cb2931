/** What the read controllers share: parameters, cursors, problems. */
@NullMarked
package io.velvetastro.views.web;

import org.jspecify.annotations.NullMarked;
