package io.velvetastro.screens.testing;

import io.velvetastro.language.Caller;
import io.velvetastro.language.Disposition;
import io.velvetastro.language.Engine;
import io.velvetastro.language.EventId;
import io.velvetastro.language.FindingRaised.Entity.Kind;
import io.velvetastro.language.FindingRaised.Entity.Role;
import io.velvetastro.language.FindingRaised.Technique;
import io.velvetastro.language.FindingRaised.Weight;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.Network;
import io.velvetastro.language.Place;
import io.velvetastro.language.Plan;
import io.velvetastro.language.RuleId;
import io.velvetastro.language.RunId;
import io.velvetastro.language.SeriesId;
import io.velvetastro.language.Severity;
import io.velvetastro.language.Stage;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Attacks.AttackDetail;
import io.velvetastro.questions.Attacks.AttackRow;
import io.velvetastro.questions.Attacks.EntityRow;
import io.velvetastro.questions.Attacks.OriginRow;
import io.velvetastro.questions.Attacks.Outcome;
import io.velvetastro.questions.Defense;
import io.velvetastro.questions.Incidents.Action;
import io.velvetastro.questions.Incidents.Action.State;
import io.velvetastro.questions.Incidents.Evidence;
import io.velvetastro.questions.Incidents.IncidentDetail;
import io.velvetastro.questions.Incidents.IncidentRow;
import io.velvetastro.questions.Incidents.KillChainStep;
import io.velvetastro.questions.Incidents.Status;
import io.velvetastro.questions.Incidents.TimelineEntry;
import io.velvetastro.questions.Members.MemberRow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** An invented organisation on an invented day; its addresses are documentation ranges. */
public final class Sample {
    public static final TenantId TENANT = new TenantId(id("tenant"));
    public static final MemberId MIRA = new MemberId(id("mira"));
    public static final IncidentId INCIDENT = new IncidentId(id("incident"));
    public static final String HOSTILE = "<img src=x onerror=alert(1)>";
    private static final Place SINGAPORE =
            new Place("SG", "Singapore", 1.35, 103.8, 50, 64501L, "Example Hosting", "dbip-city 2026-11");

    private Sample() {}

    public static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    public static Caller caller(io.velvetastro.language.Role role) {
        return new Caller(
                TENANT, MIRA, role, "Mira Solberg", "mira@brightwater.example", "Brightwater Freight", Plan.ENTERPRISE);
    }

    /** Row {@code n}, the newest first. */
    public static AttackRow attack(Instant now, int n) {
        var severity = List.of(
                        Severity.CRITICAL,
                        Severity.HIGH,
                        Severity.MEDIUM,
                        Severity.HIGH,
                        Severity.LOW,
                        Severity.MEDIUM,
                        Severity.LOW,
                        Severity.INFO)
                .get(n % 8);
        var stage = List.of(
                        Stage.ACTIONS_ON_OBJECTIVES,
                        Stage.COMMAND_AND_CONTROL,
                        Stage.EXPLOITATION,
                        Stage.DELIVERY,
                        Stage.RECONNAISSANCE,
                        Stage.EXPLOITATION,
                        Stage.RECONNAISSANCE,
                        Stage.DELIVERY)
                .get(n % 8);
        var title = List.of(
                        "Mailbox export after token consent",
                        "Success after many failures",
                        "New device, new network",
                        "Password spray on VPN",
                        "Port sweep",
                        "Impossible travel, 1\u202f180\u202fkm",
                        "Known scanner, path probing",
                        "Repeated failed sign-ins")
                .get(n % 8);
        var outcome = List.of(
                        Outcome.NEEDS_YOU,
                        Outcome.BLOCKED,
                        Outcome.WATCHING,
                        Outcome.BLOCKED,
                        Outcome.BLOCKED,
                        Outcome.WATCHING,
                        Outcome.RESOLVED,
                        Outcome.WATCHING)
                .get(n % 8);
        var user = List.of("nora.lind", "p.dasgupta", "h.aalto", "j.moreau").get(n % 4);
        var at = now.minus(Duration.ofSeconds(11L * n));
        return new AttackRow(
                new SeriesId(id("attack" + n)),
                at,
                at.minusSeconds(240),
                severity,
                stage,
                n % 8 == 4 ? Engine.EXTERNAL : Engine.HEURISTICS,
                "password-spray",
                title,
                n % 9 == 7 ? "2001:db8:7::" + (n % 200) : "203.0.113." + (n % 250),
                SINGAPORE,
                user,
                n % 8 == 3 ? 61 : 1,
                "vpn-gw-02",
                n % 8 == 3 ? 412 : 1,
                outcome,
                n % 8 < 2 ? INCIDENT : null,
                n % 16 == 6,
                n % 8 == 7);
    }

