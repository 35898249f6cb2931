package io.velvetastro.views.custody;

import static io.velvetastro.views.Stories.NOON;
import static io.velvetastro.views.Stories.incident;
import static io.velvetastro.views.Stories.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.DrillEvent.TamperDrilled;
import io.velvetastro.language.DrillId;
import io.velvetastro.language.EvidenceEvent.EvidenceExported;
import io.velvetastro.language.EvidenceEvent.EvidenceHandedOver;
import io.velvetastro.language.ExportId;
import io.velvetastro.language.Role;
import io.velvetastro.language.Sealed;
import io.velvetastro.language.TenantId;
import io.velvetastro.views.Door;
import io.velvetastro.views.OnTheReadHouse;
import io.velvetastro.views.OpenSeals;
import io.velvetastro.views.Stories;
import io.velvetastro.views.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@OnTheReadHouse
class CustodyTest {
    private static final TenantId STRANGER = tenant("stranger");

    @Autowired
    private Door door;

    private static Stories exports(TenantId tenant, Stories stories, int from, int to, Sealed reason) {
        for (int i = from; i < to; i++) {
            var export = new ExportId(Stories.id("export" + tenant + i));
            stories.tell(
                            tenant,
                            "member:" + Stories.member("mira"),
                            NOON,
                            new EvidenceExported(
                                    export, tenant, "incident " + incident("x"), 12, reason, NOON.plusSeconds(i)))
                    .tell(
                            tenant,
                            "member:" + Stories.member("mira"),
                            NOON,
                            new EvidenceHandedOver(
                                    export, tenant, "ab".repeat(32), 4_321, 17L, NOON.plusSeconds(i + 1)));
        }
        return stories;
    }

    @Test
    void everyExportSaysWhoTookWhatAndWhy() {
        var tenant = tenant("people of custody");
        door.store(exports(tenant, new Stories(), 0, 1, OpenSeals.of(tenant, "Asked for by the police"))
                .events());
        Door.await(
                "it is told",
                () -> door.get(tenant, "/forensics/exports")
                        .body()
                        .path("items")
                        .path(0)
                        .has("sha256"));
        var row = door.get(tenant, "/forensics/exports").body().path("items").path(0);
        assertThat(row.path("by").asString()).isEqualTo("Mira Solberg");
        assertThat(row.path("reason").asString()).isEqualTo("Asked for by the police");
        assertThat(row.path("incident").asString()).isEqualTo(incident("x").toString());
        assertThat(row.path("events").asInt()).isEqualTo(12);
        assertThat(row.path("sha256").asString()).hasSize(64);
        assertThat(row.path("bytes").asLong()).isEqualTo(4_321);
        assertThat(door.get(STRANGER, "/forensics/exports").body().path("items"))
                .isEmpty();
        assertThat(door.get(tenant, Role.EMPLOYEE, "/forensics/exports").status())
                .isEqualTo(403);
    }

    @Test
    void theLogIsReadPageByPage() {
        var tenant = tenant("custody pages");
        door.store(exports(tenant, new Stories(), 0, 5, null).events());
        Door.await(
                "all are told",
                () -> door.get(tenant, "/forensics/exports")
                                .body()
                                .path("items")
                                .size()
                        == 5);
        var first = door.get(tenant, "/forensics/exports?limit=3").body();
        assertThat(first.path("items")).hasSize(3);
        var rest = door.get(
                        tenant,
                        "/forensics/exports?limit=3&cursor="
                                + first.path("next").asString())
                .body();
        assertThat(rest.path("items")).hasSize(2);
        assertThat(rest.path("next").isNull()).isTrue();
    }

    @Test
    void aDrillIsRemembered() {
        var tenant = tenant("drilled");
        var drill = new TamperDrilled(new DrillId(Stories.id("d")), tenant, 40, 1_000, 100, 100, 0, 321, NOON);
        door.store(new Stories().tell(tenant, "member:x", NOON, drill).events());
        Door.await(
                "it is told",
                () -> !door.get(tenant, "/forensics/drills")
                        .body()
                        .path("items")
                        .isEmpty());
        var row = door.get(tenant, "/forensics/drills").body().path("items").path(0);
        assertThat(row.path("found").asInt()).isEqualTo(100);
        assertThat(row.path("millis").asLong()).isEqualTo(321);
        assertThat(door.get(STRANGER, "/forensics/drills").body().path("items")).isEmpty();
    }

    @Test
    void whatIsToldTwiceStandsThereOnce() {
        var stories = exports(tenant("a"), new Stories(), 0, 4, null);
        var once = TestDatabase.fresh();
        new CustodyFollower(once.live(), told -> {}).follow(stories.events());
        var twice = TestDatabase.fresh();
        var follower = new CustodyFollower(twice.live(), told -> {});
        follower.follow(stories.events().subList(0, 5));
        follower.follow(stories.events());
        assertThat(twice.rows()).isEqualTo(once.rows());
    }
}
