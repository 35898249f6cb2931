package io.velvetastro.decisions.identity;

import org.springframework.security.authentication.InsufficientAuthenticationException;

/** The password was right, and is not enough: their organisation asks for a second step, and theirs is a passkey. Otherwise whoever knows the password would make another one beside it. */
final class PasskeyDue extends InsufficientAuthenticationException {
    PasskeyDue() {
        super("Your passkey is needed.");
    }
}
