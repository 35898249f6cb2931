/** The other rooms, played by hand, so that screens can be tested and looked at alone. */
package io.velvetastro.screens.testing;
