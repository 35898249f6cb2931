package io.velvetastro.notary;

import static io.velvetastro.notary.History.ANNA;
import static io.velvetastro.notary.History.ELSEWHERE;
import static io.velvetastro.notary.History.HERE;
import static io.velvetastro.notary.History.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.authentication;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.velvetastro.language.Authority;
import io.velvetastro.language.Caller;
import io.velvetastro.language.CensusCommand;
import io.velvetastro.language.Engine;
import io.velvetastro.language.Envelope;
import io.velvetastro.language.EventId;
import io.velvetastro.language.Fact;
import io.velvetastro.language.FindingId;
import io.velvetastro.language.FindingRaised;
import io.velvetastro.language.Journal;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.Plan;
import io.velvetastro.language.PrincipalId;
import io.velvetastro.language.Refused;
import io.velvetastro.language.Role;
import io.velvetastro.language.RuleRecorded;
import io.velvetastro.language.Sealed;
import io.velvetastro.language.SeriesId;
import io.velvetastro.language.Severity;
import io.velvetastro.language.Stage;
import io.velvetastro.language.Stream;
import io.velvetastro.language.TenantId;
import io.velvetastro.ledger.Bundle;
import io.velvetastro.ledger.Checkpoint;
import io.velvetastro.ledger.EventProof;
import io.velvetastro.ledger.Hash;
import io.velvetastro.ledger.Note;
import io.velvetastro.ledger.Report;
import io.velvetastro.ledger.TiledTree;
import io.velvetastro.ledger.TlogProof;
import io.velvetastro.ledger.Trust;
import io.velvetastro.ledger.Verifier;
import io.velvetastro.ledger.VerifierKey;
import io.velvetastro.store.keys.RowMacs;
import io.velvetastro.store.testing.Administrator;
import io.velvetastro.store.testing.FreshDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@SpringBootTest(classes = NotaryHouse.class, properties = "velvet.ledger.sign-every=50ms")
@AutoConfigureMockMvc
@ContextConfiguration(initializers = FreshDatabase.class)
class ForensicsTest {
    @Autowired
    Journal journal;

    @Autowired
    RowMacs macs;

    @Autowired
    DataSource database;

    @Autowired
    Administrator administrator;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    MockMvc web;

    @TempDir
    Path folder;

    private History history;

    @Autowired
    void everyCommandNamesItsCaller(CommandBus commands) {
        commands.registerDispatchInterceptor(messages -> (index, command) -> {
            var person = SecurityContextHolder.getContext().getAuthentication();
            if (person == null) return command; // The house itself names itself.
            assertThat(command.getPayload()).as("what is no person's to order").isNotInstanceOf(CensusCommand.class);
            var caller = (Caller) person.getPrincipal();
            return command.andMetaData(Envelope.of(caller.tenant(), caller.actor(), java.time.Instant.EPOCH));
        });
    }

    @BeforeEach
    void aPast() {
        history = new History(journal, new JdbcTemplate(database), new TransactionTemplate(transactions), macs);
        history.unfold(60);
    }

    @Test
    void anEventIsProvenToWhoeverHasTheKeyAndTheEvent() throws Exception {
        var fact = stored(History.fact(HERE));
        var text = untilProven(HERE, fact);
        var key = VerifierKey.parse(open("/key"));
        var proof = TlogProof.parse(text);
        var checkpoint = Checkpoint.trusted(proof.checkpoint(), key.name(), key);
        var event = EventProof.of(proof, checkpoint.size());
        var anchor = event.verify(leafOf(fact), checkpoint);
        assertThat(anchor.log()).isEqualTo(event.path().log());
    }

    @Test
    void theBundleOfATimeVerifiesAndContainsTheRecordOfItsExport() throws Exception {
        var report = verified(bundle(HERE, "{\"from\":\"2020-01-01T00:00:00Z\",\"to\":\"2100-01-01T00:00:00Z\"}"));
        assertThat(report.events().getLast().type()).endsWith("EvidenceExported");
        assertThat(report.isUnbroken()).isTrue();
        assertThat(report.witnessed()).hasSize(1);
    }

