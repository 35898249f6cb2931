package io.velvetastro.sagas.playbook;

import io.velvetastro.language.DefenseCommand.BlockNetwork;
import io.velvetastro.language.IncidentEvent.ContainmentAdvised;
import io.velvetastro.language.PlaybookCommand.RecordStep;
import io.velvetastro.language.PlaybookCommand.StartRun;
import io.velvetastro.language.PlaybookCommand.StepOutcome;
import io.velvetastro.language.RuleId;
import io.velvetastro.language.RunId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The playbook "contain the source": keep an attacking network out for a day. Everything it sends follows from the advice alone, ids and times too, so that sending it again changes nothing.
 */
record ContainSource(ContainmentAdvised advice) {
    static final String NAME = "contain-source";
    static final int VERSION = 1;
    static final String ACTOR = "playbook:" + NAME + "/" + VERSION;
    static final String STEP = "block-source";
    private static final Duration STANDS = Duration.ofHours(24);

    StartRun start() {
        return new StartRun(run(), advice.tenant(), NAME, VERSION, advice.incidentId(), advice.at());
    }

    BlockNetwork block() {
        return new BlockNetwork(
                rule(),
                advice.tenant(),
                advice.network(),
                STANDS,
                "Playbook: contain the source of an attack",
                advice.incidentId(),
                advice.at());
    }

    RecordStep completed() {
        return recorded(StepOutcome.COMPLETED, rule(), "Blocked for 24 hours");
    }

    RecordStep withheld() {
        return recorded(
                StepOutcome.WITHHELD, null, "Would have blocked for 24 hours, but what happened lies too far back");
    }

    RecordStep refused() {
        return recorded(StepOutcome.REFUSED, null, "On the never-block list");
    }

    private RecordStep recorded(StepOutcome outcome, @Nullable RuleId rule, String detail) {
        return new RecordStep(run(), advice.tenant(), STEP, outcome, advice.network(), rule, detail, advice.at());
    }

    private RunId run() {
        // What was withheld as history and is done after all, because the attack goes on, is another run.
        return new RunId(named(advice.history() ? "run withheld" : "run"));
    }

    private RuleId rule() {
        return new RuleId(named("rule"));
    }

    private UUID named(String what) {
        var name = String.join(
                " ",
                what,
                NAME,
                Integer.toString(VERSION),
                advice.tenant().toString(),
                advice.incidentId().toString(),
                advice.network().toString());
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
