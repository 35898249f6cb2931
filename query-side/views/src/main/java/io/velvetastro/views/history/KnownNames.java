package io.velvetastro.views.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.velvetastro.language.PrincipalId;
import io.velvetastro.language.PrivacyEvent.PersonErased;
import io.velvetastro.language.Pseudonyms;
import io.velvetastro.language.Seals;
import io.velvetastro.language.Telemetry;
import io.velvetastro.language.TenantId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Learns by which names principals go: a principal is made of a name and of the system that knows it, and whoever searches has only the name. A seal is opened once for each principal, not for each event. */
final class KnownNames {
    /** No customer's system is called so; the name alone is hashed. */
    private static final String ANY_REALM = "\u0000any";

    private static final int MOST_REMEMBERED = 200_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Principal(TenantId tenant, PrincipalId id) {}

    private final Seals seals;
    private final Pseudonyms pseudonyms;
    private final Cache<Principal, UUID> opened =
            Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();
    private final Map<Principal, UUID> batch = new HashMap<>();
    private final Set<Principal> forgotten = new HashSet<>();

    KnownNames(Seals seals, Pseudonyms pseudonyms) {
        this.seals = seals;
        this.pseudonyms = pseudonyms;
    }

    static UUID key(Pseudonyms pseudonyms, TenantId tenant, String name) {
        return pseudonyms
                .principal(tenant, ANY_REALM, name.toLowerCase(Locale.ROOT))
                .value();
    }

    void learn(TenantId tenant, Telemetry event) {
        if (event.principal() == null) return;
        var principal = new Principal(tenant, event.principal());
        if (batch.containsKey(principal)) return;
        var name = opened.get(principal, unknown -> open(tenant, event));
        if (name != null) batch.put(principal, name);
    }

    private @Nullable UUID open(TenantId tenant, Telemetry event) {
        return seals.open(tenant, event.personal())
                .map(KnownNames::user)
                .map(name -> key(pseudonyms, tenant, name))
                .orElse(null);
    }

    private static @Nullable String user(String personal) {
        try {
            var user = JSON.readTree(personal).path("user");
            return user.isTextual() ? user.asText() : null;
        } catch (JsonProcessingException damaged) {
            return null; // Such an event is found by everything but its name.
        }
    }

    /** From here on the person goes by no name, until a name is sealed for them again. */
    void forget(PersonErased erased) {
        var principal = new Principal(erased.tenant(), erased.person());
        opened.invalidate(principal);
        batch.remove(principal);
        forgotten.add(principal);
    }

    /** Writes all of the batch's, known or not: whether an earlier write was committed is not for this class to guess. */
    void write(DSLContext db) {
        for (var principal : forgotten)
            db.execute(
                    "delete from history_name where tenant = ? and principal = ?",
                    principal.tenant.value(),
                    principal.id.value());
        forgotten.clear();
        var all = batch.entrySet();
        if (!all.isEmpty())
            db.execute(
                    "insert into history_name (tenant, name, principal) select * from unnest(?::uuid[], ?::uuid[], ?::uuid[]) on conflict do nothing",
                    all.stream().map(one -> one.getKey().tenant.value()).toArray(UUID[]::new),
                    all.stream().map(Map.Entry::getValue).toArray(UUID[]::new),
                    all.stream().map(one -> one.getKey().id.value()).toArray(UUID[]::new));
        batch.clear();
    }
}
