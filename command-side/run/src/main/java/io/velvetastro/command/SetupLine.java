package io.velvetastro.command;

import io.velvetastro.decisions.identity.Setup;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says where nobody has an account yet how the first one is made: once, and not into a log that keeps it. */
@Component
class SetupLine {
    private final Setup setup;

    SetupLine(Setup setup) {
        this.setup = setup;
    }

    @EventListener(ApplicationReadyEvent.class)
    void say() {
        setup.token()
                .ifPresent(token ->
                        System.out.println("Set up: /setup makes the first account, once, with this token: " + token));
    }
}
