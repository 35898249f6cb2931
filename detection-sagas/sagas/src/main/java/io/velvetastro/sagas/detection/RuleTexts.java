package io.velvetastro.sagas.detection;

import static java.util.Objects.requireNonNull;

import io.velvetastro.engines.Found;
import io.velvetastro.engines.Kind;
import io.velvetastro.engines.Memory;
import io.velvetastro.language.Envelope;
import io.velvetastro.language.Fact;
import io.velvetastro.language.RuleRecorded;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The texts of the rules in force, and which of them an organisation's log has: each goes there before the first finding that was judged by it. */
final class RuleTexts {
    private static final Kind<Boolean> RECORDED = new Kind<>(
            "rule", 1, false, (done, packer) -> packer.number(done ? 1 : 0), unpacker -> unpacker.number() == 1);

    private record Text(String text, String sha256) {}

    private final Map<String, Text> byRule = new HashMap<>();

    RuleTexts(Map<String, String> texts) {
        texts.forEach((rule, text) -> byRule.put(rule, new Text(text, RuleRecorded.sha256(text))));
    }

    String hashOf(Found found) {
        return of(found).sha256();
    }

    /** The record of the rule's text, unless this organisation has it; a replay makes the same one, and the journal keeps it once. */
    Optional<Fact> unrecorded(Memory memory, Found found, Instant now) {
        var text = of(found);
        if (memory.recall(RECORDED, text.sha256())) return Optional.empty();
        memory.keep(RECORDED, text.sha256(), true);
        var actor = "engine:" + found.engine().name().toLowerCase(Locale.ROOT);
        return Optional.of(new Fact(
                RuleRecorded.idOf(found.tenant(), text.sha256()),
                new RuleRecorded(found.tenant(), found.rule(), found.ruleVersion(), text.text()),
                Map.copyOf(Envelope.of(found.tenant(), actor, now))));
    }

    private Text of(Found found) {
        return requireNonNull(byRule.get(found.rule()), () -> "rule " + found.rule() + " has no text");
    }
}
