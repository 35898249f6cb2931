package io.velvetastro.engines;

import io.velvetastro.language.Engine;
import io.velvetastro.language.EventId;
import io.velvetastro.language.FindingId;
import io.velvetastro.language.FindingRaised;
import io.velvetastro.language.FindingRaised.Entity;
import io.velvetastro.language.FindingRaised.Technique;
import io.velvetastro.language.FindingRaised.Weight;
import io.velvetastro.language.Place;
import io.velvetastro.language.SeriesId;
import io.velvetastro.language.Severity;
import io.velvetastro.language.Stage;
import io.velvetastro.language.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an engine found, before names are sealed into it and it becomes an event. */
public record Found(
        Engine engine,
        String rule,
        int ruleVersion,
        SeriesId series,
        TenantId tenant,
        String title,
        Severity severity,
        double score,
        Stage stage,
        List<Technique> techniques,
        Instant firstAt,
        Instant lastAt,
        Instant reachedAt,
        long count,
        List<EventId> evidence,
        List<Party> parties,
        List<Weight> why,
        String explanation,
        @Nullable Place place,
        boolean contain,
        Minutes fresh) {

    /** Someone or something it is about. {@code id} is opaque for users and addresses; {@code seenIn} is an event whose sealed values hold the name. */
    public record Party(Entity.Kind kind, Entity.Role role, String id, EventId seenIn) {
        public static Party user(UUID principal, EventId seenIn) {
            return new Party(Entity.Kind.USER, Entity.Role.TARGET, principal.toString(), seenIn);
        }

        public static Party attacker(UUID source, EventId seenIn) {
            return new Party(Entity.Kind.ADDRESS, Entity.Role.ACTOR, source.toString(), seenIn);
        }

        public static Party host(String host, EventId seenIn) {
            return new Party(Entity.Kind.HOST, Entity.Role.TARGET, host, seenIn);
        }
    }

    /** The event this becomes, once its parties have names; {@code ruleHash} names the text it was judged by. */
    public FindingRaised raised(List<Entity> entities, boolean history, boolean simulated, @Nullable String ruleHash) {
        return new FindingRaised(
                id(),
                series,
                tenant,
                engine,
                rule,
                ruleVersion,
                title,
                severity,
                score,
                stage,
                techniques,
                firstAt,
                lastAt,
                reachedAt,
                count,
                evidence,
                entities,
                why,
                explanation,
                place,
                history,
                contain,
                simulated,
                fresh.list(),
                ruleHash);
    }

    /** The same rule over the same evidence is the same finding, whenever it is computed. */
    public FindingId id() {
        var digest = new Digest("finding")
                .with(tenant.value())
                .with(rule)
                .with(ruleVersion)
                .with(severity.name())
                .with(count);
        evidence.stream().map(EventId::value).sorted().forEach(digest::with);
        return new FindingId(digest.id());
    }
}
