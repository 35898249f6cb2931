/** A whole house and a real browser: what a person would do, from end to end. */
package io.velvetastro.journeys;