    public static AttackDetail detail(AttackRow row) {
        return new AttackDetail(
                row,
                3,
                0.97,
                "Sixty-one accounts were tried from one network in nine minutes, three passwords each. Without the success that followed, the score would be 0.52 and nothing would have been blocked.",
                List.of(
                        new Weight("Many accounts, few passwords", 3.9),
                        new Weight("Network new to every user", 1.7),
                        new Weight("A success followed", 0.8),
                        new Weight("Office hours", -0.4)),
                List.of(new Technique("T1110.003", "Password spraying"), new Technique("T1078.004", "Cloud accounts")),
                List.of(
                        new EntityRow(Kind.USER, Role.TARGET, "u1", row.user()),
                        new EntityRow(Kind.ADDRESS, Role.ACTOR, "a1", row.source()),
                        new EntityRow(Kind.HOST, Role.TARGET, "h1", "vpn-gw-02")),
                List.of(new EventId(id("e1")), new EventId(id("e2")), new EventId(id("e3"))),
                row.at().plusMillis(400));
    }

    public static IncidentRow incident(Instant now, int n, Status status) {
        return new IncidentRow(
                n == 0 ? INCIDENT : new IncidentId(id("incident" + n)),
                2041 - n,
                List.of(
                                "Password spray led to a finance mailbox export",
                                "Success after 212 failures on build-03",
                                "Impossible travel of j.moreau",
                                "Scan of the mail edge turned into guessing")
                        .get(n % 4),
                List.of(Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.HIGH)
                        .get(n % 4),
                status,
                List.of(Stage.ACTIONS_ON_OBJECTIVES, Stage.EXPLOITATION, Stage.EXPLOITATION, Stage.DELIVERY)
                        .get(n % 4),
                List.of(Stage.RECONNAISSANCE, Stage.DELIVERY, Stage.EXPLOITATION),
                now.minus(Duration.ofMinutes(70L + 40L * n)),
                now.minus(Duration.ofMinutes(3L + 25L * n)),
                now.minus(Duration.ofMinutes(69L + 40L * n)),
                List.of("203.0.113.77", "203.0.113.18"),
                List.of("nora.lind", "p.dasgupta", "h.aalto"),
                List.of("mail-edge-1"),
                8 + n,
                214,
                n % 2 == 0 ? MIRA : null,
                n % 2 == 0 ? "Mira Solberg" : null,
                status == Status.RESOLVED ? Disposition.TRUE_POSITIVE : null,
                null,
                n % 5 == 4,
                n % 3 == 2,
                7);
    }

