package io.velvetastro.screens.testing;

import io.velvetastro.language.AuditCommand.AskForAudit;
import io.velvetastro.language.DrillCommand.RunTamperDrill;
import io.velvetastro.language.DrillId;
import io.velvetastro.language.Engine;
import io.velvetastro.language.ExportId;
import io.velvetastro.language.Plan;
import io.velvetastro.language.Severity;
import io.velvetastro.language.Stage;
import io.velvetastro.questions.Attacks.AttackDetails;
import io.velvetastro.questions.Attacks.AttackFacets;
import io.velvetastro.questions.Attacks.AttackFeed;
import io.velvetastro.questions.Attacks.AttackOrigins;
import io.velvetastro.questions.Attacks.AttackPage;
import io.velvetastro.questions.Attacks.AttackRow;
import io.velvetastro.questions.Attacks.FacetCounts;
import io.velvetastro.questions.Attacks.Outcome;
import io.velvetastro.questions.Attacks.TopActors;
import io.velvetastro.questions.Attacks.TopRow;
import io.velvetastro.questions.Defense;
import io.velvetastro.questions.Defense.DefenseRules;
import io.velvetastro.questions.Defense.HeldBy;
import io.velvetastro.questions.Defense.RulePage;
import io.velvetastro.questions.Forensics.Acknowledged;
import io.velvetastro.questions.Forensics.AuditAsked;
import io.velvetastro.questions.Forensics.AuditFinding;
import io.velvetastro.questions.Forensics.AuditRow;
import io.velvetastro.questions.Forensics.Audits;
import io.velvetastro.questions.Forensics.AuditsAnswer;
import io.velvetastro.questions.Forensics.CustodyLog;
import io.velvetastro.questions.Forensics.CustodyPage;
import io.velvetastro.questions.Forensics.CustodyRow;
import io.velvetastro.questions.Forensics.DoubtList;
import io.velvetastro.questions.Forensics.DoubtRow;
import io.velvetastro.questions.Forensics.DoubtsAnswer;
import io.velvetastro.questions.Forensics.DrillEdit;
import io.velvetastro.questions.Forensics.DrillList;
import io.velvetastro.questions.Forensics.DrillReport;
import io.velvetastro.questions.Forensics.DrillRow;
import io.velvetastro.questions.Forensics.Drills;
import io.velvetastro.questions.Forensics.EventEvidence;
import io.velvetastro.questions.Forensics.EventHistory;
import io.velvetastro.questions.Forensics.EvidenceAnswer;
import io.velvetastro.questions.Forensics.HistoryPage;
import io.velvetastro.questions.Forensics.LedgerState;
import io.velvetastro.questions.Forensics.Standing;
import io.velvetastro.questions.Forensics.Unchanged;
import io.velvetastro.questions.Incidents.IncidentById;
import io.velvetastro.questions.Incidents.IncidentList;
import io.velvetastro.questions.Incidents.IncidentPage;
import io.velvetastro.questions.Incidents.Status;
import io.velvetastro.questions.Kept.Ending;
import io.velvetastro.questions.Kept.HowLongKept;
import io.velvetastro.questions.Kept.HowLongKeptAnswer;
import io.velvetastro.questions.Members.MemberList;
import io.velvetastro.questions.Members.MemberListAnswer;
import io.velvetastro.questions.Monitor.Component;
import io.velvetastro.questions.Monitor.Figures;
import io.velvetastro.questions.Monitor.FiguresAnswer;
import io.velvetastro.questions.Monitor.Health;
import io.velvetastro.questions.Monitor.HealthReport;
import io.velvetastro.questions.Monitor.RawEvent;
import io.velvetastro.questions.Monitor.RawEvents;
import io.velvetastro.questions.Monitor.RawEventsAnswer;
import io.velvetastro.questions.Monitor.State;
import io.velvetastro.questions.Monitor.Traffic;
import io.velvetastro.questions.Monitor.TrafficAnswer;
import io.velvetastro.questions.Monitor.TrafficPoint;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** What the other rooms would answer: on a busy day, and on the first. */
public final class Rows {
    private static final int ATTACKS = 12_481;

    private Rows() {}

