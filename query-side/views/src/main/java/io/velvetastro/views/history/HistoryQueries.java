package io.velvetastro.views.history;

import static io.velvetastro.views.jooq.Tables.HISTORY;
import static io.velvetastro.views.jooq.Tables.HISTORY_ABOUT;
import static io.velvetastro.views.jooq.Tables.HISTORY_NAME;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;

import io.velvetastro.language.Address;
import io.velvetastro.language.EventId;
import io.velvetastro.language.Pseudonyms;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Forensics;
import io.velvetastro.questions.Forensics.EventHistory;
import io.velvetastro.questions.Forensics.HistoryFilter;
import io.velvetastro.questions.Forensics.HistoryPage;
import io.velvetastro.questions.Forensics.HistoryRow;
import io.velvetastro.views.Clean;
import io.velvetastro.views.Walled;
import io.velvetastro.views.web.Cursor;
import io.velvetastro.views.web.Limits;
import io.velvetastro.views.web.Unreadable;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record3;
import org.jooq.Select;
import org.jooq.SelectConditionStep;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds events in the history. Each way to be found is a branch that an index answers in order, so a page costs its own rows however many events there are. */
@Component
class HistoryQueries {
    static final int MOST_ROWS = 200;
    private static final int MOST_PRINCIPALS = 20;

    private final DSLContext db;
    private final Pseudonyms pseudonyms;
    private final IncidentEvents incidents;
    private final StoredLines lines;

    HistoryQueries(@Walled DSLContext db, Pseudonyms pseudonyms, IncidentEvents incidents, StoredLines lines) {
        this.db = db;
        this.pseudonyms = pseudonyms;
        this.incidents = incidents;
        this.lines = lines;
    }

    /** A place in the list. */
    private record Found(UUID id, OffsetDateTime at, long position) {}

    @QueryHandler
    HistoryPage answer(EventHistory asked) {
        int limit = Limits.check(asked.limit(), MOST_ROWS);
        var after = Cursor.of(asked.cursor());
        var branches = branches(asked.tenant(), asked.filter());
        if (branches.isEmpty()) return new HistoryPage(List.of(), null, 0);
        var found = page(branches, after, limit + 1);
        var shown = found.subList(0, Math.min(limit, found.size()));
        var next = found.size() > limit ? cursor(shown.getLast()) : null;
        return new HistoryPage(rows(asked.tenant(), shown), next, total(branches));
    }

    private static String cursor(Found last) {
        return new Cursor(last.at.toInstant(), new UUID(0, last.position)).toString();
    }

    private List<HistoryRow> rows(TenantId tenant, List<Found> found) {
        return lines.read(tenant, found.stream().map(one -> new EventId(one.id)).toList());
    }

    /** What may be in the page, each branch a condition on the history with its own way in. */
    private sealed interface Branch {
        Condition condition();

        /** By a column of the line itself. */
        record OfLine(Condition condition) implements Branch {}

        /** By something it is about besides. */
        record About(TenantId tenant, UUID subject, Condition condition) implements Branch {}
    }

    private List<Branch> branches(TenantId tenant, HistoryFilter filter) {
        var mine = HISTORY.TENANT.eq(tenant.value());
        var wanted = noCondition();
        if (filter.from() != null) wanted = wanted.and(HISTORY.AT.ge(Clean.column(filter.from())));
        if (filter.to() != null) wanted = wanted.and(HISTORY.AT.lt(Clean.column(filter.to())));
        var people = principals(tenant, filter);
        var senders = filter.address() == null ? null : senders(tenant, filter.address());
        var types = filter.types().stream().map(Clean::text).toList();
        var branches = new ArrayList<Branch>();
        if (filter.incident() != null) {
            wanted = wanted.and(ofTypes(types)).and(about(people)).and(from(senders));
            branches.add(new Branch.About(tenant, filter.incident().value(), mine.and(wanted)));
            var named = incidents.positions(tenant, filter.incident());
            if (!named.isEmpty())
                branches.add(new Branch.OfLine(
                        mine.and(wanted).and(HISTORY.POSITION.eq(DSL.any(named.toArray(Long[]::new))))));
        } else if (people != null) {
            wanted = wanted.and(ofTypes(types)).and(from(senders));
            for (var person : people) {
                branches.add(
                        new Branch.OfLine(mine.and(HISTORY.PRINCIPAL.eq(person)).and(wanted)));
                branches.add(new Branch.About(tenant, person, mine.and(wanted)));
            }
        } else if (senders != null) {
            wanted = wanted.and(ofTypes(types));
            for (var sender : senders) {
                branches.add(
                        new Branch.OfLine(mine.and(HISTORY.SOURCE.eq(sender)).and(wanted)));
                branches.add(new Branch.About(tenant, sender, mine.and(wanted)));
            }
        } else if (!types.isEmpty()) {
            for (var type : types)
                branches.add(new Branch.OfLine(mine.and(HISTORY.TYPE.eq(type)).and(wanted)));
        } else {
            branches.add(new Branch.OfLine(mine.and(wanted)));
        }
        return branches;
    }

