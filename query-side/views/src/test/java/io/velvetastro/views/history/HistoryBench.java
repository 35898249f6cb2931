package io.velvetastro.views.history;

import static io.velvetastro.views.Stories.NOON;

import io.velvetastro.language.Address;
import io.velvetastro.language.Attempt;
import io.velvetastro.language.EventArchive;
import io.velvetastro.language.EventId;
import io.velvetastro.language.LoginFailed;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Forensics.EventHistory;
import io.velvetastro.questions.Forensics.HistoryFilter;
import io.velvetastro.views.HashedNames;
import io.velvetastro.views.OpenSeals;
import io.velvetastro.views.Stories;
import io.velvetastro.views.TestDatabase;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

/** Not a test: run it by its name to see what the history costs to write and to search. {@code -Dvelvet.rows=} says how many rows. */
class HistoryBench {
    private static final int FOLLOWED = 100_000;
    private static final int BATCH = 2_000;

    private final HashedNames names = new HashedNames();
    private final TestDatabase database = TestDatabase.fresh();
    private final TenantId tenant = Stories.tenant("large");

    @Test
    void whatItCosts() {
        write();
        fill(Long.getLong("velvet.rows", 1_000_000));
        search();
    }

    private void write() {
        var random = new Random(1);
        var stories = new Stories();
        for (int i = 0; i < FOLLOWED; i++) {
            var user = "u" + random.nextInt(5_000);
            var address = "203.0." + random.nextInt(256) + "." + random.nextInt(256);
            stories.tell(
                    tenant,
                    "service:bench",
                    NOON.plusMillis(i),
                    new LoginFailed(
                            new Attempt(
                                    new EventId(new UUID(random.nextLong(), random.nextLong())),
                                    tenant,
                                    NOON.plusMillis(i),
                                    "sshd",
                                    null,
                                    null,
                                    names.principal(tenant, "sshd", user),
                                    names.source(tenant, Address.of(address)),
                                    null,
                                    null,
                                    null,
                                    OpenSeals.of(tenant, "{\"user\":\"" + user + "\"}")),
                            null));
        }
        var follower = new HistoryFollower(database.live(), new OpenSeals(), names, BATCH);
        var events = stories.events();
        long begun = System.nanoTime();
        for (int from = 0; from < FOLLOWED; from += BATCH) follower.follow(events.subList(from, from + BATCH));
        IO.println("followed " + FOLLOWED * 1_000_000_000L / (System.nanoTime() - begun) + " rows a second");
    }

    /** As many rows as there would be after years: a tenth of a million people, ten heavy sources. */
    private void fill(long rows) {
        database.db().execute("""
                insert into views.history (tenant, position, id, at, type, principal, source)
                select '%s', 1000000 + n, gen_random_uuid(), timestamptz '2025-01-01' + n * interval '3 seconds',
                       case when n %% 20 = 0 then 'LoginSucceeded' when n %% 100000 = 1 then 'AlertRaised' else 'LoginFailed' end,
                       md5((n::bigint * 7919 %% 100000)::text)::uuid, md5((case when n %% 3 = 0 then n %% 10 else n %% 500000 end)::text)::uuid
                from generate_series(1, %d) n""".formatted(tenant, rows));
        database.db().execute("analyze views.history");
    }

    private void search() {
        EventArchive nobody = (asked, ids) -> List.of();
        var queries = new HistoryQueries(
                database.db(),
                names,
                new IncidentEvents(
                        database.db(),
                        new DefaultListableBeanFactory().getBeanProvider(io.velvetastro.language.StoredBytes.class)),
                new StoredLines(nobody, new OpenSeals()));
        var heavy = database.db().fetchValue("select md5('3')::uuid").toString();
        var light = database.db().fetchValue("select md5('4711')::uuid").toString();
        time(queries, "everything", HistoryFilter.none());
        time(queries, "a rare type", new HistoryFilter(null, null, Set.of("AlertRaised"), null, null, null, null));
        time(
                queries,
                "a type and a day",
                new HistoryFilter(
                        NOON.minusSeconds(86_400 * 100),
                        NOON.minusSeconds(86_400 * 99),
                        Set.of("LoginSucceeded"),
                        null,
                        null,
                        null,
                        null));
        time(queries, "a person", new HistoryFilter(null, null, Set.of(), null, null, light, null));
        time(queries, "a person nobody knows", new HistoryFilter(null, null, Set.of(), "nobody", null, null, null));
        time(
                queries,
                "a busy person's day",
                new HistoryFilter(
                        NOON.minusSeconds(86_400 * 100),
                        NOON.minusSeconds(86_400 * 99),
                        Set.of(),
                        null,
                        null,
                        heavy,
                        null));
        time(queries, "an address", new HistoryFilter(null, null, Set.of(), null, "203.0.7.7", null, null));
    }

    private void time(HistoryQueries queries, String what, HistoryFilter filter) {
        var asked = new EventHistory(tenant, filter, null, 100);
        for (int i = 0; i < 5; i++) queries.answer(asked);
        var nanos = new long[21];
        for (int i = 0; i < nanos.length; i++) {
            long begun = System.nanoTime();
            queries.answer(asked);
            nanos[i] = System.nanoTime() - begun;
        }
        Arrays.sort(nanos);
        IO.println("%s: median %.1f ms, slowest %.1f ms"
                .formatted(what, nanos[nanos.length / 2] / 1e6, nanos[nanos.length - 1] / 1e6));
    }
}
