package io.velvetastro.engines.chain;

import io.velvetastro.engines.Digest;
import io.velvetastro.language.Engine;
import io.velvetastro.language.FindingRaised;
import io.velvetastro.language.FindingRaised.Entity;
import io.velvetastro.language.Severity;
import io.velvetastro.language.Stage;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Something two findings can have in common that makes them one adversary's work, and how long apart they may lie.
 *
 * @param hotGap the same once the story has more than one stage: who is under attack is watched for longer
 */
record Key(String text, Duration gap, Duration hotGap) {
    /** What all loud guessing has in common, where it has nothing else. */
    static final Key KNOCKING = new Key("knocking", Duration.ofHours(6), Duration.ofHours(6));

    private static final Duration LONG = Duration.ofHours(6);
    private static final Duration HOT = Duration.ofHours(12);
    private static final Duration SHORT = Duration.ofMinutes(30);
    private static final Duration MOMENT = Duration.ofMinutes(10);

    static Set<Key> of(FindingRaised finding) {
        var keys = new LinkedHashSet<Key>();
        boolean external = finding.engine() == Engine.EXTERNAL;
        boolean inside = finding.stage().compareTo(Stage.EXPLOITATION) >= 0;
        long attackers = finding.entities().stream().filter(Key::isAttacker).count();
        boolean stuffing = !external && isStuffing(finding);
        // Who guesses at one account beside others need not be of their company: only a wave vouches for its addresses.
        boolean ofOneHand = attackers == 1 || external || stuffing;
        for (var entity : finding.entities()) {
            if (isAttacker(entity) && ofOneHand) keys.add(new Key("address:" + entity.id(), LONG, HOT));
            // Everybody guesses at root: an account joins stories only once someone is in, or when many addresses act
            // on it as one.
            if (entity.kind() == Entity.Kind.USER && (inside || external || attackers > 1 && !stuffing))
                keys.add(new Key("account:" + entity.id(), LONG, HOT));
            if (entity.kind() == Entity.Kind.HOST && external) keys.add(new Key("machine:" + entity.id(), SHORT, HOT));
            if (entity.kind() == Entity.Kind.ADDRESS && entity.role() == Entity.Role.TARGET && external)
                keys.add(new Key("machine:" + entity.id(), SHORT, HOT));
        }
        // The same alert on many machines within minutes is one sweep.
        if (external) keys.add(new Key("alert:" + finding.title(), MOMENT, MOMENT));
        // Stuffing has no address and no account of its own: its waves are what it is known by.
        if (stuffing) keys.add(new Key("stuffing", MOMENT, MOMENT));
        return keys;
    }

    static boolean isStuffing(FindingRaised finding) {
        return finding.techniques().stream()
                .anyMatch(technique -> technique.id().equals("T1110.004"));
    }

    /** Loud guessing that got nobody in: a hundred such addresses are one incident, not a hundred. */
    static boolean isKnocking(FindingRaised finding) {
        return finding.engine() == Engine.HEURISTICS
                && finding.stage() == Stage.DELIVERY
                && finding.severity().compareTo(Severity.HIGH) >= 0
                && !isStuffing(finding);
    }

    private static boolean isAttacker(Entity entity) {
        return entity.kind() == Entity.Kind.ADDRESS && entity.role() == Entity.Role.ACTOR;
    }

    /** The key links are remembered under: of one length, whatever a tool calls its alerts. */
    String store() {
        return new Digest("link").with(text).id().toString();
    }

    long afterMillis(boolean hot) {
        return (hot ? hotGap : gap).toMillis();
    }
}
