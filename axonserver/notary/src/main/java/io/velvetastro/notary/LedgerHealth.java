package io.velvetastro.notary;

import io.velvetastro.questions.HealthSource;
import io.velvetastro.questions.Monitor.Component;
import io.velvetastro.questions.Monitor.State;
import java.util.Map;

/** Says whether the ledger keeps up, and at once when it contradicts itself. */
final class LedgerHealth implements HealthSource {
    private final Notary notary;

    LedgerHealth(Notary notary) {
        this.notary = notary;
    }

    @Override
    public Component health() {
        var failure = notary.failure();
        return failure == null
                ? new Component("ledger", State.UP, "follows what is stored", Map.of())
                : new Component("ledger", State.DOWN, failure, Map.of());
    }
}
