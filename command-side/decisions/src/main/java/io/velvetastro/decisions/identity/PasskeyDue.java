package io.velvetastro.decisions.identity;

import org.springframework.security.authentication.InsufficientAuthenticationException;

/** The password was right, and is not enough: their second step is a passkey. Otherwise whoever knows the password, or reads the mailbox, would not need it. */
final class PasskeyDue extends InsufficientAuthenticationException {
    PasskeyDue() {
        super("Your passkey is needed.");
    }
}