    public static void some(FakeRooms rooms, Clock clock) {
        evidence(rooms, clock);
        rooms.answer(AttackFeed.class, asked -> feed(asked, clock.instant()))
                .answer(AttackFacets.class, asked -> facets())
                .answer(
                        AttackDetails.class,
                        asked -> IntStream.range(0, 400)
                                .mapToObj(n -> Sample.attack(clock.instant(), n))
                                .filter(row -> row.id().equals(asked.series()))
                                .map(Sample::detail)
                                .toList())
                .answer(AttackOrigins.class, asked -> Sample.origins(clock.instant()))
                .answer(
                        TopActors.class,
                        asked -> asked.by() == TopActors.By.SOURCE
                                ? List.of(
                                        new TopRow("203.0.113.77", 5318, Severity.CRITICAL),
                                        new TopRow("198.51.100.201", 2044, Severity.LOW),
                                        new TopRow("2001:db8:7::1f", 1127, Severity.LOW),
                                        new TopRow("192.0.2.144", 612, Severity.MEDIUM),
                                        new TopRow("198.51.100.23", 318, Severity.HIGH),
                                        new TopRow("192.0.2.61", 204, Severity.MEDIUM))
                                : List.of(
                                        new TopRow("nora.lind", 912, Severity.CRITICAL),
                                        new TopRow("p.dasgupta", 377, Severity.HIGH)))
                .answer(IncidentList.class, asked -> incidents(asked, clock.instant()))
                .answer(
                        IncidentById.class,
                        asked -> asked.incident().equals(Sample.INCIDENT)
                                ? List.of(Sample.whole(
                                        clock.instant().truncatedTo(java.time.temporal.ChronoUnit.HOURS),
                                        Status.IN_PROGRESS))
                                : List.of())
                .answer(DefenseRules.class, asked -> rules(asked, clock.instant()))
                .answer(HeldBy.class, asked -> new RulePage(List.of(), null, 0))
                .answer(MemberList.class, asked -> new MemberListAnswer(Sample.members()))
                .answer(
                        HowLongKept.class,
                        asked -> new HowLongKeptAnswer(
                                0,
                                12,
                                clock.instant().plus(Plan.GRACE),
                                false,
                                List.of(
                                        new Ending("2025-09", clock.instant().plus(Plan.GRACE), true),
                                        new Ending("2026-11", Instant.parse("2027-12-01T00:00:00Z"), true))))
                .answer(Traffic.class, Rows::traffic)
                .answer(Health.class, asked -> health(State.UP))
                .answer(
                        Figures.class,
                        asked -> new FiguresAnswer(
                                7,
                                2,
                                ATTACKS,
                                11_556.0,
                                612,
                                623,
                                252.0,
                                184_202,
                                14,
                                Map.of(
                                        Severity.CRITICAL,
                                        3L,
                                        Severity.HIGH,
                                        41L,
                                        Severity.MEDIUM,
                                        612L,
                                        Severity.LOW,
                                        4207L,
                                        Severity.INFO,
                                        7618L),
                                trend(40),
                                trend(3),
                                trend(900),
                                trend(12)))
                .answer(
                        RawEvents.class,
                        asked -> new RawEventsAnswer(asked.ids().stream()
                                .map(id -> new RawEvent(
                                        id,
                                        "LoginFailed",
                                        clock.instant().minusSeconds(60),
                                        clock.instant().minusSeconds(59),
                                        "{\n  \"class_uid\": 3002,\n  \"status\": \"Failure\",\n  \"src_endpoint\": { \"ip\": \"203.0.113.77\" },\n  \"user\": { \"name\": \""
                                                + Sample.HOSTILE + "\" }\n}"))
                                .toList()));
    }

