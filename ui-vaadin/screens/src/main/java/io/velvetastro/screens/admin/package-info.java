/** What administrators look after for their organisation: its people, its programs, and who may do what. */
@NullMarked
package io.velvetastro.screens.admin;

import org.jspecify.annotations.NullMarked;