    @Test
    void theOrganisationsOwnLogIsWitnessedAndEachEventExistedSoonAfterItWasRecorded() throws Exception {
        var fact = stored(History.fact(HERE));
        untilProven(HERE, fact);
        var report = verified(bundle(HERE, "{\"from\":\"2020-01-01T00:00:00Z\",\"to\":\"2100-01-01T00:00:00Z\"}"));
        assertThat(report.format()).isEqualTo(2);
        assertThat(report.own()).hasSize(1);
        assertThat(report.existed()).hasSizeGreaterThan(1);
        var recorded = report.events().stream()
                .filter(event -> event.eventId().equals(fact.id().toString()))
                .findFirst()
                .orElseThrow();
        var now = report.witnessed().values().iterator().next();
        assertThat(report.existedBy(recorded).orElseThrow())
                .isBeforeOrEqualTo(now)
                .isAfterOrEqualTo(recorded.recorded().minusSeconds(1)); // A cosignature's clock has whole seconds.
    }

    @Test
    void whoKeptABundleGetsTheProofThatLeadsBackToItWhoeverAskedMeanwhile() throws Exception {
        var all = "{\"from\":\"2020-01-01T00:00:00Z\",\"to\":\"2100-01-01T00:00:00Z\"";
        var kept = verified(bundle(HERE, all + "}"));
        history.unfold(40);
        bundle(HERE, all + "}");
        history.unfold(40);
        var asked = all + ",\"since\":" + kept.anchor().size() + "}";
        var report = verified(bundle(HERE, asked));
        assertThat(report.since().logSize()).isEqualTo(kept.anchor().size());
        report.requireFollows(kept);
        var never = post("/api/v1/forensics/bundles")
                .contentType(MediaType.APPLICATION_JSON)
                .content(all + ",\"since\":4611686018427387904}");
        assertThatThrownBy(() -> ask(HERE, never)).hasRootCauseInstanceOf(Refused.class);
    }

    @Test
    void theLedgerRemembersWhichBytesLeftTheHouseAndWhyInSealedWords() throws Exception {
        var file = bundle(HERE, "{\"userId\":\"" + ANNA + "\",\"reason\":\"For the insurer\"}");
        var store = new JdbcTemplate(database);
        var handed = newest(store, "EvidenceHandedOver");
        var sha256 = java.util.HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        assertThat(handed).contains(sha256, "\"bytes\":" + Files.size(file));
        assertThat(newest(store, "EvidenceExported")).contains("\"reason\"").doesNotContain("insurer");
    }

    private static String newest(JdbcTemplate store, String type) {
        return store.queryForObject(
                "SELECT convert_from(payload, 'UTF8') FROM store.decisions WHERE payloadType LIKE ? ORDER BY globalIndex DESC LIMIT 1",
                String.class,
                "%" + type);
    }

    @Test
    void theNextBundleShowsThatNothingWasRewrittenSinceTheLast() throws Exception {
        bundle(HERE, "{\"userId\":\"" + ANNA + "\"}");
        history.unfold(50);
        var report = verified(bundle(HERE, "{\"userId\":\"" + ANNA + "\"}"));
        assertThat(report.since()).isNotNull();
        assertThat(report.proven()).anyMatch(line -> line.contains("Nothing was rewritten since"));
    }

    @Test
    void theBundleOfAnIncidentHoldsItsDecisionsItsFindingsAndWhatTheyRestOn() throws Exception {
        var evidence = stored(History.fact(HERE));
        var finding = stored(Stream.FINDINGS, naming(evidence));
        var incident = UUID.randomUUID();
        history.decide(HERE, incident, 0, "{\"finding\":\"" + finding.id() + "\"}");
        var run = UUID.randomUUID();
        history.decide(HERE, run, 0, "{\"incident\":\"" + incident + "\"}");
        history.decide(HERE, run, 1, "{\"step\":\"block\"}");
        var report = verified(bundle(HERE, "{\"incidentId\":\"" + incident + "\"}"));
        assertThat(report.events())
                .filteredOn(event -> !event.type().endsWith("CensusTaken"))
                .hasSize(6);
        assertThat(report.complete()).isNotNull();
        assertThat(report.complete().id()).isEqualTo(incident.toString());
        assertThat(report.complete().events()).isEqualTo(2);
        assertThat(report.events())
                .extracting(Report.Proven::eventId)
                .contains(evidence.id().toString(), finding.id().toString());
    }

