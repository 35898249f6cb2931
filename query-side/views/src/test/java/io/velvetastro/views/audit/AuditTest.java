package io.velvetastro.views.audit;

import static io.velvetastro.views.Stories.NOON;
import static io.velvetastro.views.Stories.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.AccessEvent.MemberRemoved;
import io.velvetastro.language.AccessEvent.RoleGiven;
import io.velvetastro.language.EvidenceEvent.EvidenceExported;
import io.velvetastro.language.ExportId;
import io.velvetastro.language.Plan;
import io.velvetastro.language.Role;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Audit.PlacedRow;
import io.velvetastro.questions.Audit.RecordAfter;
import io.velvetastro.questions.Audit.RecordEnd;
import io.velvetastro.questions.Audit.RecordEndAnswer;
import io.velvetastro.questions.Audit.RecordPiece;
import io.velvetastro.questions.AuditSheet;
import io.velvetastro.views.Door;
import io.velvetastro.views.OnTheReadHouse;
import io.velvetastro.views.OpenSeals;
import io.velvetastro.views.Stories;
import io.velvetastro.views.Stories.Finding;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

@OnTheReadHouse
class AuditTest {
    @Autowired
    private Door door;

    @Autowired
    private QueryGateway queries;

    private final String mira = "member:" + Stories.member("mira");

    private void tell(TenantId tenant) {
        var finding = Finding.in(tenant, "s" + tenant).named("f" + tenant);
        door.store(new Stories()
                .raise(finding)
                .open(tenant, "i" + tenant, finding.lastAt(), finding)
                .tell(tenant, mira, NOON, new RoleGiven(tenant, Stories.member("zoe"), Role.IT_SECURITY, NOON))
                .tell(
                        tenant,
                        "member:" + Stories.member("lead"),
                        NOON,
                        new MemberRemoved(tenant, Stories.member("zoe"), NOON))
                .tell(
                        tenant,
                        mira,
                        NOON,
                        new EvidenceExported(
                                new ExportId(UUID.randomUUID()),
                                tenant,
                                "user Zoe Nobody",
                                3,
                                OpenSeals.of(tenant, "because of Zoe"),
                                NOON))
                .events());
        Door.await("it is read", () -> items(tenant, "").size() >= 3);
    }

    private tools.jackson.databind.JsonNode items(TenantId tenant, String query) {
        return door.get(tenant, Role.ORG_ADMIN, "/audit?limit=100" + query)
                .body()
                .path("items");
    }

    @Test
    void whoDecidedWhatIsToldByNameAndWithoutWhatAnybodyTyped() {
        var tenant = tenant("people on record");
        tell(tenant);
        var all = items(tenant, "");
        assertThat(all.findValuesAsString("type")).contains("RoleGiven", "MemberRemoved", "EvidenceExported");
        assertThat(all.findValuesAsString("by")).contains("Mira Solberg", "Lead of people");
        assertThat(all.toString()).contains("role=IT_SECURITY", "events=3").doesNotContain("Zoe");
    }

    @Test
    void itIsFoundByTypeByActorAndByWhatItIsAbout() {
        var tenant = tenant("searched record");
        tell(tenant);
        assertThat(items(tenant, "&type=RoleGiven,MemberRemoved").size()).isEqualTo(2);
        assertThat(items(tenant, "&type=RoleGiven&actor=" + mira).size()).isEqualTo(1);
        assertThat(items(tenant, "&about=" + Stories.member("zoe")).size()).isEqualTo(2);
        assertThat(items(tenant, "&to=1999-01-01T00:00:00Z").size()).isZero();
    }

    @Test
    void pagesFollowEachOther() {
        var tenant = tenant("paged record");
        tell(tenant);
        var first = door.get(tenant, Role.ORG_ADMIN, "/audit?limit=2").body();
        var second = door.get(
                        tenant,
                        Role.ORG_ADMIN,
                        "/audit?limit=2&cursor=" + first.path("next").asString())
                .body();
        assertThat(second.path("items").size()).isPositive();
        assertThat(second.path("items").findValuesAsString("id"))
                .doesNotContainAnyElementsOf(first.path("items").findValuesAsString("id"));
    }

