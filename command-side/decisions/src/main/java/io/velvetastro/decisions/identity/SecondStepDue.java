package io.velvetastro.decisions.identity;

import org.springframework.security.authentication.InsufficientAuthenticationException;

/** The password was right, and is not enough. */
final class SecondStepDue extends InsufficientAuthenticationException {
    private final transient String token;

    SecondStepDue(String token) {
        super("A code is needed too.");
        this.token = token;
    }

    /** What to come back with, beside the code. */
    String token() {
        return token;
    }
}
