package io.velvetastro.decisions.identity;

import org.springframework.security.authentication.InsufficientAuthenticationException;

/** The password was right, and is not enough. */
final class SecondStepDue extends InsufficientAuthenticationException {
    private final transient String token;
    private final boolean toBeMade;

    /** @param toBeMade whether there is none yet, and their organisation asks for one */
    SecondStepDue(String token, boolean toBeMade) {
        super(toBeMade ? "A second step has to be made first." : "A code is needed too.");
        this.token = token;
        this.toBeMade = toBeMade;
    }

    boolean toBeMade() {
        return toBeMade;
    }

    /** What to come back with, beside the code. */
    String token() {
        return token;
    }
}
