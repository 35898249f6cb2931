/** How the write side says no over HTTP: one shape (RFC 9457) for every refusal. */
@NullMarked
package io.velvetastro.decisions.web;

import org.jspecify.annotations.NullMarked;
