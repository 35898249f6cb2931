package io.velvetastro.questions;

import io.velvetastro.questions.OwnAccount.Enrolment;
import java.util.Optional;

/** What a browser may know whose owner has given the right password and is not in yet. A port and no message: a secret travels nowhere else. */
public interface AtTheDoor {
    /** What their authenticator app needs to know, where they have to make a second step before they may come in; the same until this sign-in ends. */
    Optional<Enrolment> toBeMade();

    /** Whether they go on with their passkey and with nothing else, because it is the second step their organisation asks for. */
    boolean takesTheirPasskey();
}
