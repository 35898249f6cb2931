package io.velvetastro.questions;

import io.velvetastro.questions.OwnAccount.Enrolment;
import java.util.Optional;

/** What a browser may know whose owner is not in: who has given the right password and owes the second step, or was in and is not any more. A port and no message: a secret travels nowhere else. */
public interface AtTheDoor {
    /** The attribute by which the container's session says that it ends now: whoever shows pages sends them to the door. */
    String ENDS_NOW = "velvet.ends-now";

    /** Why somebody is out again. */
    enum Over {
        /** Nobody used the session for its time. */
        IDLE,
        ENDED
    }

    /** @param session by which the browser was known to the container */
    Optional<Over> over(String session);

    /** What their authenticator app needs to know, where they have to make a second step before they may come in; the same until this sign-in ends. */
    Optional<Enrolment> toBeMade();

    /** Whether they go on with their passkey and with nothing else, because it is the second step their organisation asks for. */
    boolean takesTheirPasskey();
}
