package io.velvetastro.sagas.detection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.velvetastro.engines.Found;
import io.velvetastro.engines.Found.Party;
import io.velvetastro.language.EventArchive;
import io.velvetastro.language.EventId;
import io.velvetastro.language.FindingRaised.Entity;
import io.velvetastro.language.Personal;
import io.velvetastro.language.PrincipalId;
import io.velvetastro.language.Sealed;
import io.velvetastro.language.Seals;
import io.velvetastro.language.Telemetry;
import io.velvetastro.language.TenantId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gives the parties of one batch's findings their names: taken from the evidence, sealed again, never in clear. */
final class Names {
    private final TenantId tenant;
    private final Seals seals;
    private final EventArchive archive;
    private final ObjectMapper json;
    private final Map<EventId, Sealed> evidence = new HashMap<>();
    private final Map<EventId, Optional<Personal>> opened = new HashMap<>();

    Names(TenantId tenant, Seals seals, EventArchive archive, ObjectMapper json) {
        this.tenant = tenant;
        this.seals = seals;
        this.archive = archive;
        this.json = json;
    }

    /** This event's sealed values are at hand. */
    void know(Telemetry event) {
        evidence.put(event.id(), event.personal());
    }

    Optional<Personal> open(EventId event) {
        return opened.computeIfAbsent(
                event,
                id -> Optional.ofNullable(evidence.get(id))
                        .flatMap(blob -> seals.open(tenant, blob))
                        .map(this::personal));
    }

    List<Entity> entities(Found found) {
        fetch(found);
        var users = found.parties().stream()
                .filter(party -> party.kind() == Entity.Kind.USER)
                .toList();
        // What concerns one account only goes when that account's key goes.
        var owner = users.size() == 1 ? PrincipalId.of(users.getFirst().id()) : null;
        return found.parties().stream()
                .map(party -> entity(found, party, owner))
                .toList();
    }

    private Entity entity(Found found, Party party, @Nullable PrincipalId owner) {
        if (party.kind() == Entity.Kind.HOST)
            return new Entity(party.kind(), party.role(), party.id(), null, party.id());
        var keyOf = party.kind() == Entity.Kind.USER ? PrincipalId.of(party.id()) : owner;
        var name = open(party.seenIn())
                .map(personal -> name(party, personal))
                .map(clear -> seals.seal(tenant, keyOf, found.lastAt(), clear));
        return new Entity(party.kind(), party.role(), party.id(), name.orElse(null), null);
    }

    private static @Nullable String name(Party party, Personal personal) {
        if (party.kind() == Entity.Kind.USER) return personal.user();
        return party.role() == Entity.Role.ACTOR ? personal.address() : personal.target();
    }

    /** Evidence of earlier batches is in the store. */
    private void fetch(Found found) {
        var missing = new HashSet<EventId>();
        for (var party : found.parties())
            if (party.kind() != Entity.Kind.HOST && !evidence.containsKey(party.seenIn())) missing.add(party.seenIn());
        if (missing.isEmpty()) return;
        for (var stored : archive.read(tenant, missing)) {
            try {
                var payload = json.readTree(stored.payload());
                var holder = payload.has("attempt") ? payload.get("attempt") : payload;
                if (holder.hasNonNull("personal"))
                    evidence.put(stored.id(), Sealed.of(holder.get("personal").asText()));
            } catch (JsonProcessingException broken) {
                throw new IllegalStateException("stored event " + stored.id() + " is no JSON", broken);
            }
        }
    }

    private Personal personal(String clear) {
        try {
            return json.readValue(clear, Personal.class);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("sealed values that are no JSON"); // Without the cause: it quotes them.
        }
    }
}
