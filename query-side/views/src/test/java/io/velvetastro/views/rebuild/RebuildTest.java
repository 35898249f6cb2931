package io.velvetastro.views.rebuild;

import static io.velvetastro.views.Stories.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.Attempt;
import io.velvetastro.language.EventId;
import io.velvetastro.language.LoginFailed;
import io.velvetastro.language.Role;
import io.velvetastro.language.Sealed;
import io.velvetastro.views.Door;
import io.velvetastro.views.OnTheReadHouse;
import io.velvetastro.views.Stories;
import io.velvetastro.views.Stories.Finding;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@OnTheReadHouse
class RebuildTest {
    @Autowired
    private Door door;

    @Autowired
    private Rebuilds rebuilds;

    @Autowired
    private DSLContext db;

    private Map<String, List<String>> rows() {
        var tables = new LinkedHashMap<String, List<String>>();
        for (var table : db.fetch(
                        "select tablename from pg_tables where schemaname = 'views' and tablename not like 'flyway%' order by 1")
                .getValues(0, String.class))
            tables.put(
                    table,
                    db.fetch("select t::text from views." + table + " t order by 1")
                            .getValues(0, String.class));
        return tables;
    }

    private List<String> definitions() {
        return db.fetch(
                        "select indexdef from pg_indexes where schemaname = 'views' and tablename not like 'flyway%' order by 1")
                .getValues(0, String.class);
    }

    private void rebuildAll() {
        assertThat(rebuilds.names()).contains("story", "traffic", "history");
        for (var view : rebuilds.names())
            assertThat(rebuilds.rebuild(view)).as(view).isPositive();
    }

    private void tellSomething(String name, int findings) {
        var tenant = tenant("rebuilt");
        var stories = new Stories();
        for (int i = 0; i < findings; i++) {
            var finding = Finding.in(tenant, name + i % 7)
                    .named(name + "f" + i)
                    .count(i + 1)
                    .at(Instant.parse("2026-03-03T12:00:00Z").plusSeconds(600L * i));
            stories.raise(finding);
            if (i % 5 == 0 || i == findings - 1) stories.open(tenant, name + i, finding.lastAt(), finding);
        }
        door.store(stories.events());
        door.storeTelemetry(IntStream.range(0, 50)
                .mapToObj(i -> {
                    var id = new EventId(UUID.randomUUID());
                    var at = Instant.parse("2026-03-03T12:00:00Z").plusSeconds(17L * i);
                    return door.fact(
                            tenant,
                            id,
                            new LoginFailed(
                                    new Attempt(
                                            id,
                                            tenant,
                                            at,
                                            "sshd",
                                            null,
                                            null,
                                            null,
                                            null,
                                            null,
                                            null,
                                            null,
                                            Sealed.of("x")),
                                    null),
                            at);
                })
                .toList());
        Door.await("all is read", () -> (boolean) db.fetchValue("""
                select coalesce((select max(position) from views.story_progress) = (select max(globalindex) from store.decisions)
                and (select max(position) from views.traffic_progress) = (select max(global_index) from store.telemetry)
                and (select max(position) from views.history_progress)
                    = (select greatest((select max(globalindex) from store.decisions), (select max(global_index) from store.telemetry))), false)
                """));
    }

    @Test
    void aRebuiltViewIsTheSameToTheByteAndServesMeanwhile() {
        tellSomething("whole", 40);
        var before = rows();
        var definitions = definitions();
        var asked = new AtomicBoolean(true);
        var failures = new java.util.concurrent.ConcurrentLinkedQueue<Integer>();
        var reader = Thread.ofVirtual().start(() -> {
            while (asked.get()) {
                var answer = door.get(tenant("rebuilt"), "/threat/attacks");
                if (answer.status() != 200 || answer.body().path("items").size() < 7) failures.add(answer.status());
            }
        });
        rebuildAll();
        asked.set(false);
        Door.await("the reader is done", () -> !reader.isAlive());
        assertThat(failures).isEmpty();
        assertThat(definitions()).isEqualTo(definitions);
        rows().forEach((table, same) -> assertThat(same).as(table).isEqualTo(before.get(table)));
        assertThat(db.fetchValue("select count(*) from pg_namespace where nspname like 'views_next%'"))
                .isEqualTo(0L);
    }

    @Test
    void aRebuiltViewGoesOnFollowing() {
        tellSomething("first", 10);
        rebuildAll();
        tellSomething("second", 10);
        var live = rows();
        rebuildAll();
        rows().forEach((table, same) -> assertThat(same).as(table).isEqualTo(live.get(table)));
    }

    @Test
    void rowsThatSomebodySpoiledAreMended() {
        tellSomething("spoiled", 10);
        var before = rows();
        db.execute("update views.attack set title = 'spoiled', events = 0");
        db.execute("delete from views.traffic_minute");
        db.execute("update views.history set principal = id, source = null");
        db.execute("delete from views.history_about");
        rebuildAll();
        rows().forEach((table, same) -> assertThat(same).as(table).isEqualTo(before.get(table)));
    }

    @Test
    void theDoorTellsHowItIsGettingOn() {
        tellSomething("asked", 10);
        var begun = door.post(tenant("platform"), Role.SUPER_ADMIN, "/platform/views/traffic/rebuild");
        assertThat(begun.status()).isEqualTo(202);
        Door.await(
                "it is done",
                () -> door.get(tenant("platform"), Role.SUPER_ADMIN, "/platform/views/traffic/rebuild")
                        .body()
                        .path("state")
                        .asString()
                        .equals("done"));
        assertThat(door.get(tenant("platform"), Role.SUPER_ADMIN, "/platform/views/traffic/rebuild")
                        .body()
                        .path("events")
                        .asLong())
                .isPositive();
    }
}