    @Test
    void whoTakesItElsewhereReadsItOldestFirstAndFromAPlaceOn() {
        var tenant = tenant("record on its way");
        var stranger = tenant("record that stays");
        tell(tenant);
        tell(stranger);
        var whole = after(tenant, 0, null, 100);
        var ids = whole.stream().map(placed -> placed.row().id().toString()).toList();
        assertThat(ids.reversed()).isEqualTo(items(tenant, "").findValuesAsString("id"));
        assertThat(whole).extracting(PlacedRow::place).isSorted();
        var second = whole.get(1);
        assertThat(after(tenant, 0, null, 2)).isEqualTo(whole.subList(0, 2));
        assertThat(after(tenant, second.place(), null, 100)).isEqualTo(whole.subList(2, whole.size()));
        assertThat(after(tenant, 0, second.place(), 100)).as("the same again").isEqualTo(whole.subList(0, 2));
        var end = queries.query(new RecordEnd(tenant, second.place()), RecordEndAnswer.class)
                .join();
        assertThat(end).isEqualTo(new RecordEndAnswer(whole.getLast().place(), whole.size() - 2));
        assertThat(after(stranger, 0, null, 100)).doesNotContainAnyElementsOf(whole);
        assertThat(queries.query(new RecordEnd(tenant("silent"), 0), RecordEndAnswer.class)
                        .join())
                .isEqualTo(new RecordEndAnswer(0, 0));
    }

    private List<PlacedRow> after(TenantId tenant, long place, @Nullable Long upTo, int limit) {
        return queries.query(new RecordAfter(tenant, place, upTo, limit), RecordPiece.class)
                .join()
                .items();
    }

    @Test
    void itIsTakenAlongAsAFileOfOnesOwnAndOfWhatWasAskedFor() {
        var tenant = tenant("exported record");
        var theirs = tenant("record of others");
        tell(tenant);
        tell(theirs);
        var csv = door.getOn(Plan.PRO, tenant, Role.ORG_ADMIN, "/audit/export");
        assertThat(csv.status()).isEqualTo(200);
        assertThat(header(csv, "content-type")).startsWith("text/csv");
        assertThat(header(csv, "content-disposition")).isEqualTo("attachment; filename=\"audit.csv\"");
        assertThat(header(csv, "cache-control")).isEqualTo("no-store");
        var lines = csv.response().body().split("\r\n");
        assertThat(lines[0]).isEqualTo("id,at,type,actor,by,says");
        assertThat(Stream.of(lines).skip(1).map(line -> line.substring(1, 37)))
                .containsExactlyElementsOf(items(tenant, "").findValuesAsString("id"))
                .doesNotContainAnyElementsOf(items(theirs, "").findValuesAsString("id"));
        var filtered = door.getOn(Plan.PRO, tenant, Role.ORG_ADMIN, "/audit/export?type=RoleGiven");
        assertThat(filtered.response().body().lines().skip(1))
                .singleElement()
                .asString()
                .contains("\"RoleGiven\"", "role=IT_SECURITY");
    }

    @Test
    void itIsTakenAlongAsLinesOfJson() {
        var tenant = tenant("record in lines");
        tell(tenant);
        var file = door.getOn(Plan.ENTERPRISE, tenant, Role.ORG_ADMIN, "/audit/export?format=ndjson");
        assertThat(header(file, "content-type")).startsWith("application/x-ndjson");
        assertThat(header(file, "content-disposition")).endsWith("\"audit.ndjson\"");
        var json = new JsonMapper();
        assertThat(file.response()
                        .body()
                        .lines()
                        .map(line -> json.readTree(line).get("id").asString()))
                .containsExactlyElementsOf(items(tenant, "").findValuesAsString("id"));
        assertThat(door.getOn(Plan.PRO, tenant, Role.ORG_ADMIN, "/audit/export?format=xlsx")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void theFileIsForAdministratorsToo() {
        var refused = door.getOn(Plan.PRO, tenant("guarded file"), Role.IT_SECURITY, "/audit/export");
        assertThat(refused.status()).isEqualTo(403);
    }

    private static String header(Door.Answer answer, String name) {
        return answer.response().headers().firstValue(name).orElse("");
    }

    @Test
    void itIsForAdministratorsOfItsOrganisation() {
        var tenant = tenant("guarded record");
        tell(tenant);
        assertThat(door.get(tenant, Role.IT_SECURITY, "/audit").status()).isEqualTo(403);
        assertThat(items(tenant("stranger"), "").size()).isZero();
    }

    @Test
    void whatDetectionDoesByItselfIsNotInIt() {
        var tenant = tenant("quiet record");
        tell(tenant);
        assertThat(items(tenant, "").findValuesAsString("actor")).noneMatch(actor -> actor.startsWith("engine:"));
    }

    @Test
    void noCellIsAFormula() {
        assertThat(AuditSheet.cell("=cmd|' /C calc'!A0")).isEqualTo("\"'=cmd|' /C calc'!A0\"");
        assertThat(AuditSheet.cell("+1")).startsWith("\"'");
        assertThat(AuditSheet.cell("-1")).startsWith("\"'");
        assertThat(AuditSheet.cell("@SUM(1)")).startsWith("\"'");
        assertThat(AuditSheet.cell("\tx")).startsWith("\"'");
        assertThat(AuditSheet.cell("say \"hi\", you")).isEqualTo("\"say \"\"hi\"\", you\"");
        assertThat(AuditSheet.cell("plain")).isEqualTo("\"plain\"");
    }
}
