package io.velvetastro.decisions.defense;

import static java.time.ZoneOffset.UTC;

import io.velvetastro.language.DefenseEvent.NetworkAllowed;
import io.velvetastro.language.DefenseEvent.RuleLifted;
import io.velvetastro.language.Network;
import io.velvetastro.language.TenantId;
import java.time.Instant;
import java.util.List;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What each organisation has allowed, kept in the transaction that allows it: a block that comes a moment later already sees it. */
@ProcessingGroup(AllowedNetworks.GROUP)
class AllowedNetworks implements ProtectedNetworks.Allowed {
    static final String GROUP = "never-block";

    private final JdbcClient db;

    AllowedNetworks(JdbcClient db) {
        this.db = db;
    }

    @EventHandler
    void on(NetworkAllowed event) {
        var until = event.until();
        db.sql(
                        "insert into decisions.allowed_network (rule_id, tenant, network, until) values (?, ?, ?, ?) on conflict do nothing")
                .params(
                        event.ruleId().value(),
                        event.tenant().value(),
                        event.network().toString())
                .param(until == null ? null : until.atOffset(UTC))
                .update();
    }

    @EventHandler
    void on(RuleLifted event) {
        db.sql("delete from decisions.allowed_network where rule_id = ? and tenant = ?")
                .params(event.ruleId().value(), event.tenant().value())
                .update();
    }

    @Override
    public List<Network> standingAt(TenantId tenant, Instant at) {
        return db
                .sql("select network from decisions.allowed_network where tenant = ? and (until is null or until > ?)")
                .params(tenant.value(), at.atOffset(UTC))
                .query(String.class)
                .list()
                .stream()
                .map(Network::of)
                .toList();
    }
}
