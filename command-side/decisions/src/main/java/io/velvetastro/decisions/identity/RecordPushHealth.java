package io.velvetastro.decisions.identity;

import io.velvetastro.decisions.push.Pushes;
import io.velvetastro.questions.HealthSource;
import io.velvetastro.questions.Monitor.Component;
import io.velvetastro.questions.Monitor.State;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/** Says how many receivers do not take what is theirs. The house itself is well then: what somebody else's machine does is no fault of it. */
class RecordPushHealth implements HealthSource {
    private static final Logger log = LoggerFactory.getLogger(RecordPushHealth.class);

    private final Pushes pushes;
    private volatile Pushes.Count known = new Pushes.Count(0, 0, 0);

    RecordPushHealth(Pushes pushes) {
        this.pushes = pushes;
    }

    @Scheduled(fixedDelayString = "PT10S")
    void look() {
        try {
            known = pushes.count();
        } catch (RuntimeException later) { // The database's own line says so.
            log.debug("Nobody can say now whose record is taken", later);
        }
    }

    @Override
    public Component health() {
        var now = known;
        int troubled = now.failing() + now.paused();
        return new Component(
                "record push",
                State.UP,
                now.set() == 0
                        ? "no organisation has its record sent"
                        : troubled == 0
                                ? "every receiver takes its record"
                                : troubled + " of " + now.set() + " receivers do not take their record",
                Map.of(
                        "set", Integer.toString(now.set()),
                        "failing", Integer.toString(now.failing()),
                        "paused", Integer.toString(now.paused())));
    }
}
