package io.velvetastro.decisions.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Counts tries where every process of the house sees them and no restart forgets them. Counting waits for no disk: what a machine that
 * loses its power forgets is the last second. Who has to wait anyway is remembered here too, so that whoever hammers at one door costs
 * the database nothing.
 */
class TryCounts {
    private static final int MOST_KNOWN_TO_WAIT = 50_000;

    private final JdbcClient db;
    private final SecretKeySpec key;
    private final TransactionTemplate apart;
    private final Cache<String, Instant> waiting =
            Caffeine.newBuilder().maximumSize(MOST_KNOWN_TO_WAIT).build();

    TryCounts(JdbcClient db, byte[] key, PlatformTransactionManager transactions) {
        this.db = db;
        this.key = new SecretKeySpec(key, "HmacSHA256");
        this.apart = new TransactionTemplate(transactions);
        this.apart.setPropagationBehavior(
                TransactionDefinition.PROPAGATION_REQUIRES_NEW); // What was tried stays tried.
    }

    /** One thing that tries are counted of, and how many it may have. */
    record Counted(String what, Tries.Limit limit) {}

    /** Counts one more of each, in turn, up to the first that comes too early; then says how long it has to wait. */
    Optional<Duration> another(Instant now, List<Counted> all) {
        var keys = all.stream().map(each -> hash(each.what)).toList();
        for (int i = 0; i < keys.size(); i++) {
            var until = waiting.getIfPresent(keys.get(i));
            if (until == null) continue;
            var wait = Duration.between(now, until);
            // Longer than the longest is a clock that went back: then the rows say.
            if (wait.isPositive() && wait.compareTo(all.get(i).limit.longestWait()) <= 0) return Optional.of(wait);
        }
        return apart.execute(status -> counted(now, all, keys));
    }

    private Optional<Duration> counted(Instant now, List<Counted> all, List<String> keys) {
        dontWaitForTheDisk();
        var held = held(now, keys);
        var written = new ArrayList<Row>();
        for (int i = 0; i < keys.size(); i++) {
            var key = keys.get(i);
            var limit = all.get(i).limit;
            var tries = Objects.requireNonNull(held.get(key)).by(now).another(now, limit);
            if (tries.tooEarly()) {
                waiting.put(key, tries.nextAt());
                write(written);
                return Optional.of(Duration.between(now, tries.nextAt()));
            }
            written.add(new Row(key, tries, tries.forgivenAt(limit)));
        }
        write(written);
        return Optional.empty();
    }

    private record Row(String key, Tries tries, Instant forgivenAt) {}

    /** Whoever tries at once waits for the rows, always in the same order. */
    private Map<String, Tries> held(Instant now, List<String> keys) {
        var held = new HashMap<String, Tries>();
        db.sql("""
                insert into identity.tries (key, made, since, at, pause, forgiven)
                select k, 0, ?, ?, 0, ? from unnest(?) k order by k
                on conflict (key) do update set key = excluded.key
                returning key, made, since, at, pause""")
                .params(now.toEpochMilli(), now.toEpochMilli(), now.toEpochMilli(), keys.toArray(String[]::new))
                .query(row -> {
                    held.put(
                            row.getString("key"),
                            new Tries(
                                    row.getLong("made"),
                                    Instant.ofEpochMilli(row.getLong("since")),
                                    Instant.ofEpochMilli(row.getLong("at")),
                                    Duration.ofMillis(row.getLong("pause")),
                                    false));
                });
        return held;
    }

    private void write(List<Row> rows) {
        db.sql("""
                update identity.tries t set made = n.made, since = n.since, at = n.at, pause = n.pause, forgiven = n.forgiven
                from unnest(?, ?, ?, ?, ?, ?) n (key, made, since, at, pause, forgiven) where t.key = n.key""")
                .params(
                        rows.stream().map(Row::key).toArray(String[]::new),
                        numbers(rows, row -> row.tries.made()),
                        numbers(rows, row -> row.tries.since().toEpochMilli()),
                        numbers(rows, row -> row.tries.at().toEpochMilli()),
                        numbers(rows, row -> row.tries.pause().toMillis()),
                        numbers(rows, row -> row.forgivenAt.toEpochMilli()))
                .update();
    }

    private static Long[] numbers(List<Row> rows, Function<Row, Long> column) {
        return rows.stream().map(column).toArray(Long[]::new);
    }

    /** It was somebody who may: all of these are forgotten, and of those one is forgiven. */
    void right(List<String> forgotten, List<String> oneForgiven) {
        var hashes = Stream.concat(forgotten.stream(), oneForgiven.stream()).map(this::hash);
        waiting.invalidateAll(hashes.toList());
        apart.executeWithoutResult(status -> {
            dontWaitForTheDisk();
            db.sql("""
                    update identity.tries t set made = case when key = any(?) then 0 else greatest(made - 1, 0) end,
                                                pause = case when key = any(?) then 0 else pause end
                    from (select key k from identity.tries where key = any(?) or key = any(?) order by key for update) held
                    where t.key = held.k""")
                    .params(hashed(forgotten), hashed(forgotten), hashed(forgotten), hashed(oneForgiven))
                    .update();
        });
    }

    void forgetBefore(Instant then) {
        db.sql("delete from identity.tries where forgiven < ?")
                .param(then.toEpochMilli())
                .update();
    }

    private void dontWaitForTheDisk() {
        db.sql("select set_config('synchronous_commit', 'off', true)")
                .query(String.class)
                .single();
    }

    private String[] hashed(List<String> all) {
        return all.stream().map(this::hash).toArray(String[]::new);
    }

    private String hash(String what) {
        try {
            var mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return Base64.getEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(what.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
