package io.velvetastro.sagas.detection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.velvetastro.engines.alert.AlertMapping;
import io.velvetastro.engines.rules.RuleBook;
import io.velvetastro.language.Address;
import io.velvetastro.language.AlertRaised;
import io.velvetastro.language.Attempt;
import io.velvetastro.language.Backlog;
import io.velvetastro.language.Envelope;
import io.velvetastro.language.EventId;
import io.velvetastro.language.Fact;
import io.velvetastro.language.FindingRaised;
import io.velvetastro.language.FindingRaised.Entity;
import io.velvetastro.language.IncidentCommand.AdviseContainment;
import io.velvetastro.language.IncidentCommand.GrowIncident;
import io.velvetastro.language.IncidentCommand.OpenIncident;
import io.velvetastro.language.Journal;
import io.velvetastro.language.LoginFailed;
import io.velvetastro.language.LoginSucceeded;
import io.velvetastro.language.Network;
import io.velvetastro.language.Personal;
import io.velvetastro.language.Place;
import io.velvetastro.language.Pseudonyms;
import io.velvetastro.language.RuleRecorded;
import io.velvetastro.language.Seals;
import io.velvetastro.language.Severity;
import io.velvetastro.language.SignInDenied;
import io.velvetastro.language.Stage;
import io.velvetastro.language.Stream;
import io.velvetastro.language.Telemetry;
import io.velvetastro.language.TenantId;
import io.velvetastro.store.testing.FreshDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;

@SpringBootTest(
        classes = DetectionHouse.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "velvet.detection.networks.00000000-0000-4000-8000-0000000000e1.vpn=198.51.100.0/24",
            "velvet.detection.networks.00000000-0000-4000-8000-0000000000e1.relay=203.0.113.0/28",
            "velvet.detection.networks.00000000-0000-4000-8000-0000000000e1.satellite=2001:db8:5::/48"
        })
