/** What one may ask, and the rows that answer. Every question names its tenant; another tenant's rows do not exist. */
@NullMarked
package io.velvetastro.questions;

import org.jspecify.annotations.NullMarked;