    public static IncidentDetail whole(Instant now, Status status) {
        var row = incident(now, 0, status);
        var start = row.openedAt();
        var lines = new ArrayList<TimelineEntry>();
        lines.add(finding(
                start,
                Stage.RECONNAISSANCE,
                Severity.LOW,
                "Staff directory probed",
                "37 names tried on portal-web, none existed",
                "user-enumeration",
                37));
        lines.add(finding(
                start.plusSeconds(1050),
                Stage.DELIVERY,
                Severity.HIGH,
                "Password spray",
                "412 tries on 61 accounts from 38 addresses",
                "password-spray",
                412));
        lines.add(finding(
                start.plusSeconds(2340),
                Stage.EXPLOITATION,
                Severity.HIGH,
                "Success after many failures",
                "nora.lind signed in from 203.0.113.77 after 9 failures",
                "success-after-failures",
                10));
        lines.add(new TimelineEntry(
                start.plusSeconds(2342),
                TimelineEntry.Kind.DECISION,
                "203.0.113.77 was blocked by playbook Contain source v1",
                "for 24 h, 2 s after the finding",
                null,
                null,
                null,
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                1,
                "playbook:contain-source"));
        lines.add(new TimelineEntry(
                start.plusSeconds(2500),
                TimelineEntry.Kind.COMMENT,
                "Mira Solberg noted",
                "Called Nora: it was not her. Passwords are being reset.",
                null,
                null,
                null,
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                1,
                "Mira Solberg"));
        lines.add(finding(
                start.plusSeconds(3360),
                Stage.ACTIONS_ON_OBJECTIVES,
                Severity.CRITICAL,
                "Mailbox export started",
                "2\u202f318 of 9\u202f804 messages read in 94 seconds",
                "mailbox-export",
                2318));
        return new IncidentDetail(
                row,
                lines,
                List.of(
                        new KillChainStep(
                                Stage.RECONNAISSANCE, start, "T1589", "Gather victim identity information", List.of()),
                        new KillChainStep(
                                Stage.DELIVERY, start.plusSeconds(1050), "T1110.003", "Password spraying", List.of()),
                        new KillChainStep(
                                Stage.EXPLOITATION, start.plusSeconds(2340), "T1078.004", "Cloud accounts", List.of()),
                        new KillChainStep(
                                Stage.ACTIONS_ON_OBJECTIVES,
                                start.plusSeconds(3360),
                                "T1114.002",
                                "Remote email collection",
                                List.of())),
                List.of(new Evidence(new EventId(id("e1")), start)),
                List.of(
                        new Action(
                                start.plusSeconds(2342),
                                "Block",
                                State.STANDING,
                                "203.0.113.77",
                                new RuleId(id("rule1")),
                                new RunId(id("run")),
                                "block-source",
                                now.plus(Duration.ofMinutes(1425)),
                                "playbook:contain-source",
                                ""),
                        new Action(
                                start.plusSeconds(2343),
                                "Block",
                                State.REFUSED,
                                "10.1.2.3",
                                null,
                                new RunId(id("run")),
                                "block-source",
                                null,
                                "playbook:contain-source",
                                "10.1.2.3 is on the never-block list"),
                        new Action(
                                start.plusSeconds(1000),
                                "Block",
                                State.UNDONE,
                                "203.0.113.9",
                                new RuleId(id("rule2")),
                                null,
                                null,
                                now,
                                "Mira Solberg",
                                "")),
                List.of(
                        new EntityRow(Kind.USER, Role.TARGET, "u1", "nora.lind"),
                        new EntityRow(Kind.USER, Role.TARGET, "u2", "p.dasgupta"),
                        new EntityRow(Kind.ADDRESS, Role.ACTOR, "a1", "203.0.113.77"),
                        new EntityRow(Kind.ADDRESS, Role.ACTOR, "a2", "203.0.113.18"),
                        new EntityRow(Kind.HOST, Role.TARGET, "h1", "mail-edge-1")));
    }

    private static TimelineEntry finding(
            Instant at, Stage stage, Severity severity, String title, String detail, String rule, long count) {
        return new TimelineEntry(
                at,
                TimelineEntry.Kind.FINDING,
                title,
                detail,
                severity,
                stage,
                Engine.HEURISTICS,
                rule,
                new SeriesId(id(rule)),
                List.of(new Technique("T1110.003", "Password spraying")),
                List.of(new Weight("Many accounts, few passwords", 3.9), new Weight("Office hours", -0.4)),
                List.of(new EventId(id("e1")), new EventId(id("e2"))),
                count,
                "engine:heuristics");
    }

