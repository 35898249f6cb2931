package io.velvetastro.screens.testing;

import io.velvetastro.questions.AtTheDoor;
import io.velvetastro.questions.OwnAccount.Enrolment;
import java.util.Optional;

/** A door at which nobody stands between the steps, unless a test says so. */
public final class FakeDoor implements AtTheDoor {
    public boolean takesPasskey;

    @Override
    public Optional<Enrolment> toBeMade() {
        return Optional.empty();
    }

    @Override
    public Optional<Over> over(String session) {
        return Optional.empty();
    }

    @Override
    public boolean takesTheirPasskey() {
        return takesPasskey;
    }
}