    private static Condition ofTypes(List<String> types) {
        return types.isEmpty() ? noCondition() : HISTORY.TYPE.in(types);
    }

    private static Condition about(@Nullable Set<UUID> people) {
        return people == null ? noCondition() : HISTORY.PRINCIPAL.in(people).or(isAbout(people));
    }

    private static Condition from(@Nullable Set<UUID> senders) {
        return senders == null ? noCondition() : HISTORY.SOURCE.in(senders).or(isAbout(senders));
    }

    private static Condition isAbout(Set<UUID> subjects) {
        return DSL.exists(DSL.selectOne()
                .from(HISTORY_ABOUT)
                .where(
                        HISTORY_ABOUT.TENANT.eq(HISTORY.TENANT),
                        HISTORY_ABOUT.SUBJECT.in(subjects),
                        HISTORY_ABOUT.AT.eq(HISTORY.AT),
                        HISTORY_ABOUT.POSITION.eq(HISTORY.POSITION)));
    }

    /** Null when nobody was asked for; empty when nobody goes by that name. */
    private @Nullable Set<UUID> principals(TenantId tenant, HistoryFilter filter) {
        if (filter.principal() != null) return Set.of(id(filter.principal()));
        if (filter.user() == null) return null;
        return Set.copyOf(db.select(HISTORY_NAME.PRINCIPAL)
                .from(HISTORY_NAME)
                .where(
                        HISTORY_NAME.TENANT.eq(tenant.value()),
                        HISTORY_NAME.NAME.eq(KnownNames.key(pseudonyms, tenant, filter.user())))
                .limit(MOST_PRINCIPALS)
                .fetch(HISTORY_NAME.PRINCIPAL));
    }

    private static UUID id(String principal) {
        try {
            return UUID.fromString(principal);
        } catch (IllegalArgumentException unreadable) {
            throw new Unreadable("principal", "is not a UUID");
        }
    }

    /** Whoever has one address of an IPv6 network has them all; what was recorded before that counted goes by the single one. */
    private Set<UUID> senders(TenantId tenant, String text) {
        try {
            var address = Address.of(text.strip());
            var senders = new LinkedHashSet<UUID>();
            senders.add(pseudonyms.sender(tenant, address).value());
            senders.add(pseudonyms.source(tenant, address).value());
            return senders;
        } catch (IllegalArgumentException unreadable) {
            throw new Unreadable("address", "is not an address");
        }
    }

    private List<Found> page(List<Branch> branches, @Nullable Cursor after, int limit) {
        var behind = after == null
                ? noCondition()
                : row(HISTORY.AT, HISTORY.POSITION)
                        .lt(after.column(), after.id().getLeastSignificantBits());
        var all = union(branches.stream()
                .map(branch -> (Select<Record3<UUID, OffsetDateTime, Long>>) select(branch)
                        .and(behind)
                        .orderBy(HISTORY.AT.desc(), HISTORY.POSITION.desc())
                        .limit(limit))
                .toList());
        var found = all.asTable("found");
        return db.selectFrom(found)
                .orderBy(DSL.field("at").desc(), DSL.field("position").desc())
                .limit(limit)
                .fetch(one -> new Found(one.get(HISTORY.ID), one.get(HISTORY.AT), one.get(HISTORY.POSITION)));
    }

    private long total(List<Branch> branches) {
        var some = union(branches.stream()
                .map(branch -> (Select<Record3<UUID, OffsetDateTime, Long>>)
                        select(branch).limit(Forensics.MOST_COUNTED + 1))
                .toList());
        return Math.min(Forensics.MOST_COUNTED + 1, db.fetchCount(some));
    }

    private SelectConditionStep<Record3<UUID, OffsetDateTime, Long>> select(Branch branch) {
        var from = DSL.select(HISTORY.ID, HISTORY.AT, HISTORY.POSITION).from(HISTORY);
        return switch (branch) {
            case Branch.OfLine line -> from.where(line.condition());
            case Branch.About about ->
                from.join(HISTORY_ABOUT)
                        .on(
                                HISTORY_ABOUT.TENANT.eq(HISTORY.TENANT),
                                HISTORY_ABOUT.POSITION.eq(HISTORY.POSITION),
                                HISTORY_ABOUT.AT.eq(HISTORY.AT))
                        .where(
                                HISTORY_ABOUT.TENANT.eq(about.tenant().value()),
                                HISTORY_ABOUT.SUBJECT.eq(about.subject()),
                                about.condition());
        };
    }

    /** Without repetition: an event may be found in two ways. */
    private static Select<Record3<UUID, OffsetDateTime, Long>> union(
            List<Select<Record3<UUID, OffsetDateTime, Long>>> branches) {
        return branches.stream().reduce((one, other) -> one.union(other)).orElseThrow();
    }
}
