package io.velvetastro.questions;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.Network;
import io.velvetastro.language.RuleId;
import io.velvetastro.language.TenantId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Questions about what is kept out and what is never kept out. */
public interface Defense {

    /** Rules, newest first; with {@code standingAt} only those that have not been lifted and have not ended by then. */
    record DefenseRules(
            TenantId tenant,
            @Nullable Action action,
            @Nullable Instant standingAt,
            @Nullable String cursor,
            int limit) {}

    /** Every block that has not ended by an instant and keeps all of this network out, newest first, answered by a page: lifting one leaves it to the others. */
    record HeldBy(TenantId tenant, Network network, Instant at) {}

    /** Networks to keep out that have not ended by an instant, sorted, with allowed ranges left out: what firewalls pull. */
    record Blocklist(TenantId tenant, Instant at) {}

    /** What an organisation has said must never be blocked, as of an instant (built-in ranges come on top). */
    record AllowedNetworks(TenantId tenant, Instant at) {}

    enum Action {
        BLOCK,
        ALLOW
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RuleRow(
            RuleId id,
            Action action,
            Network network,
            @Nullable Instant until,
            String reason,
            @Nullable IncidentId incident,
            String by,
            Instant at,
            @Nullable Instant liftedAt,
            @Nullable String liftedBy) {}

    /** {@code total} stops at 10,000. */
    record RulePage(List<RuleRow> items, @Nullable String next, long total) {}

    /** {@code complete} unless there are more rules than are read: then the oldest were left out. */
    record NetworkList(List<Network> networks, boolean complete) {}

    /** Told to whoever asked DefenseRules, Blocklist or AllowedNetworks. */
    record DefenseChanged(TenantId tenant) {}
}