    @Test
    void theBundleOfAnAttackHoldsItsFindingsWhatTheyRestOnAndTheRuleThatJudged() throws Exception {
        var attack = new SeriesId(UUID.randomUUID());
        var text = "id: brute-force\nversion: 7\ntitle: \"guessing\"\n";
        var rule = stored(Stream.FINDINGS, rule(text));
        var first = stored(History.fact(HERE));
        var second = stored(History.fact(HERE));
        var nextToIt = stored(History.fact(HERE));
        var opened = stored(Stream.FINDINGS, found(attack, text, first));
        var grown = stored(Stream.FINDINGS, found(attack, text, first, second));

        var report = verified(bundle(HERE, "{\"attackId\":\"" + attack + "\"}"));
        assertThat(report.events())
                .extracting(Report.Proven::eventId)
                .contains(ids(rule, first, second, opened, grown))
                .doesNotContain(ids(nextToIt));
        assertThat(report.isComplete(attack.toString())).isTrue();
        assertThat(report.judged()).hasSize(2).allSatisfy(finding -> {
            assertThat(finding.isOf(attack.toString())).isTrue();
            assertThat(finding.isWhole()).isTrue();
            assertThat(finding.text().text()).isEqualTo(text);
        });

        var one = verified(bundle(HERE, "{\"findingId\":\"" + opened.id() + "\"}"));
        assertThat(one.events())
                .extracting(Report.Proven::eventId)
                .contains(ids(rule, first, opened))
                .doesNotContain(ids(nextToIt, second, grown));
        assertThat(one.judged())
                .singleElement()
                .satisfies(finding -> assertThat(finding.isWhole()).isTrue());
        assertThatThrownBy(() -> bundle(ELSEWHERE, "{\"findingId\":\"" + opened.id() + "\"}"))
                .hasRootCauseInstanceOf(Refused.class);
        assertThatThrownBy(() -> bundle(ELSEWHERE, "{\"attackId\":\"" + attack + "\"}"))
                .hasRootCauseInstanceOf(Refused.class);
        assertThatThrownBy(() -> bundle(HERE, "{\"findingId\":\"" + first.id() + "\"}"))
                .as("an event that is no finding")
                .hasRootCauseInstanceOf(Refused.class);
    }

    private static final Instant FOUND_AT = Instant.parse("2026-03-01T10:00:00Z");

    private static String[] ids(Fact... facts) {
        return java.util.stream.Stream.of(facts)
                .map(fact -> fact.id().toString())
                .toArray(String[]::new);
    }

    private static Fact rule(String text) {
        return new Fact(
                RuleRecorded.idOf(HERE, RuleRecorded.sha256(text)),
                new RuleRecorded(HERE, "brute-force", 7, text),
                Envelope.of(HERE, "engine:heuristics", FOUND_AT));
    }

    private static Fact found(SeriesId attack, String text, Fact... evidence) {
        var id = UUID.randomUUID();
        var finding = new FindingRaised(
                new FindingId(id),
                attack,
                HERE,
                Engine.HEURISTICS,
                "brute-force",
                7,
                "Guessing",
                Severity.HIGH,
                0.8,
                Stage.DELIVERY,
                List.of(),
                FOUND_AT,
                FOUND_AT,
                FOUND_AT,
                evidence.length,
                java.util.stream.Stream.of(evidence).map(Fact::id).toList(),
                List.of(),
                List.of(),
                "",
                null,
                false,
                false,
                false,
                List.of(),
                RuleRecorded.sha256(text));
        return new Fact(new EventId(id), finding, Envelope.of(HERE, "engine:heuristics", FOUND_AT));
    }

    @Test
    void theBundleOfAUserIsAllThatNamesTheUserInEveryStream() throws Exception {
        history.decide(HERE, UUID.randomUUID(), 0, "{\"person\":\"" + ANNA + "\"}");
        stored(Stream.FINDINGS, History.fact(HERE));
        long first = complete().events();
        history.unfold(30);
        stored(History.fact(HERE));
        var later = complete();
        assertThat(later.from()).isZero();
        assertThat(later.events()).isGreaterThan(first).isEqualTo(naming("\"" + ANNA + "\""));
    }

