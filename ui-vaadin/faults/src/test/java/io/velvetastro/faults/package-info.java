/** A whole house under faults: killed, starved, lied to by its clock. What it promised must hold, and a house that breaks the promise must be found out. */
@NullMarked
package io.velvetastro.faults;

import org.jspecify.annotations.NullMarked;