@ContextConfiguration(initializers = FreshDatabase.class)
class DetectionFollowerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Autowired
    Journal journal;

    @Autowired
    Seals seals;

    @Autowired
    Pseudonyms pseudonyms;

    @Autowired
    Backlog backlog;

    @Autowired
    JdbcClient db;

    @Autowired
    DetectionHouse.IncidentsThatListen incidents;

    @Autowired
    Serializer eventSerializer;

    /** Has lists of its own; each test signs in accounts of its own there. */
    private static final TenantId WITH_LISTS = TenantId.of("00000000-0000-4000-8000-0000000000e1");

    private final TenantId tenant = new TenantId(UUID.randomUUID());

    @Test
    void anAccountTakenOverIsOneIncidentWithItsEvidenceAndAnAddressToKeepOut() {
        var attack = takeover(tenant, "ann", "203.0.113.9", Instant.now());
        append(attack);
        settle();

        assertThat(incidents.heard(OpenIncident.class, tenant)).singleElement().satisfies(incident -> {
            assertThat(incident.story().severity()).isEqualTo(Severity.HIGH);
            assertThat(incident.story().stages()).containsExactly(Stage.DELIVERY, Stage.EXPLOITATION);
            assertThat(incident.story().history()).isFalse();
        });
        assertThat(incidents.heard(AdviseContainment.class, tenant))
                .singleElement()
                .satisfies(advice -> {
                    assertThat(advice.network()).isEqualTo(Network.of("203.0.113.9"));
                    assertThat(advice.history()).isFalse();
                });
        var takeover = findings(tenant).stream()
                .filter(finding -> finding.rule().equals("success-after-failures"))
                .findFirst()
                .orElseThrow();
        assertThat(takeover.evidence())
                .containsExactlyInAnyOrderElementsOf(
                        attack.stream().map(Fact::id).toList());
        assertThat(named(takeover, Entity.Kind.USER)).containsExactly("ann");
        assertThat(named(takeover, Entity.Kind.ADDRESS)).containsExactly("203.0.113.9");
    }

    @Test
    void aFindingNamesTheTextItWasJudgedByAndTheLogHasThatTextOnceBeforeIt() {
        append(takeover(tenant, "ann", "203.0.113.9", Instant.now()));
        settle();
        append(takeover(tenant, "bob", "203.0.113.10", Instant.now()));
        settle();

        var texts = texts(tenant);
        var guessing = findings(tenant).stream()
                .filter(finding -> finding.rule().equals("brute-force"))
                .toList();
        assertThat(guessing)
                .hasSizeGreaterThan(1)
                .allSatisfy(finding -> assertThat(finding.ruleHash())
                        .isEqualTo(
                                RuleRecorded.sha256(RuleBook.builtIn().texts().get("brute-force"))));
        assertThat(texts.stream().filter(text -> text.rule().equals("brute-force")))
                .singleElement()
                .satisfies(text -> {
                    assertThat(text.text()).startsWith("id: brute-force\nversion: " + text.version() + "\n");
                    assertThat(RuleRecorded.sha256(text.text()))
                            .isEqualTo(guessing.getFirst().ruleHash());
                });
        assertThat(db.sql(
                                "SELECT count(*) FROM store.findings f WHERE f.tenant = ? AND payload_type LIKE '%FindingRaised' AND NOT EXISTS"
                                        + " (SELECT FROM store.findings t WHERE t.tenant = f.tenant AND t.payload_type LIKE '%RuleRecorded' AND t.global_index < f.global_index)")
                        .param(tenant.value())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void anAlertOfAnotherToolNamesTheMappingItWasUnderstoodBy() {
        append(List.of(alert("ET SCAN Potential SSH Scan", "web-7", Instant.now())));
        settle();
        var mapping = AlertMapping.builtIn().text();
        assertThat(findings(tenant))
                .singleElement()
                .satisfies(finding -> assertThat(finding.ruleHash()).isEqualTo(RuleRecorded.sha256(mapping)));
        assertThat(texts(tenant)).singleElement().isEqualTo(new RuleRecorded(tenant, "external-alert", 1, mapping));
    }

    @Test
    void whatTheChainOrdersIsPartOfItsOwnTransaction() {
        append(takeover(tenant, "ann", "203.0.113.9", Instant.now()));
        settle();
        var incident = incidents.heard(OpenIncident.class, tenant).getFirst().incidentId();
        assertThat(db.sql("SELECT xmin::text FROM detection.state WHERE tenant = ? AND kind = 'story'")
                        .param(tenant.value())
                        .query(String.class)
                        .single())
                .isEqualTo(incidents.openedIn.get(incident));
    }

    @Test
    void allSixWithinOneSecondAndOverVersionSixOfTheProtocolToo() {
        var at = Instant.parse("2026-03-01T10:00:00Z");
        var attack = new ArrayList<Fact>();
        for (int i = 0; i < 5; i++) attack.add(login(tenant, "ann", "2001:db8::9", at, false));
        attack.add(login(tenant, "ann", "2001:db8::9", at, true));
        append(attack);
        settle();
        assertThat(incidents.heard(OpenIncident.class, tenant)).hasSize(1);
        assertThat(incidents.heard(AdviseContainment.class, tenant))
                .singleElement()
                .satisfies(advice -> assertThat(advice.network()).isEqualTo(Network.of("2001:db8::/64")));
    }

    @Test
    void whatWasLongAgoWhenItCameInIsToldAsHistory() {
        append(takeover(tenant, "ann", "203.0.113.9", Instant.now().minus(Duration.ofHours(2))));
        settle();
        assertThat(incidents.heard(OpenIncident.class, tenant))
                .singleElement()
                .satisfies(incident -> assertThat(incident.story().history()).isTrue());
        assertThat(incidents.heard(AdviseContainment.class, tenant))
                .singleElement()
                .satisfies(advice -> assertThat(advice.history()).isTrue());
    }

    @Test
    void aForgottenPasswordIsNotAnAttack() {
        append(List.of(login(tenant, "ann", "203.0.113.9", Instant.now().minusSeconds(86_400), true)));
        append(takeover(tenant, "ann", "203.0.113.9", Instant.now()));
        settle();
        assertThat(findings(tenant)).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.LOW);
            assertThat(finding.contain()).isFalse();
        });
        assertThat(incidents.heard(OpenIncident.class, tenant)).isEmpty();
        assertThat(incidents.heard(AdviseContainment.class, tenant)).isEmpty();
    }

    /** A host has 2^64 addresses and may use each for one guess. */
    @Test
    void whoGuessesFromAFreshAddressOfOneNetworkEachTimeIsKeptOutWithAllOfIt() {
        var now = Instant.now();
        for (int i = 1; i <= 5; i++)
            append(List.of(login(tenant, "ann", "2001:db8:7:7:" + i + "::" + i, now.minusSeconds(10 - i), false)));
        append(List.of(login(tenant, "ann", "2001:db8:7:7::6", now, true)));
        settle();
        assertThat(incidents.heard(AdviseContainment.class, tenant))
                .singleElement()
                .satisfies(advice -> assertThat(advice.network()).isEqualTo(Network.of("2001:db8:7:7::/64")));
    }

    @Test
    void anAddressThatThreeAccountsShareIsNotBlocked() {
        for (var user : List.of("bob", "cleo", "dan"))
            append(List.of(login(tenant, user, "203.0.113.9", Instant.now().minusSeconds(60), true)));
        append(takeover(tenant, "ann", "203.0.113.9", Instant.now()));
        settle();
        assertThat(incidents.heard(OpenIncident.class, tenant)).isEmpty();
    }

    @Test
    void theSameEventsOnceMoreFindNothingNew() {
        var attack = takeover(tenant, "ann", "203.0.113.9", Instant.now());
        append(attack);
        settle();
        int before = findings(tenant).size();
        append(attack);
        settle();
        assertThat(findings(tenant)).hasSize(before);
    }

    @Test
    void anAttackInManySmallBatchesIsFoundLikeInOne() {
        for (var fact : takeover(tenant, "ann", "203.0.113.9", Instant.now())) {
            append(List.of(fact));
            settle();
        }
        assertThat(incidents.heard(OpenIncident.class, tenant)).hasSize(1);
        assertThat(findings(tenant).getLast().evidence()).hasSize(6);
        // Five of the six were read in earlier batches: their names come from the archive.
        assertThat(findings(tenant))
                .allSatisfy(
                        finding -> assertThat(named(finding, Entity.Kind.USER)).containsOnly("ann"));
    }

    @Test
    void twoOrganisationsShareNoMemory() {
        var other = new TenantId(UUID.randomUUID());
        var attack = takeover(tenant, "ann", "203.0.113.9", Instant.now());
        var mixed = new ArrayList<>(attack.subList(0, 3));
        mixed.addAll(takeover(other, "ann", "203.0.113.9", Instant.now()).subList(3, 6));
        append(mixed);
        settle();
        assertThat(findings(tenant)).isEmpty();
        assertThat(findings(other)).isEmpty();
    }

    @Test
    void anotherToolsAlertKeepsItsMachineAndItsCount() {
        var facts = new ArrayList<Fact>();
        for (int i = 0; i < 4; i++)
            facts.add(alert("Nmap scan", "web-1", Instant.now().minusSeconds(60 - i)));
        append(facts);
        settle();
        var last = findings(tenant).getLast();
        assertThat(last.count()).isEqualTo(4);
        assertThat(last.title()).isEqualTo("Nmap scan");
        assertThat(last.entities())
                .anySatisfy(entity -> assertThat(entity.name()).isEqualTo("web-1"));
        assertThat(findings(tenant).stream().map(FindingRaised::series).distinct())
                .hasSize(1);
        assertThat(incidents.heard(OpenIncident.class, tenant)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"198.51.100.20", "203.0.113.4", "2001:db8:5::20"})
    void whoSignsInThroughAnExitOfTheOrganisationHasNotTravelled(String exit) {
        var account = "traveller-" + exit;
        append(journey(WITH_LISTS, account, exit));
        append(journey(tenant, account, exit));
        settle();
        assertThat(travels(WITH_LISTS, account)).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.INFO);
            assertThat(finding.why().toString()).contains("VPN, relay or satellite");
        });
        assertThat(travels(tenant, account))
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.MEDIUM));
    }

    @Test
    void aFindingSaysWithWhichListsMeaningsAndPlacesItWasMade() {
        append(journey(WITH_LISTS, "recorded", "198.51.100.77"));
        append(List.of(alert("Nmap scan", "web-1", Instant.now())));
        settle();
        assertThat(versions(WITH_LISTS, "impossible-travel"))
                .allSatisfy(versions -> assertThat(versions)
                        .matches("rule:impossible-travel@1,networks:[0-9a-f]{12},geo:places-of-the-test"));
        assertThat(versions(tenant, "external-alert"))
                .containsOnly("rule:external-alert@1,mapping:"
                        + AlertMapping.builtIn().version());
    }

    @Test
    void noNameIsStoredInClear() {
        append(takeover(tenant, "planted-name", "198.51.100.77", Instant.now()));
        settle();
        for (var sql : List.of(
                "SELECT convert_from(payload, 'UTF8') || convert_from(envelope, 'UTF8') FROM store.findings WHERE tenant = ?",
                "SELECT encode(state, 'escape') FROM detection.state WHERE tenant = ?")) {
            var rows = db.sql(sql).param(tenant.value()).query(String.class).list();
            assertThat(rows)
                    .isNotEmpty()
                    .noneMatch(row -> row.contains("planted-name") || row.contains("198.51.100.77"));
        }
    }

    @Test
    void whatAnOwnerDeniesIsFoundAndIsAnIncidentAndBlocksNobody() {
        var other = new TenantId(UUID.randomUUID());
        var signIn = login(tenant, "ann", "203.0.113.9", Instant.now().minus(Duration.ofHours(5)), true);
        append(List.of(signIn));
        settle();
        assertThat(findings(tenant)).isEmpty();
        var denial = denial(signIn, "ann", "203.0.113.9");
        append(List.of(denial));
        settle();

        assertThat(findings(tenant)).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("denied-sign-in");
            assertThat(finding.severity()).isEqualTo(Severity.HIGH);
            assertThat(finding.evidence()).containsExactly(signIn.id(), denial.id());
            assertThat(finding.history())
                    .as("the word is news, however old the sign-in")
                    .isFalse();
            assertThat(named(finding, Entity.Kind.USER)).containsExactly("ann");
            assertThat(named(finding, Entity.Kind.ADDRESS)).containsExactly("203.0.113.9");
            assertThat(texts(tenant))
                    .anySatisfy(
                            text -> assertThat(RuleRecorded.sha256(text.text())).isEqualTo(finding.ruleHash()));
        });
        assertThat(incidents.heard(OpenIncident.class, tenant))
                .singleElement()
                .satisfies(incident ->
                        assertThat(incident.story().title()).isEqualTo("Its owner says this sign-in was not theirs"));
        assertThat(incidents.heard(AdviseContainment.class, tenant)).isEmpty();
        assertThat(findings(other)).isEmpty();
        assertThat(incidents.heard(OpenIncident.class, other)).isEmpty();

        append(List.of(denial));
        append(List.of(signIn, denial));
        settle();
        assertThat(findings(tenant)).as("once").hasSize(1);
    }

    @Test
    void aDenialJoinsTheIncidentOfTheAttackThatGotIn() {
        var attack = takeover(tenant, "ann", "203.0.113.9", Instant.now());
        append(attack);
        settle();
        var incident = incidents.heard(OpenIncident.class, tenant).getFirst().incidentId();
        append(List.of(denial(attack.getLast(), "ann", "203.0.113.9")));
        settle();
        assertThat(incidents.heard(OpenIncident.class, tenant)).hasSize(1);
        assertThat(incidents.heard(GrowIncident.class, tenant).getLast().incidentId())
                .isEqualTo(incident);
        assertThat(incidents.heard(AdviseContainment.class, tenant))
                .as("for the guesses, and once")
                .hasSize(1);
    }

    private Fact denial(Fact signIn, String user, String address) {
        var now = Instant.now();
        return fact(new SignInDenied(
                SignInDenied.idOf(tenant, signIn.id().value()),
                tenant,
                now,
                "sshd",
                signIn.id(),
                ((Telemetry) signIn.payload()).occurredAt(),
                true,
                "password",
                pseudonyms.principal(tenant, "sshd", user),
                pseudonyms.sender(tenant, Address.of(address)),
                null,
                seals.seal(tenant, null, now, personal(new Personal(user, address, null, null, null)))));
    }

    private List<Fact> journey(TenantId tenant, String user, String address) {
        var now = Instant.now();
        return List.of(
                login(tenant, user, "192.0.2.10", now.minusSeconds(3_600), true, place(40.7, -74.0)),
                login(tenant, user, address, now, true, place(-36.8, 174.7)));
    }

    private static Place place(double latitude, double longitude) {
        return new Place("XX", null, latitude, longitude, 20, null, null, "places-of-the-test");
    }

    private List<FindingRaised> travels(TenantId tenant, String user) {
        return findings(tenant).stream()
                .filter(finding -> finding.rule().equals("impossible-travel"))
                .filter(finding -> named(finding, Entity.Kind.USER).contains(user))
                .toList();
    }

    private List<String> versions(TenantId tenant, String rule) {
        return db.sql(
                        "SELECT convert_from(envelope, 'UTF8')::jsonb ->> 'versions' FROM store.findings WHERE tenant = ?"
                                + " AND payload_type LIKE '%FindingRaised' AND convert_from(payload, 'UTF8')::jsonb ->> 'rule' = ?")
                .param(tenant.value())
                .param(rule)
                .query(String.class)
                .list();
    }

    private List<Fact> takeover(TenantId tenant, String user, String address, Instant end) {
        var facts = new ArrayList<Fact>();
        for (int i = 5; i > 0; i--) facts.add(login(tenant, user, address, end.minusSeconds(i), false));
        facts.add(login(tenant, user, address, end, true));
        return facts;
    }

    private Fact login(TenantId tenant, String user, String address, Instant at, boolean succeeded) {
        return login(tenant, user, address, at, succeeded, null);
    }

    private Fact login(
            TenantId tenant, String user, String address, Instant at, boolean succeeded, @Nullable Place place) {
        var id = new EventId(UUID.randomUUID());
        var principal = pseudonyms.principal(tenant, "sshd", user);
        var attempt = new Attempt(
                id,
                tenant,
                at,
                "sshd",
                "ssh",
                "password",
                principal,
                pseudonyms.sender(tenant, Address.of(address)),
                "web-1",
                place,
                null,
                seals.seal(tenant, null, at, personal(new Personal(user, address, null, null, null))));
        return fact(succeeded ? new LoginSucceeded(attempt) : new LoginFailed(attempt, "wrong-password"));
    }

    private Fact alert(String name, String host, Instant at) {
        return fact(new AlertRaised(
                new EventId(UUID.randomUUID()),
                tenant,
                at,
                "csv",
                name,
                null,
                null,
                null,
                null,
                host,
                null,
                seals.seal(tenant, null, at, personal(new Personal(null, null, null, null, null)))));
    }

    private static Fact fact(Telemetry event) {
        return new Fact(event.id(), event, Envelope.of(event.tenant(), "service:test", event.occurredAt()));
    }

    private static String personal(Personal personal) {
        try {
            return JSON.writeValueAsString(personal);
        } catch (com.fasterxml.jackson.core.JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void append(List<Fact> facts) {
        journal.append(Stream.TELEMETRY, facts);
    }

    private void settle() {
        until(() -> hasRead("detection", "telemetry") && hasRead("chain", "findings"));
        assertThat(backlog.followers())
                .allSatisfy(follower ->
                        assertThat(follower.parked()).as(follower.follower()).isZero());
    }

    private boolean hasRead(String follower, String stream) {
        return db.sql("SELECT coalesce((SELECT max(global_index) FROM store." + stream + "), 0)"
                        + " <= coalesce((SELECT position FROM store.places WHERE follower = ?), 0)")
                .param(follower)
                .query(Boolean.class)
                .single();
    }

    private static void until(BooleanSupplier isSo) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() > end) throw new AssertionError("the followers did not arrive");
            LockSupport.parkNanos(2_000_000);
        }
    }

    private List<FindingRaised> findings(TenantId tenant) {
        return db
                .sql(
                        "SELECT payload FROM store.findings WHERE tenant = ? AND payload_type LIKE '%FindingRaised' ORDER BY global_index")
                .param(tenant.value())
                .query(byte[].class)
                .list()
                .stream()
                .map(payload -> eventSerializer.<byte[], FindingRaised>deserialize(
                        new SimpleSerializedObject<>(payload, byte[].class, FindingRaised.class.getName(), "1")))
                .toList();
    }

    private List<RuleRecorded> texts(TenantId tenant) {
        return db
                .sql("SELECT payload FROM store.findings WHERE tenant = ? AND payload_type LIKE '%RuleRecorded'")
                .param(tenant.value())
                .query(byte[].class)
                .list()
                .stream()
                .map(payload -> eventSerializer.<byte[], RuleRecorded>deserialize(
                        new SimpleSerializedObject<>(payload, byte[].class, RuleRecorded.class.getName(), "1")))
                .toList();
    }

    private List<String> named(FindingRaised finding, Entity.Kind kind) {
        return finding.entities().stream()
                .filter(entity -> entity.kind() == kind)
                .map(entity -> seals.open(finding.tenant(), entity.sealedName()).orElseThrow())
                .toList();
    }
}