    @Test
    void aBundleThatWouldLeaveOutSomethingIsRefusedAndTheHealthPageSaysSo() throws Exception {
        var carla = UUID.randomUUID();
        var fact = stored(History.fact(HERE, new PrincipalId(carla), new Sealed("1." + "x".repeat(120))));
        var asked = "{\"userId\":\"" + carla + "\"}";
        assertThat(verified(bundle(HERE, asked)).isComplete(carla.toString())).isTrue();
        var rename =
                "UPDATE store.telemetry SET payload = convert_to(replace(convert_from(payload, 'UTF8'), '%s', '%s'), 'UTF8') WHERE event_id = '"
                        + fact.id() + "'";
        var somebody = UUID.randomUUID();
        refusedWhile(
                rename.formatted(carla, somebody),
                rename.formatted(somebody, carla),
                "and the store has 0",
                asked,
                carla);
        refusedWhile(
                "UPDATE ledger.censuses SET behind = behind + 1000000",
                "UPDATE ledger.censuses SET behind = behind - 1000000 WHERE behind > 1000000",
                "is no longer kept as the log has recorded it",
                asked,
                carla);
    }

    private void refusedWhile(String attack, String undone, String because, String asked, UUID whose) throws Exception {
        var db = administrator.template();
        db.update(attack);
        try {
            assertThatThrownBy(() -> bundle(HERE, asked))
                    .rootCause()
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining(because);
            assertThat(health.health().says()).contains("do not come to what the log had counted");
            assertThat(health.health().says()).doesNotContain(whose.toString());
        } finally {
            db.update(undone);
        }
        assertThat(verified(bundle(HERE, asked)).isComplete(whose.toString())).isTrue();
        assertThat(health.health().says()).doesNotContain("counted");
    }

    @Autowired
    LedgerHealth health;

    @Test
    void whatNamesAnIncidentInWhateverWayIsInItsBundle() throws Exception {
        var incident = UUID.randomUUID();
        history.decide(HERE, incident, 0, "{\"step\":0}");
        var odd = stored(History.fact(HERE, ANNA, new Sealed("1." + "x".repeat(120)), incident.toString()));
        var report = verified(bundle(HERE, "{\"incidentId\":\"" + incident + "\"}"));
        assertThat(report.events())
                .extracting(Report.Proven::eventId)
                .contains(odd.id().toString());
        assertThat(report.isComplete(incident.toString())).isTrue();
    }

    @Test
    void whatIsNoLongerAsItWasHashedIsNotCounted() throws Exception {
        complete();
        var fact = stored(History.fact(HERE));
        untilProven(HERE, fact);
        var db = administrator.template();
        var changed = "UPDATE store.telemetry SET revision = ? WHERE event_id = ?";
        db.update(changed, "2", fact.id().value());
        assertThatThrownBy(() -> censuses.take(HERE)).hasMessageContaining("is not what the store holds");
        db.update(changed, "1", fact.id().value());
        complete();
    }

