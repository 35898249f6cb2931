package io.velvetastro.views.defense;

import static io.velvetastro.views.jooq.Tables.RULE;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;

import io.velvetastro.language.IncidentId;
import io.velvetastro.language.Network;
import io.velvetastro.language.RuleId;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Defense.Action;
import io.velvetastro.questions.Defense.AllowedNetworks;
import io.velvetastro.questions.Defense.Blocklist;
import io.velvetastro.questions.Defense.DefenseRules;
import io.velvetastro.questions.Defense.HeldBy;
import io.velvetastro.questions.Defense.NetworkList;
import io.velvetastro.questions.Defense.RulePage;
import io.velvetastro.questions.Defense.RuleRow;
import io.velvetastro.views.Clean;
import io.velvetastro.views.Columns;
import io.velvetastro.views.Walled;
import io.velvetastro.views.jooq.tables.records.RuleRecord;
import io.velvetastro.views.web.Counted;
import io.velvetastro.views.web.Cursor;
import io.velvetastro.views.web.Limits;
import io.velvetastro.views.web.Page;
import io.velvetastro.views.web.People;
import java.time.Instant;
import java.util.List;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Answers what is kept out, and what never is. */
@Component
public class DefenseQueries {
    static final int MOST_ROWS = 500;
    private final DSLContext db;
    private final People people;
    private final int mostRules;

    DefenseQueries(
            @Walled DSLContext db, People people, @Value("${velvet.blocklist.most-rules:100000}") int mostRules) {
        this.db = db;
        this.people = people;
        this.mostRules = mostRules;
    }

    @QueryHandler
    RulePage answer(DefenseRules asked) {
        var page = page(asked);
        return new RulePage(page.items(), page.next(), Counted.rows(db, RULE, which(asked)));
    }

    private static Condition which(DefenseRules asked) {
        var which = RULE.TENANT.eq(asked.tenant().value());
        if (asked.action() != null)
            which = which.and(RULE.ACTION.eq(asked.action().name()));
        return asked.standingAt() == null ? which : which.and(standing(asked.standingAt()));
    }

    /** A page alone: counting all the others is left to who wants to know. */
    Page<RuleRow> page(DefenseRules asked) {
        int limit = Limits.check(asked.limit(), MOST_ROWS);
        var cursor = Cursor.of(asked.cursor());
        var rows = db.selectFrom(RULE)
                .where(which(asked))
                .and(cursor == null ? noCondition() : row(RULE.AT, RULE.ID).lt(cursor.column(), cursor.id()))
                .orderBy(RULE.AT.desc(), RULE.ID.desc())
                .limit(limit + 1)
                .fetch();
        var items = rows.stream().limit(limit).map(this::ruleRow).toList();
        var next = rows.size() > limit
                ? new Cursor(items.getLast().at(), items.getLast().id().value()).toString()
                : null;
        return new Page<>(items, next);
    }

    @QueryHandler
    RulePage answer(HeldBy asked) {
        var network = asked.network();
        var items = db
                .selectFrom(RULE)
                .where(RULE.TENANT.eq(asked.tenant().value()), RULE.ACTION.eq(Action.BLOCK.name()))
                .and(RULE.NETWORK.eq(network.toString()).or(RULE.LOW.ne(RULE.HIGH)))
                .and(standing(asked.at()))
                .orderBy(RULE.AT.desc(), RULE.ID.desc())
                .limit(MOST_ROWS)
                .fetch(this::ruleRow)
                .stream()
                .filter(row -> row.network().prefix() <= network.prefix()
                        && row.network().overlaps(network))
                .toList();
        return new RulePage(items, null, items.size());
    }

    @QueryHandler
    NetworkList answer(Blocklist asked) {
        return list(
                networks(asked.tenant(), Action.BLOCK, asked.at()), networks(asked.tenant(), Action.ALLOW, asked.at()));
    }

    @QueryHandler
    NetworkList answer(AllowedNetworks asked) {
        return list(networks(asked.tenant(), Action.ALLOW, asked.at()), List.of());
    }

    /** Who is never to be kept out counts before who is: with more allowances than are read nobody is. */
    private NetworkList list(List<Network> networks, List<Network> without) {
        boolean complete = networks.size() <= mostRules && without.size() <= mostRules;
        return without.size() > mostRules
                ? new NetworkList(List.of(), complete)
                : new NetworkList(Ranges.less(networks.stream().limit(mostRules).toList(), without), complete);
    }

    private List<Network> networks(TenantId tenant, Action action, Instant at) {
        return db.select(RULE.NETWORK)
                .from(RULE)
                .where(RULE.TENANT.eq(tenant.value()), RULE.ACTION.eq(action.name()))
                .and(standing(at))
                .orderBy(RULE.AT.desc(), RULE.ID.desc())
                .limit(mostRules + 1)
                .fetch(found -> Network.of(found.value1()));
    }

    /** What is known to be made is in force and what is known to be lifted is not, whatever the clock that made it said: ours may have gone back since. Only ends are a matter of time. */
    private static Condition standing(Instant at) {
        return RULE.LIFTED_AT.isNull().and(RULE.UNTIL.isNull().or(RULE.UNTIL.gt(Clean.column(at))));
    }

    private RuleRow ruleRow(RuleRecord r) {
        var tenant = new TenantId(r.getTenant());
        return new RuleRow(
                new RuleId(r.getId()),
                Action.valueOf(r.getAction()),
                Network.of(r.getNetwork()),
                Columns.instant(r.getUntil()),
                r.getReason(),
                Columns.id(r.getIncident(), IncidentId::new),
                people.actor(tenant, r.getActor()),
                r.getAt().toInstant(),
                Columns.instant(r.getLiftedAt()),
                r.getLiftedBy() == null ? null : people.actor(tenant, r.getLiftedBy()));
    }
}