    public static Defense.RuleRow rule(Instant now, int n, Defense.Action action) {
        boolean block = action == Defense.Action.BLOCK;
        return new Defense.RuleRow(
                new RuleId(id("rule" + n)),
                action,
                Network.of(block ? n % 3 == 1 ? "198.51.100." + n : "203.0.113." + n : "192.0.2.0/28"),
                now.plus(Duration.ofMinutes(1400L - 90L * n)),
                block
                        ? List.of("Success after many failures", "Password spray on VPN", "Known scanner")
                                .get(n % 3)
                        : "Gothenburg office",
                n % 2 == 0 ? INCIDENT : null,
                n % 2 == 0 ? "playbook:contain-source" : "Mira Solberg",
                now.minus(Duration.ofMinutes(40L + 90L * n)),
                null,
                null);
    }

    public static List<OriginRow> origins(Instant now) {
        return List.of(
                origin(
                        now,
                        "SG",
                        "Singapore",
                        1.35,
                        103.8,
                        5318,
                        Severity.CRITICAL,
                        "Password spray on VPN",
                        "203.0.113.77"),
                origin(now, "US", "Ashburn", 39.04, -77.49, 2044, Severity.LOW, "Port sweep", "198.51.100.201"),
                origin(
                        now,
                        "BR",
                        "São Paulo",
                        -23.55,
                        -46.63,
                        1127,
                        Severity.LOW,
                        "Known scanner, path probing",
                        "2001:db8:7::1f"),
                origin(
                        now,
                        "ZA",
                        "Johannesburg",
                        -26.2,
                        28.04,
                        612,
                        Severity.MEDIUM,
                        "New device, new network",
                        "192.0.2.144"),
                origin(
                        now,
                        "IN",
                        "Mumbai",
                        19.08,
                        72.88,
                        318,
                        Severity.HIGH,
                        "Success after many failures",
                        "198.51.100.23"),
                origin(
                        now,
                        "US",
                        "Los Angeles",
                        34.05,
                        -118.24,
                        204,
                        Severity.MEDIUM,
                        "Impossible travel, 1\u202f180\u202fkm",
                        "192.0.2.61"),
                origin(
                        now,
                        "JP",
                        "Tokyo",
                        35.68,
                        139.69,
                        97,
                        Severity.INFO,
                        "Repeated failed sign-ins",
                        "198.51.100.9"),
                origin(
                        now,
                        "KZ",
                        "Almaty",
                        43.24,
                        76.95,
                        88,
                        Severity.MEDIUM,
                        "New country for this user",
                        "192.0.2.90"),
                new OriginRow(
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        41,
                        77,
                        Severity.LOW,
                        "Repeated failed sign-ins",
                        "10.1.2.3",
                        now,
                        null));
    }

    private static OriginRow origin(
            Instant now,
            String country,
            String city,
            double latitude,
            double longitude,
            long attacks,
            Severity severity,
            String title,
            String source) {
        return new OriginRow(
                country,
                city,
                latitude,
                longitude,
                64501L,
                "Example Hosting",
                attacks,
                attacks * 3,
                severity,
                title,
                source,
                now.minusSeconds(attacks % 300),
                severity == Severity.CRITICAL ? INCIDENT : null);
    }

    public static List<MemberRow> members() {
        return List.of(
                new MemberRow(
                        MIRA, "Mira Solberg", "mira@brightwater.example", io.velvetastro.language.Role.IT_SECURITY),
                new MemberRow(
                        new MemberId(id("admin")),
                        "Ada Okafor",
                        "ada@brightwater.example",
                        io.velvetastro.language.Role.ORG_ADMIN),
                new MemberRow(
                        new MemberId(id("employee")),
                        "Nora Lind",
                        "nora@brightwater.example",
                        io.velvetastro.language.Role.EMPLOYEE));
    }
}