    @Test
    void onlyWhatIsAskedForIsDisclosedAndTheLedgerSaysThatItWas() throws Exception {
        var bert = new io.velvetastro.language.PrincipalId(UUID.randomUUID());
        var at = java.time.Instant.parse("2026-03-01T10:00:00Z");
        var values = java.util.Arrays.asList("bert", "203.0.113.9", null, null, "a line");
        var personal = seals.seal(
                HERE, bert, at, "{\"user\":\"bert\",\"address\":\"203.0.113.9\",\"line\":\"a line\"}", values);
        var looksSealed = personal.text().replaceFirst("\\..*", ".AAAA~" + "A".repeat(43));
        stored(History.fact(HERE, bert, personal, looksSealed));
        var whole = bundle(HERE, "{\"userId\":\"" + bert + "\"}");
        assertThat(verified(whole).events()).allMatch(event -> event.disclosed().isEmpty());
        var told = verified(bundle(HERE, "{\"userId\":\"" + bert + "\",\"disclose\":[\"user\",\"target\"]}"));
        var shown = told.events().stream()
                .map(Report.Proven::disclosed)
                .filter(disclosed -> !disclosed.isEmpty())
                .toList();
        assertThat(shown)
                .singleElement()
                .satisfies(disclosed -> assertThat(disclosed)
                        .extracting(io.velvetastro.ledger.Disclosure.Shown::value)
                        .containsExactly("bert", null));
        assertThat(newest(new JdbcTemplate(database), "EvidenceExported"))
                .contains("principal " + bert + ", disclosing target, user");
        var nonsense = post("/api/v1/forensics/bundles")
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"userId\":\"" + bert + "\",\"disclose\":[\"password\"]}");
        assertThat(ask(HERE, nonsense).getResponse().getStatus()).isEqualTo(400);
    }

    @Autowired
    io.velvetastro.language.Seals seals;

    private Report.Complete complete() throws Exception {
        var complete = verified(bundle(HERE, "{\"userId\":\"" + ANNA + "\"}")).complete();
        assertThat(complete).isNotNull();
        return complete;
    }

    private long naming(String id) {
        return new JdbcTemplate(database)
                .queryForObject(
                        """
                SELECT (SELECT count(*) FROM store.telemetry WHERE tenant = ?::uuid AND position(?::bytea IN payload) > 0)
                    + (SELECT count(*) FROM store.findings WHERE tenant = ?::uuid AND position(?::bytea IN payload) > 0)
                    + (SELECT count(*) FROM store.decisions WHERE position(?::bytea IN payload) > 0)""",
                        Long.class,
                        HERE.toString(),
                        id.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        HERE.toString(),
                        id.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        id.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Autowired
    Censuses censuses;

    @Test
    void aReceiptIsGivenAndHeldAgainstTheLedgerAgain() throws Exception {
        var fact = stored(History.fact(HERE));
        var rule = history.decide(HERE, 2);
        var given = told("/receipts", "{\"ids\":[\"" + fact.id() + "\",\"" + rule + "\"]}", 200);
        var receipt = new com.fasterxml.jackson.databind.ObjectMapper()
                .readTree(given)
                .at("/receipts/0");
        untilProven(HERE, fact);
        var verdict = told("/receipts/verify", "{\"receipt\":" + receipt + "}", 200);
        assertThat(verdict).contains("\"events\":3,\"broken\":0").contains("\"eventId\":\"" + fact.id());
        var changed = receipt.toString()
                .replace(fact.id().toString(), UUID.randomUUID().toString());
        assertThat(told("/receipts/verify", "{\"receipt\":" + changed + "}", 422))
                .contains("This is no receipt of ours");
        assertThatThrownBy(() -> told("/receipts", "{\"ids\":[\"" + UUID.randomUUID() + "\"]}", 200))
                .hasRootCauseInstanceOf(Refused.class);
    }

    private String told(String path, String body, int status) throws Exception {
        var answer = ask(
                        HERE,
                        post("/api/v1/forensics" + path)
                                .contentType(MediaType.APPLICATION_JSON)
                                .content(body))
                .getResponse();
        assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(status);
        return answer.getContentAsString();
    }

    @Test
    void anotherOrganisationGetsNothing() throws Exception {
        var fact = stored(History.fact(HERE));
        untilProven(HERE, fact);
        assertThatThrownBy(() -> ask(ELSEWHERE, get("/api/v1/forensics/events/" + fact.id() + "/proof")))
                .hasRootCauseInstanceOf(Refused.class);
        var incident = history.decide(HERE, 1);
        assertThatThrownBy(() -> ask(
                        ELSEWHERE,
                        post("/api/v1/forensics/bundles")
                                .contentType(MediaType.APPLICATION_JSON)
                                .content("{\"incidentId\":\"" + incident + "\"}")))
                .hasRootCauseInstanceOf(Refused.class);
        var name = logOf(HERE);
        assertThat(ask(HERE, get("/api/v1/forensics/logs/" + name + "/tile/0/000.p/1"))
                        .getResponse()
                        .getStatus())
                .isEqualTo(200);
        assertThatThrownBy(() -> ask(ELSEWHERE, get("/api/v1/forensics/logs/" + name + "/tile/0/000.p/1")))
                .hasRootCauseInstanceOf(Refused.class);
    }

    @Test
    void fromPublicTilesAnybodyCanRebuildTheSignedRoot() throws Exception {
        stored(History.fact(HERE));
        until("there is a checkpoint", () -> status("/checkpoint") == 200);
        var key = VerifierKey.parse(open("/key"));
        var checkpoint = Checkpoint.trusted(Note.parse(open("/checkpoint")), key.name(), key);
        var tree = new TiledTree(checkpoint.size(), tile -> bytes("/api/v1/forensics/" + tile.path()));
        assertThat(tree.root(checkpoint.size())).isEqualTo(checkpoint.root());
    }

    @Test
    void aRequestThatAsksForNothingOrTwoThingsIsRefused() throws Exception {
        for (var body : List.of(
                "{}",
                "{\"from\":\"2026-01-01T00:00:00Z\"}",
                "{\"from\":\"2026-01-02T00:00:00Z\",\"to\":\"2026-01-01T00:00:00Z\"}",
                "{\"incidentId\":\"" + UUID.randomUUID() + "\",\"userId\":\"" + ANNA + "\"}")) {
            var request = post("/api/v1/forensics/bundles")
                    .contentType(MediaType.APPLICATION_JSON)
                    .content(body);
            assertThat(ask(HERE, request).getResponse().getStatus()).as(body).isEqualTo(400);
        }
    }

    private Report verified(Path file) throws Exception {
        var trust = Trust.in(VerifierKey.parse(open("/key")), List.of(VerifierKey.parse(open("/witness"))));
        try (var bundle = Bundle.open(file)) {
            return Verifier.verify(bundle, trust);
        }
    }

    private Path bundle(TenantId tenant, String body) throws Exception {
        var request = post("/api/v1/forensics/bundles")
                .contentType(MediaType.APPLICATION_JSON)
                .content(body);
        var answer = ask(tenant, request).getResponse();
        assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(200);
        return Files.write(Files.createTempFile(folder, "bundle", ".zip"), answer.getContentAsByteArray());
    }

    private String untilProven(TenantId tenant, Fact fact) {
        var text = new String[1];
        until("the event is proven", () -> {
            try {
                text[0] = ask(tenant, get("/api/v1/forensics/events/" + fact.id() + "/proof"))
                        .getResponse()
                        .getContentAsString();
                return true;
            } catch (Exception notYet) {
                return false;
            }
        });
        return text[0];
    }

    private Hash leafOf(Fact fact) {
        var store = new JdbcTemplate(database);
        var position = store.queryForObject(
                "SELECT global_index FROM store.telemetry WHERE event_id = ?",
                Long.class,
                fact.id().value());
        var row = bytesOf.at(HERE, List.of(position)).getFirst();
        return Leaves.of(row).leaf(logOf(HERE)).hash();
    }

    @Autowired
    io.velvetastro.language.StoredBytes bytesOf;

    @Autowired
    LedgerTables tables;

    private String logOf(TenantId tenant) {
        return tables.find(tenant).orElseThrow().name();
    }

    private static Fact naming(Fact evidence) {
        var named = History.fact(HERE);
        var attempt = ((io.velvetastro.language.LoginFailed) named.payload()).attempt();
        return new Fact(
                named.id(),
                new io.velvetastro.language.LoginFailed(attempt, evidence.id().toString()),
                named.envelope());
    }

    private Fact stored(Fact fact) {
        return stored(Stream.TELEMETRY, fact);
    }

    private Fact stored(Stream stream, Fact fact) {
        journal.append(stream, List.of(fact));
        return fact;
    }

    private String open(String path) throws Exception {
        return ask(HERE, get("/api/v1/forensics" + path)).getResponse().getContentAsString();
    }

    private int status(String path) {
        try {
            return ask(HERE, get("/api/v1/forensics" + path)).getResponse().getStatus();
        } catch (Exception none) {
            return 404;
        }
    }

    private byte[] bytes(String path) {
        try {
            return ask(HERE, get(path)).getResponse().getContentAsByteArray();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private MvcResult ask(TenantId tenant, MockHttpServletRequestBuilder request) throws Exception {
        return web.perform(
                        request.with(authentication(person(tenant)))
                                .with(org.springframework.security.test.web.servlet.request
                                        .SecurityMockMvcRequestPostProcessors.csrf()))
                .andReturn();
    }

    private static Authentication person(TenantId tenant) {
        var caller = new Caller(
                tenant,
                new MemberId(new UUID(1, 2)),
                Role.values()[0],
                "Ada",
                "ada@example.com",
                "Example",
                Plan.values()[0]);
        return new TestingAuthenticationToken(caller, null, Authority.Text.INCIDENTS_READ);
    }
}