    private static void evidence(FakeRooms rooms, Clock clock) {
        var sample = new SampleEvidence(clock.instant());
        rooms.answer(EventHistory.class, asked -> new HistoryPage(sample.rows(), null, 10_001))
                .answer(LedgerState.class, asked -> sample.ledger(Standing.INTACT, ""))
                .answer(
                        EventEvidence.class,
                        asked -> new EvidenceAnswer(asked.id().equals(SampleEvidence.EVENT) ? sample.proven() : null))
                .answer(Unchanged.class, asked -> sample.unchangedSince(asked.since()))
                .answer(
                        CustodyLog.class,
                        asked -> new CustodyPage(
                                List.of(
                                        new CustodyRow(
                                                new ExportId(Sample.id("export")),
                                                clock.instant().minusSeconds(600),
                                                "Mira Solberg",
                                                "incident " + Sample.INCIDENT,
                                                Sample.INCIDENT,
                                                214,
                                                "Asked for by <b>the insurer</b>",
                                                "ab".repeat(32),
                                                48_211L),
                                        new CustodyRow(
                                                new ExportId(Sample.id("other export")),
                                                clock.instant().minusSeconds(90_000),
                                                "Jonas Vik",
                                                "2026-01-01T00:00:00Z to 2026-02-01T00:00:00Z",
                                                null,
                                                9_120,
                                                null,
                                                null,
                                                null)),
                                null,
                                2))
                .answer(
                        Drills.class,
                        asked -> new DrillList(List.of(new DrillRow(
                                new DrillId(Sample.id("drill")),
                                clock.instant().minusSeconds(3_600),
                                "Mira Solberg",
                                38,
                                1_000,
                                50,
                                50,
                                0,
                                212))))
                .answer(
                        Audits.class,
                        asked -> new AuditsAnswer(
                                null,
                                List.of(
                                        new AuditRow(
                                                2,
                                                clock.instant().minusSeconds(700),
                                                clock.instant().minusSeconds(600),
                                                true,
                                                48_211,
                                                812,
                                                1,
                                                0,
                                                List.of(new AuditFinding(
                                                        "leaf 7", "is not what the store holds at position 12")),
                                                null),
                                        new AuditRow(
                                                1,
                                                clock.instant().minusSeconds(9_000),
                                                clock.instant().minusSeconds(8_000),
                                                false,
                                                40_000,
                                                640,
                                                0,
                                                0,
                                                List.of(),
                                                null))))
                .answer(
                        DoubtList.class,
                        asked -> new DoubtsAnswer(List.of(
                                new DoubtRow(
                                        7,
                                        Sample.id("doubted").toString(),
                                        "io.velvetastro.language.LoginFailed",
                                        clock.instant().minusSeconds(5_000),
                                        null),
                                new DoubtRow(
                                        3,
                                        null,
                                        null,
                                        clock.instant().minusSeconds(6_000),
                                        new Acknowledged(
                                                "member:"
                                                        + Sample.members()
                                                                .getFirst()
                                                                .id(),
                                                "Our own repair",
                                                clock.instant().minusSeconds(50))))))
                .answer(AskForAudit.class, asked -> new AuditAsked(asked.at(), 0))
                .answer(
                        RunTamperDrill.class,
                        asked -> new DrillReport(
                                asked.drillId(),
                                38,
                                asked.events(),
                                120,
                                212,
                                List.of(
                                        new DrillEdit(41, "deleted", "leaf 41 is gone from the store"),
                                        new DrillEdit(57, "back-dated by 8 121 ms", null)),
                                List.of()));
    }

    public static void none(FakeRooms rooms) {
        rooms.answer(EventHistory.class, asked -> new HistoryPage(List.of(), null, 0))
                .answer(
                        LedgerState.class,
                        asked -> new SampleEvidence(java.time.Instant.EPOCH).ledger(Standing.INTACT, ""))
                .answer(EventEvidence.class, asked -> new EvidenceAnswer(null))
                .answer(CustodyLog.class, asked -> new CustodyPage(List.of(), null, 0))
                .answer(Audits.class, asked -> new AuditsAnswer(null, List.of()))
                .answer(DoubtList.class, asked -> new DoubtsAnswer(List.of()))
                .answer(Drills.class, asked -> new DrillList(List.of()));
        rooms.answer(AttackFeed.class, asked -> new AttackPage(List.of(), null, 0))
                .answer(AttackFacets.class, asked -> new FacetCounts(Map.of(), Map.of(), Map.of(), Map.of(), 0))
                .answer(AttackDetails.class, asked -> List.of())
                .answer(AttackOrigins.class, asked -> List.of())
                .answer(TopActors.class, asked -> List.of())
                .answer(IncidentList.class, asked -> new IncidentPage(List.of(), null, 0))
                .answer(IncidentById.class, asked -> List.of())
                .answer(DefenseRules.class, asked -> new RulePage(List.of(), null, 0))
                .answer(HeldBy.class, asked -> new RulePage(List.of(), null, 0))
                .answer(MemberList.class, asked -> new MemberListAnswer(Sample.members()))
                .answer(HowLongKept.class, asked -> new HowLongKeptAnswer(0, 0, null, false, List.of()))
                .answer(Traffic.class, asked -> new TrafficAnswer(List.of()))
                .answer(Health.class, asked -> health(State.UP))
                .answer(
                        Figures.class,
                        asked -> new FiguresAnswer(
                                0, 0, 0, null, 0, 0, null, 0, 0, Map.of(), zeros(), zeros(), zeros(), zeros()))
                .answer(RawEvents.class, asked -> new RawEventsAnswer(List.of()));
    }

    static AttackPage feed(AttackFeed asked, Instant now) {
        int from = asked.cursor() == null ? 0 : Integer.parseInt(asked.cursor());
        var rows = new ArrayList<AttackRow>();
        int n = from;
        for (; n < ATTACKS && rows.size() < asked.limit(); n++) {
            var row = Sample.attack(now, n);
            if (passes(asked, row)) rows.add(row);
        }
        return new AttackPage(rows, n < ATTACKS ? String.valueOf(n) : null, ATTACKS);
    }

