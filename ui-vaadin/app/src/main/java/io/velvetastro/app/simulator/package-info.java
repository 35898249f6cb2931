/** Simulated sign-ins, calibrated on published figures and always named simulated: so that every screen lives before a customer's first log arrives. */
@NullMarked
package io.velvetastro.app.simulator;

import org.jspecify.annotations.NullMarked;
