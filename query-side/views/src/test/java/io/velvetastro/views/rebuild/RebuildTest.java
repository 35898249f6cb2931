package io.velvetastro.views.rebuild;

import static io.velvetastro.views.Stories.NOON;
import static io.velvetastro.views.Stories.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.Attempt;
import io.velvetastro.language.EventId;
import io.velvetastro.language.LoginFailed;
import io.velvetastro.language.PrincipalId;
import io.velvetastro.language.PrivacyEvent.Cause;
import io.velvetastro.language.PrivacyEvent.MonthEnded;
import io.velvetastro.language.PrivacyEvent.PersonErased;
import io.velvetastro.language.Role;
import io.velvetastro.language.Sealed;
import io.velvetastro.views.Door;
import io.velvetastro.views.OnTheReadHouse;
import io.velvetastro.views.OpenSeals;
import io.velvetastro.views.Stories;
import io.velvetastro.views.Stories.Finding;
import java.time.Duration;
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

    @Autowired
    private OpenSeals seals;

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
        return db.fetch("""
                        select indexdef from pg_indexes where schemaname = 'views' and tablename not like 'flyway%'
                        union all select tablename || policyname || roles::text || qual from pg_policies where schemaname = 'views'
                        union all select relname || relrowsecurity || relforcerowsecurity || relacl::text from pg_class
                            where relnamespace = 'views'::regnamespace and relkind = 'r'
                        order by 1
                        """).getValues(0, String.class);
    }

    private void rebuildAll() {
        assertThat(rebuilds.names()).contains("story", "traffic", "history");
        assertThat(rebuilds.rebuild(rebuilds.names())).isPositive();
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
        untilAllIsRead();
    }

    private void untilAllIsRead() {
        Door.await("all is read", () -> (boolean) db.fetchValue("""
                select coalesce((select max(position) from views.story_progress) = (select max(globalindex) from store.decisions)
                and (select max(position) from views.audit_progress) = (select max(globalindex) from store.decisions)
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
    void whoWasErasedIsGoneFromTheLiveRowsAsFromRebuiltOnes() {
        tellSomething("erased", 10);
        var tenant = tenant("rebuilt");
        var alone = Finding.in(tenant, "alone").named("alone").by("zelda").from("198.51.100.77");
        var among =
                Finding.in(tenant, "among").named("among").by("zelda", "oskar").from("198.51.100.78");
        var later = Finding.in(tenant, "among")
                .named("later")
                .by("oskar")
                .from("198.51.100.79")
                .count(9);
        var wider = Finding.in(tenant, "wider").named("wider").by("oskar").from("198.51.100.80");
        var widest = Finding.in(tenant, "widest").named("widest").by("oskar").from("198.51.100.81");
        var stories = new Stories()
                .raise(alone)
                .raise(among)
                .raise(later)
                .raise(wider)
                .raise(widest)
                .open(tenant, "hers", alone.lastAt(), alone, among, later)
                .open(tenant, "wider", wider.lastAt(), wider)
                .open(tenant, "widest", widest.lastAt(), widest)
                .absorb(tenant, "hers", "wider", wider.lastAt())
                .absorb(tenant, "wider", "widest", widest.lastAt())
                .block(tenant, "blocked", "198.51.100.77/32", "hers", alone.lastAt(), Duration.ofDays(30));
        door.store(stories.events());
        Door.await("her name is shown", () -> attackers("alone").contains("zelda"));

        seals.erase("zelda");
        seals.erase("198.51.100.77"); // What concerns her alone was sealed under her key.
        door.store(new Stories()
                .tell(
                        tenant,
                        "member:1",
                        NOON,
                        new PersonErased(tenant, new PrincipalId(Stories.id("zelda")), null, NOON))
                .events());
        Door.await("her name is gone", () -> attackers("alone").contains("erased"));
        untilAllIsRead();
        assertThat(attackers("among")).contains("oskar", "198.51.100.78").doesNotContain("zelda");
        var live = rows();
        assertThat(live.get("attack").toString()
                        + live.get("finding")
                        + live.get("attack_entity")
                        + live.get("incident_entity"))
                .doesNotContain("zelda");
        rebuildAll();
        rows().forEach((table, same) -> assertThat(same).as(table).isEqualTo(live.get(table)));
    }

    @Test
    void anEndedMonthIsGoneFromTheLiveRowsAsFromRebuiltOnes() {
        tellSomething("ended", 10);
        var tenant = tenant("rebuilt");
        var may = Finding.in(tenant, "may")
                .named("may")
                .at(Instant.parse("2025-05-31T23:00:00Z"))
                .by("mayman")
                .from("198.51.100.87");
        var june = Finding.in(tenant, "may")
                .named("june")
                .at(Instant.parse("2025-06-01T01:00:00Z"))
                .by("juneman")
                .from("198.51.100.88");
        var stories = new Stories()
                .raise(may)
                .open(tenant, "of may", may.lastAt(), may)
                .comment(tenant, "of may", "mayor words", may.lastAt())
                .raise(june);
        door.store(stories.events());
        Door.await("all is shown", () -> attackers("may").contains("juneman"));

        for (var sealed : List.of("mayman", "198.51.100.87", "mayor words")) seals.erase(sealed);
        door.store(new Stories()
                .tell(tenant, "service:retention", NOON, new MonthEnded(tenant, "2025-05", NOON, Cause.PLAN))
                .events());
        Door.await("the month is gone", () -> attackers("may").contains("erased"));
        untilAllIsRead();
        var live = rows();
        assertThat(live.toString())
                .doesNotContain("mayman")
                .doesNotContain("mayor words")
                .contains("juneman");
        rebuildAll();
        rows().forEach((table, same) -> assertThat(same).as(table).isEqualTo(live.get(table)));
    }

    private List<String> attackers(String series) {
        return db.fetch("select name from views.attack_entity where series = ?", Stories.id("series " + series))
                .getValues(0, String.class);
    }

    @Test
    void oneOrderRebuildsThemAll() {
        tellSomething("all", 10);
        var platform = tenant("platform");
        var begun = door.post(platform, Role.SUPER_ADMIN, "/platform/views/rebuild");
        assertThat(begun.status()).isEqualTo(202);
        assertThat(begun.body().findValuesAsString("view")).containsExactlyElementsOf(rebuilds.names());
        for (var view : rebuilds.names())
            Door.await(
                    view + " is done",
                    () -> door.get(platform, Role.SUPER_ADMIN, "/platform/views/" + view + "/rebuild")
                            .body()
                            .path("state")
                            .asString()
                            .equals("done"));
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