    private static boolean passes(AttackFeed asked, AttackRow row) {
        var filter = asked.filter();
        return (filter.severities().isEmpty() || filter.severities().contains(row.severity()))
                && (filter.stages().isEmpty() || filter.stages().contains(row.stage()))
                && (filter.outcomes().isEmpty() || filter.outcomes().contains(row.outcome()))
                && (filter.source() == null || filter.source().equals(row.source()));
    }

    private static FacetCounts facets() {
        return new FacetCounts(
                Map.of(
                        Severity.CRITICAL,
                        3L,
                        Severity.HIGH,
                        41L,
                        Severity.MEDIUM,
                        612L,
                        Severity.LOW,
                        4207L,
                        Severity.INFO,
                        7618L),
                Map.of(
                        Stage.RECONNAISSANCE,
                        9804L,
                        Stage.DELIVERY,
                        1906L,
                        Stage.EXPLOITATION,
                        631L,
                        Stage.INSTALLATION,
                        77L,
                        Stage.COMMAND_AND_CONTROL,
                        41L,
                        Stage.ACTIONS_ON_OBJECTIVES,
                        22L),
                Map.of(Engine.HEURISTICS, 9012L, Engine.EXTERNAL, 3422L, Engine.CHAIN, 47L),
                Map.of(Outcome.BLOCKED, 11_690L, Outcome.WATCHING, 779L, Outcome.NEEDS_YOU, 9L, Outcome.RESOLVED, 3L),
                ATTACKS);
    }

    private static IncidentPage incidents(IncidentList asked, Instant now) {
        var statuses = List.of(
                Status.IN_PROGRESS,
                Status.OPEN,
                Status.CONTAINED,
                Status.OPEN,
                Status.RESOLVED,
                Status.OPEN,
                Status.CONTAINED);
        var rows = IntStream.range(0, 7)
                .mapToObj(n -> Sample.incident(now, n, statuses.get(n)))
                .filter(row -> asked.filter().statuses().isEmpty()
                        || asked.filter().statuses().contains(row.status()))
                .toList();
        return new IncidentPage(rows.subList(0, Math.min(asked.limit(), rows.size())), null, rows.size());
    }

    private static RulePage rules(DefenseRules asked, Instant now) {
        if (asked.action() == Defense.Action.ALLOW)
            return new RulePage(List.of(Sample.rule(now, 40, Defense.Action.ALLOW)), null, 1);
        var rows = IntStream.range(0, 14)
                .mapToObj(n -> Sample.rule(now, n, Defense.Action.BLOCK))
                .toList();
        return new RulePage(rows, null, rows.size());
    }

    private static TrafficAnswer traffic(Traffic asked) {
        var points = new ArrayList<TrafficPoint>();
        long step = asked.bucketSeconds();
        for (long at = asked.from().getEpochSecond() / step * step;
                at < asked.to().getEpochSecond();
                at += step) {
            double day = Math.sin((at % 86_400) / 86_400.0 * 2 * Math.PI - 2);
            long wobble = Math.abs(at * 2654435761L % 997) % 60;
            boolean spray =
                    asked.to().getEpochSecond() - at < 2400 && asked.to().getEpochSecond() - at > 900;
            points.add(new TrafficPoint(
                    Instant.ofEpochSecond(at),
                    (long) (430 + 220 * day) + wobble,
                    40 + wobble / 3 + (spray ? 240 : 0),
                    0,
                    spray ? 260 : 12 + wobble / 9));
        }
        return new TrafficAnswer(points);
    }

    static HealthReport health(State state) {
        return new HealthReport(
                state,
                List.of(
                        new Component("intake", State.UP, "1.4 s behind", Map.of("events today", "184 202")),
                        new Component("detection", State.UP, "p95 86 ms", Map.of("engines", "1 of 1")),
                        new Component("views", State.UP, "0 events behind", Map.of()),
                        new Component("database", State.UP, "2 ms", Map.of("size", "1.2 GB")),
                        new Component("geo", State.DEGRADED, "places of 2026-11", Map.of())));
    }

    private static List<Long> trend(long around) {
        return LongStream.range(0, 24)
                .map(n -> around + (n * 37 % 11) * Math.max(1, around / 12) + n * Math.max(1, around / 10))
                .boxed()
                .toList();
    }

    private static List<Long> zeros() {
        return java.util.Collections.nCopies(24, 0L);
    }
}
