package io.velvetastro.decisions.door;

import io.velvetastro.language.TenantId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;

/**
 * Lets quotas hold across processes: once a second each says what was spent there in all, and hears what the others have spent since. Sums are told and not steps, so that a word that is lost or comes twice changes nothing.
 */
final class Tallies implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tallies.class);
    private static final long EVERY_SECONDS = 1;

    private final JdbcClient db;
    private final String process;
    private final Map<String, Tally> tallies;
    private final Map<Told, Long> known = new HashMap<>();
    private final Map<Told, Long> untold = new HashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("tallies").factory());
    private boolean hasListened;

    /** What a process has said of an organisation. */
    private record Told(String process, String kind, TenantId tenant) {}

    /** @param process what it is called; every life of it counts from nothing, so each goes by a name of its own */
    Tallies(JdbcClient db, String process, List<Tally> tallies) {
        this.db = db;
        this.process = process + "/" + UUID.randomUUID();
        this.tallies = tallies.stream().collect(Collectors.toMap(Tally::kind, Function.identity()));
    }

    Tallies started() {
        clock.scheduleWithFixedDelay(() -> quietly(this::exchange), EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
        clock.scheduleWithFixedDelay(() -> quietly(this::sweep), 1, 1, TimeUnit.HOURS);
        return this;
    }

    private void quietly(Runnable exchange) {
        try {
            exchange.run();
        } catch (DataAccessException | TransactionException away) {
            LOG.debug("Cannot exchange what was spent", away); // Until it can, each process counts for itself.
        }
    }

    void exchange() {
        tallies.forEach((kind, tally) ->
                tally.spent().forEach((tenant, sum) -> untold.put(new Told(process, kind, tenant), sum)));
        if (!untold.isEmpty()) tell();
        listen();
    }

    private void tell() {
        db.sql("""
                        INSERT INTO decisions.spent (process, kind, tenant, sum, said_at)
                        SELECT ?, said.*, now() FROM unnest(?::text[], ?::uuid[], ?::bigint[]) AS said
                        ON CONFLICT (process, kind, tenant) DO UPDATE SET sum = excluded.sum, said_at = excluded.said_at""")
                .params(process, array(Told::kind), array(told -> told.tenant().toString()), sums())
                .update();
        untold.clear();
    }

    private String array(Function<Told, String> part) {
        return untold.keySet().stream().map(part).collect(Collectors.joining(",", "{", "}"));
    }

    private String sums() {
        return untold.keySet().stream()
                .map(told -> String.valueOf(untold.get(told)))
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** Nobody is charged for what was spent before this process began. */
    private void listen() {
        var news = hasListened ? " AND said_at > now() - interval '1 minute'" : "";
        db.sql("SELECT process, kind, tenant, sum FROM decisions.spent WHERE process <> ?" + news)
                .param(process)
                .query(row -> {
                    var tenant = new TenantId(row.getObject(3, UUID.class));
                    hear(new Told(row.getString(1), row.getString(2), tenant), row.getLong(4));
                });
        hasListened = true;
    }

    private void hear(Told told, long sum) {
        var before = known.put(told, sum);
        long more = before == null ? sum : sum - before;
        var tally = tallies.get(told.kind());
        if (tally != null && more > 0 && hasListened) tally.heard(told.tenant(), more);
    }

    /** Forgets processes that have said nothing for long. */
    void sweep() {
        db.sql("DELETE FROM decisions.spent WHERE said_at < now() - interval '1 day'")
                .update();
        var left = db.sql("SELECT DISTINCT process FROM decisions.spent")
                .query(String.class)
                .set();
        known.keySet().removeIf(told -> !left.contains(told.process()));
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
