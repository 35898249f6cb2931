package io.velvetastro.engines.chain;

import io.velvetastro.engines.Digest;
import io.velvetastro.engines.HeapMemory;
import io.velvetastro.engines.login.Scenario;
import io.velvetastro.language.Engine;
import io.velvetastro.language.EventId;
import io.velvetastro.language.FindingId;
import io.velvetastro.language.FindingRaised;
import io.velvetastro.language.FindingRaised.Entity;
import io.velvetastro.language.FindingRaised.Technique;
import io.velvetastro.language.Sealed;
import io.velvetastro.language.SeriesId;
import io.velvetastro.language.Severity;
import io.velvetastro.language.Stage;
import java.time.Instant;
import java.util.List;

/** Findings to tell the chain, and what it answers. */
abstract class Storyteller {
    static final Instant START = Scenario.START;
    final HeapMemory memory = new HeapMemory();
    final Chain chain = new Chain();

    List<Answer> follow(FindingRaised... findings) {
        return chain.follow(memory, List.of(findings));
    }

    static List<Answer.Open> opened(List<Answer> answers) {
        return answers.stream()
                .filter(Answer.Open.class::isInstance)
                .map(Answer.Open.class::cast)
                .toList();
    }

    static List<Answer.Grow> grown(List<Answer> answers) {
        return answers.stream()
                .filter(Answer.Grow.class::isInstance)
                .map(Answer.Grow.class::cast)
                .toList();
    }

    static List<Answer.Contain> contained(List<Answer> answers) {
        return answers.stream()
                .filter(Answer.Contain.class::isInstance)
                .map(Answer.Contain.class::cast)
                .toList();
    }

    static FindingRaised takeover(String name, String user, String address, Instant at, boolean contain) {
        return takeover(name, user, address, at, contain, false, "");
    }

    static FindingRaised takeover(
            String name, String user, String address, Instant at, boolean contain, boolean history, String more) {
        return finding(
                name,
                more,
                Engine.HEURISTICS,
                "Signed in after failures",
                Severity.HIGH,
                0.9,
                Stage.EXPLOITATION,
                at,
                List.of(user(user), attacker(address)),
                history,
                contain);
    }

    static FindingRaised denial(String name, String user, String address, Instant signedIn, Instant denied) {
        return finding(
                name,
                "",
                Engine.HEURISTICS,
                "Its owner says this sign-in was not theirs",
                Severity.HIGH,
                0.88,
                Stage.EXPLOITATION,
                signedIn,
                denied,
                List.of(user(user), attacker(address)),
                false,
                false);
    }

    static FindingRaised guessing(String name, String user, String address, Instant at, Severity severity) {
        return guessing(name, "", user, address, at, severity);
    }

    static FindingRaised guessing(
            String name, String more, String user, String address, Instant at, Severity severity) {
        return finding(
                name,
                more,
                Engine.HEURISTICS,
                "Password guessing",
                severity,
                0.5,
                Stage.DELIVERY,
                at,
                List.of(user(user), attacker(address)),
                false,
                false);
    }

    static FindingRaised alert(
            String name, String title, String host, Severity severity, double score, Stage stage, Instant at) {
        return finding(
                name,
                "",
                Engine.EXTERNAL,
                title,
                severity,
                score,
                stage,
                at,
                List.of(new Entity(Entity.Kind.HOST, Entity.Role.TARGET, host, null, host)),
                false,
                false);
    }

    static Entity user(String name) {
        return new Entity(Entity.Kind.USER, Entity.Role.TARGET, name, new Sealed("sealed " + name), null);
    }

    static Entity attacker(String address) {
        return new Entity(Entity.Kind.ADDRESS, Entity.Role.ACTOR, address, new Sealed("sealed " + address), null);
    }

    static FindingRaised finding(
            String name,
            String more,
            Engine engine,
            String title,
            Severity severity,
            double score,
            Stage stage,
            Instant at,
            List<Entity> entities,
            boolean history,
            boolean contain) {
        return finding(name, more, engine, title, severity, score, stage, at, at, entities, history, contain);
    }

    private static FindingRaised finding(
            String name,
            String more,
            Engine engine,
            String title,
            Severity severity,
            double score,
            Stage stage,
            Instant at,
            Instant lastAt,
            List<Entity> entities,
            boolean history,
            boolean contain) {
        return new FindingRaised(
                new FindingId(new Digest("f").with(name + more).id()),
                new SeriesId(new Digest("s").with(name).id()),
                Scenario.TENANT,
                engine,
                "rule",
                1,
                title,
                severity,
                score,
                stage,
                List.<Technique>of(),
                at,
                lastAt,
                at,
                1,
                List.of(new EventId(new Digest("e").with(name + more).id())),
                entities,
                List.of(),
                "",
                null,
                history,
                contain,
                false,
                List.of(),
                null);
    }
}
