package io.velvetastro.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.ledger.NotProven.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {
    @TempDir
    Path folder;

    private final Evidence evidence = new Evidence()
            .record("log-a", 20)
            .record("log-b", 7)
            .anchor("log-a")
            .anchor("log-b")
            .record("log-a", 5)
            .anchor("log-a");
    private final Note checkpoint = evidence.checkpoint();

    @Test
    void aBundleProvesItsEventsToSomebodyWhoHasOnlyTheKey() throws IOException {
        var report = verify(bundle(3, 4, 24), evidence.trustWithWitness());
        assertThat(report.events()).extracting(Report.Proven::index).containsExactly(3L, 4L, 24L);
        assertThat(report.events().getFirst().eventId()).isEqualTo("event-3");
        assertThat(report.anchor().size()).isEqualTo(25);
        assertThat(report.witnessed()).containsEntry("witness.example", Evidence.WITNESSED);
        assertThat(report.proven()).anyMatch(line -> line.contains("existed by then"));
        assertThat(report.notProven()).anyMatch(line -> line.contains("no further events"));
    }

    @Test
    void neighbouringLeavesProveThatNothingWasLeftOutBetweenThem() throws IOException {
        assertThat(verify(bundle(6, 7, 8), evidence.trust()).proven())
                .anyMatch(line -> line.contains("Leaves 6 to 8 are all there"));
        assertThat(verify(bundle(6, 8), evidence.trust()).proven()).noneMatch(line -> line.contains("all there"));
    }

    @Test
    void theSameEvidenceGivesTheSameBytes() throws IOException {
        assertThat(bundle(1, 2)).hasSameBinaryContentAs(bundle(1, 2));
    }

    @Test
    void aLaterBundleShowsThatNothingWasRewrittenSinceAnEarlierOne() throws IOException {
        evidence.record("log-b", 3).anchor("log-b").record("log-a", 4).anchor("log-a");
        var later = evidence.checkpoint();
        var file = Files.createTempFile(folder, "later", ".zip");
        evidence.writeSince(file, "log-a", checkpoint, later, 3, 28);
        var report = verify(file, evidence.trustWithWitness());
        assertThat(report.since()).isEqualTo(new Report.Since(3, 25));
        everyFlipIsRefused(file, evidence.trustWithWitness());
    }

    @Test
    void theOrganisationsOwnLogIsWitnessedToo() throws IOException {
        var report = verify(bundle(3, 24), evidence.trustWithWitness());
        assertThat(report.own()).containsEntry("witness.example", Evidence.WITNESSED);
        assertThat(report.proven()).anyMatch(line -> line.contains("saw this organisation's own log too"));
        var other = evidence.own(new Anchor("log-a", 25, Hash.EMPTY));
        var files = unpack(bundle(3, 24));
        files.put("log/checkpoint", other.toString().getBytes(UTF_8));
        refused(files, Reason.CONTRADICTED, "log/checkpoint: root");
        var ofAnother = evidence.own("log-b", checkpoint);
        files.put("log/checkpoint", ofAnother.toString().getBytes(UTF_8));
        refused(files, Reason.UNSIGNED, "log/checkpoint");
        files.remove("log/checkpoint");
        refused(files, Reason.MISSING, "log/checkpoint");
    }

    @Test
    void whatNoWitnessHasSeenOfTheOrganisationsOwnLogIsNotProvenToWhoPinsOne() throws IOException {
        var files = unpack(bundle(3, 24));
        var signedAlone = Note.parse(files.get("log/checkpoint"));
        files.put(
                "log/checkpoint",
                new Note(signedAlone.text(), signedAlone.signatures().subList(0, 1))
                        .toString()
                        .getBytes(UTF_8));
        var file = pack(files);
        assertThat(verify(file, evidence.trust()).own()).isEmpty();
        assertThatThrownBy(() -> verify(file, evidence.trustWithWitness()))
                .isInstanceOf(NotProven.class)
                .hasMessageContaining("log/checkpoint")
                .hasMessageContaining("witness.example");
    }

    /** Whoever holds the log's key can sign what the house would say of its doubts; without a later format that counts for nothing. */
    @Test
    void aBundleOfTheFirstVersionIsStillProvenAndSaysWhatItLacksAndIsNeverBeyondDoubt() throws IOException {
        var files = unpack(bundle(3, 24));
        files.remove("format");
        files.keySet().removeIf(name -> name.startsWith("seen/"));
        refused(files, Reason.MISSING, "format");
        files.remove("log/checkpoint");
        refused(files, Reason.MISSING, "format");
        files.remove("doubts");
        var report = verify(pack(files), evidence.trustWithWitness());
        assertThat(report.format()).isEqualTo(1);
        assertThat(report.notProven()).anyMatch(line -> line.contains("no doubt about these events"));
        assertThat(report.isBeyondDoubt()).isFalse();
        assertThat(report.notProven()).anyMatch(line -> line.contains("own log was not rewritten"));
        assertThat(verify(bundle(3), evidence.trustWithWitness()).notProven())
                .noneMatch(line -> line.contains("own log was not rewritten"));
    }

    @Test
    void aLaterVersionAsksForALaterVerifierWhateverElseItHolds() throws IOException {
        var files = unpack(bundle(3));
        files.put("format", "velvetastro.io/bundle@v3\n".getBytes(UTF_8));
        files.put("something/new", new byte[1]);
        refused(files, Reason.MALFORMED, "a newer verifier");
    }

    @Test
    void eachEventExistedByTheTimeAtWhichAWitnessFirstSawARootOverIt() throws IOException {
        var later = Evidence.WITNESSED.plusSeconds(3_600);
        evidence.at(later).record("log-a", 4).anchor("log-a");
        var now = evidence.checkpoint();
        var file = Files.createTempFile(folder, "existed", ".zip");
        evidence.write(file, "log-a", now, 3, 24, 26);
        var report = verify(file, evidence.trustWithWitness());
        assertThat(report.events())
                .extracting(event -> report.existedBy(event).orElseThrow())
                .containsExactly(Evidence.WITNESSED, Evidence.WITNESSED, later);
        assertThat(verify(file, evidence.trust()).events())
                .allMatch(event -> report.existedBy(event).isPresent());
        assertThat(verify(file, evidence.trust()).existed()).isEmpty();
        everyFlipIsRefused(file, evidence.trustWithWitness());
    }

    @Test
    void anEventThatSaysItIsOlderThanIsShownIsNamed() throws IOException {
        var ayear = Evidence.WITNESSED.plus(java.time.Duration.ofDays(365));
        evidence.at(ayear).record("log-a", 4).anchor("log-a");
        var now = evidence.checkpoint();
        var file = Files.createTempFile(folder, "backdated", ".zip");
        evidence.write(file, "log-a", now, 26);
        assertThat(verify(file, evidence.trustWithWitness()).notProven())
                .anyMatch(line -> line.contains("That leaf 26 was recorded at 2026-11")
                        && line.contains("nothing here shows that it existed before " + ayear));
    }

    @Test
    void aBundleIsHeldAgainstOneThatWasKept() throws IOException {
        var kept = verify(bundle(3, 7), evidence.trustWithWitness());
        evidence.record("log-a", 4).anchor("log-a");
        var later = evidence.checkpoint();
        var file = Files.createTempFile(folder, "later", ".zip");
        evidence.writeSince(file, "log-a", checkpoint, later, 3, 28);
        var report = verify(file, evidence.trustWithWitness());
        report.requireFollows(kept);
        assertThatThrownBy(() -> kept.requireFollows(report))
                .isInstanceOfSatisfying(
                        NotProven.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.OLDER));
        var without = Files.createTempFile(folder, "without", ".zip");
        evidence.write(without, "log-a", later, 28);
        assertThatThrownBy(() -> verify(without, evidence.trust()).requireFollows(kept))
                .isInstanceOf(NotProven.class)
                .hasMessageContaining("\"since\": 25");
    }

    @Test
    void anotherPastThanTheKeptOneIsRefusedThoughBothAreSigned() throws IOException {
        var kept = verify(bundle(3, 7), evidence.trust());
        var forked =
                new Evidence(evidence.log).record("log-a", 7).again("log-a", 3).record("log-a", 17);
        var file = Files.createTempFile(folder, "forked", ".zip");
        var note = forked.anchor("log-a").checkpoint();
        forked.write(file, "log-a", note, 7);
        var report = verify(file, evidence.trust());
        assertThatThrownBy(() -> report.requireFollows(kept))
                .isInstanceOfSatisfying(
                        NotProven.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.INCONSISTENT))
                .hasMessageContaining("leaf 7");
        forked.write(file, "log-a", note, 9);
        var elsewhere = verify(file, evidence.trust());
        assertThatThrownBy(() -> elsewhere.requireFollows(kept))
                .isInstanceOfSatisfying(
                        NotProven.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.INCONSISTENT))
                .hasMessageContaining("the first 25 leaves");
    }

    @Test
    void evidenceOfBothKeysIsProvenToWhoPinsBoth() throws IOException {
        var successor = SigningKey.generate(evidence.log.verifier().name(), VerifierKey.Kind.LOG);
        evidence.signedBy(successor).record("log-a", 4).anchor("log-a");
        var later = evidence.checkpoint();
        var file = Files.createTempFile(folder, "rotated", ".zip");
        evidence.writeSince(file, "log-a", checkpoint, later, 3, 28);
        var witnesses = List.of(evidence.witness.verifier());
        var both = new Trust(List.of(successor.verifier(), evidence.log.verifier()), witnesses);
        assertThat(verify(file, both).since()).isEqualTo(new Report.Since(3, 25));
        for (var one : both.logs())
            assertThatThrownBy(() -> verify(file, Trust.in(one, witnesses)))
                    .isInstanceOfSatisfying(
                            NotProven.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.UNSIGNED));
        var stranger = SigningKey.generate("else.example/log", VerifierKey.Kind.LOG);
        assertThatThrownBy(() -> new Trust(List.of(successor.verifier(), stranger.verifier()), witnesses))
                .isInstanceOf(NotProven.class);
    }

    @Test
    void allThatNamesSomebodyIsAllThereIs() throws IOException {
        var report = verify(counted(0, 5, 10, 15, 20, 25), evidence.trustWithWitness());
        assertThat(report.complete()).isEqualTo(new Report.Complete(Evidence.ANNA, 0, 26, 6));
        assertThat(report.proven()).anyMatch(line -> line.contains("exactly 6 events name " + Evidence.ANNA));
        assertThat(report.notProven()).noneMatch(line -> line.contains("no further events"));
        assertThat(report.isComplete(Evidence.ANNA)).isTrue();
        assertThat(report.isComplete("7f000000-0000-4000-8000-000000000000")).isFalse();
        assertThat(verify(bundle(3, 4, 24), evidence.trust()).isComplete(Evidence.ANNA))
                .isFalse();
    }

    @Test
    void oneEventThatIsLeftOutIsMissed() throws IOException {
        var file = counted(0, 5, 15, 20, 25);
        assertThatThrownBy(() -> verify(file, evidence.trust()))
                .isInstanceOfSatisfying(
                        NotProven.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.INCOMPLETE))
                .hasMessageContaining("expected 6 events that name " + Evidence.ANNA);
    }

    @Test
    void whoIsNamedNowhereIsShownByTheGap() throws IOException {
        for (var nobody : List.of(
                "00000000-0000-4000-8000-000000000000",
                "7f000000-0000-4000-8000-000000000000",
                "ffffffff-0000-4000-8000-000000000000")) {
            var complete = verify(counted(nobody, 3), evidence.trust()).complete();
            assertThat(complete.id()).isEqualTo(nobody);
            assertThat(complete.events()).isZero();
            assertThat(complete.from()).isZero();
        }
    }

    @Test
    void aFlippedBitInACensusIsRefused() throws IOException {
        everyFlipIsRefusedOrSpeaksOfAnother(Evidence.ANNA, counted(0, 5, 10, 15, 20, 25));
        var nobody = "7f000000-0000-4000-8000-000000000000";
        everyFlipIsRefusedOrSpeaksOfAnother(nobody, counted(nobody, 3));
    }

    /** That somebody else is named nowhere is true too, and says so. */
    private void everyFlipIsRefusedOrSpeaksOfAnother(String id, Path honest) throws IOException {
        var files = unpack(honest);
        var name = files.keySet().stream()
                .filter(file -> file.startsWith("census/"))
                .findFirst()
                .orElseThrow();
        for (var bit = 0; bit < files.get(name).length * 8; bit++) {
            var changed = files.get(name).clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            var forged = new LinkedHashMap<>(files);
            forged.put(name, changed);
            try {
                var complete =
                        Verifier.verify(new Loose(forged), evidence.trust()).complete();
                assertThat(complete.id()).as("bit " + bit).isNotEqualTo(id);
                assertThat(complete.events()).isZero();
            } catch (NotProven refused) {
                assertThat(refused.where()).isNotEmpty();
            }
        }
    }

    private Path counted(long... indexes) throws IOException {
        return counted(Evidence.ANNA, indexes);
    }

    private Path counted(String id, long... indexes) throws IOException {
        var file = Files.createTempFile(folder, "counted", ".zip");
        new Evidence.Counted(evidence).write(file, "log-a", id, indexes);
        return file;
    }

    @Test
    void whatIsShownIsWhatWasSealedAndTheRestIsKept() throws IOException {
        var disclosed = verify(disclosing(Set.of("user", "target")), evidence.trust())
                .events()
                .getFirst()
                .disclosed();
        assertThat(disclosed).extracting(Disclosure.Shown::name).containsExactly("user", "target");
        assertThat(disclosed).extracting(Disclosure.Shown::value).containsExactly("anna müller", null);
        assertThat(new String(unpack(disclosing(Set.of("user"))).get("disclosed/26"), UTF_8))
                .doesNotContain("203.0.113.7")
                .contains("kept address ");
    }

    @Test
    void anotherNameThanTheSealedOneIsRefused() throws IOException {
        var files = unpack(disclosing(Set.of("user")));
        var text = new String(files.get("disclosed/25"), UTF_8);
        files.put("disclosed/25", text.replace("anna", "bert").getBytes(UTF_8));
        refused(files, Reason.CONTRADICTED, "disclosed/25");
        files.put("disclosed/7", files.remove("disclosed/25"));
        refused(files, Reason.MISSING, "disclosed/7");
    }

    @Test
    void aFlippedBitInADisclosureIsRefused() throws IOException {
        everyFlipIsRefused(disclosing(Set.of("user", "target")), evidence.trustWithWitness());
    }

    @Test
    void aReceiptIsHonouredThoughTheLogHoldsItsEventTwice() throws IOException {
        var file = Files.createTempFile(folder, "twice", ".zip");
        var twice = new Evidence().record("log-a", 9).again("log-a", 7).anchor("log-a");
        twice.write(file, "log-a", twice.checkpoint(), 7, 9);
        var promised = new Receipt.Promised("event-7", twice.leafOf("log-a", 7).hash());
        var report = verify(file, twice.trust());
        assertThat(report.missingOf(new Receipt("log-a", Evidence.WITNESSED, List.of(promised))))
                .isEmpty();
        var other = new Receipt.Promised("event-7", Hash.EMPTY);
        assertThatThrownBy(() -> report.missingOf(new Receipt("log-a", Evidence.WITNESSED, List.of(other))))
                .isInstanceOf(NotProven.class);
    }

    @Test
    void whatASenderWroteIsNoCommitment() throws IOException {
        for (var host : Evidence.COMMITTING_HOSTS) {
            var file = Files.createTempFile(folder, "forged", ".zip");
            var evidence = new Evidence().record("log-a", 25);
            evidence.forge(file, "log-a", host);
            assertThatThrownBy(() -> verify(file, evidence.trust()))
                    .as(host.apply("…"))
                    .isInstanceOf(NotProven.class)
                    .hasMessageContaining("disclosed/25");
        }
    }

    private Path disclosing(Set<String> names) throws IOException {
        var file = Files.createTempFile(folder, "disclosing", ".zip");
        evidence.disclose(file, "log-a", names);
        return file;
    }

    @Test
    void whatHasExpiredIsProvenAndToldSinceWhen() throws IOException {
        var file = Files.createTempFile(folder, "expired", ".zip");
        var checkpoint = evidence.end("log-a", "2026-03").checkpoint();
        evidence.write(file, "log-a", checkpoint, 25, 26, 27, 28);
        var report = verify(file, evidence.trust());
        assertThat(report.events())
                .extracting(event -> report.expired(event).isPresent())
                .as("of the month before its end, of another month, the end, of the month after its end")
                .containsExactly(true, false, false, false);
        assertThat(report.expired(report.events().getFirst())).contains(Evidence.ENDED);
        assertThat(report.proven()).anyMatch(line -> line.contains("What is sealed in 1 event has expired"));
    }

    @Test
    void whatTheHouseDoubtsIsToldAndNobodyOnTheWayCanTakeItBack() throws IOException {
        var file = Files.createTempFile(folder, "doubted", ".zip");
        var checkpoint = evidence.checkpoint();
        evidence.writeDoubting(file, "log-a", 7, checkpoint, 0, 7);
        var report = verify(file, evidence.trust());
        assertThat(report.events())
                .extracting(event -> report.doubted(event).isPresent())
                .containsExactly(false, true);
        assertThat(report.proven()).anyMatch(line -> line.startsWith("DOUBTED by the house itself: 1 "));
        everyFlipIsRefused(file, evidence.trustWithWitness());
        var silent = unpack(file);
        silent.remove("doubts");
        refused(silent, Reason.MISSING, "doubts");
        assertThat(report.isBeyondDoubt()).isFalse();
        assertThat(verify(bundle(7), evidence.trust()).isBeyondDoubt()).isTrue();
    }

    private static final String RULE = "id: brute-force\nversion: 7\ntitle: \"Zürich\"\n";
    private static final String ESCAPED = "id: brute-force\\nversion: 7\\ntitle: \\\"Z\\u00fcrich\\\"\\n";

    private static String sha256(String text) {
        return java.util.HexFormat.of().formatHex(Hash.sha256().digest(text.getBytes(UTF_8)));
    }

    @Test
    void aFindingIsShownWithTheRuleThatJudgedAndEverythingItRestsOn() throws IOException {
        var report = judged(ESCAPED, sha256(RULE), 25, 26, 27, 28);
        assertThat(report.judged()).singleElement().satisfies(finding -> {
            assertThat(finding.isOf(Evidence.ATTACK)).isTrue();
            assertThat(finding.isOf(Evidence.FINDING)).isTrue();
            assertThat(finding.rule()).isEqualTo("brute-force version 7");
            assertThat(finding.text()).isNotNull();
            assertThat(finding.text().text()).isEqualTo(RULE);
            assertThat(finding.isWhole()).isTrue();
        });
        assertThat(report.proven())
                .contains("Judged by rule brute-force version 7: 1 finding. The text of the rule is leaf 27"
                        + " and has the SHA-256 that is named there, " + sha256(RULE) + ".");
        assertThat(report.notProven())
                .anyMatch(line -> line.startsWith("Every event that 1 finding counted"))
                .anyMatch(line -> line.endsWith("the run is not."));
    }

    @Test
    void aTextThatIsNotTheOneAFindingNamesDidNotJudgeIt() throws IOException {
        var report = judged(ESCAPED.replace("version: 7", "version: 8"), sha256(RULE), 25, 26, 27, 28);
        assertThat(report.judged())
                .singleElement()
                .satisfies(finding -> assertThat(finding.text()).isNull());
        assertThat(report.proven()).noneMatch(line -> line.startsWith("Judged by"));
        assertThat(report.notProven())
                .anyMatch(line ->
                        line.contains("SHA-256 " + sha256(RULE)) && line.endsWith("the text is not in this bundle."));
    }

    @Test
    void aFindingOfBeforeTheyNamedATextSaysSo() throws IOException {
        var report = judged(ESCAPED, "", 25, 26, 27, 28);
        assertThat(report.judged())
                .singleElement()
                .satisfies(finding -> assertThat(finding.ruleHash()).isNull());
        assertThat(report.notProven()).anyMatch(line -> line.contains("before findings named the text"));
    }

    @Test
    void anEventThatAFindingNamesAndThatIsLeftOutIsMissed() throws IOException {
        var report = judged(ESCAPED, sha256(RULE), 25, 27, 28);
        assertThat(report.judged()).singleElement().satisfies(finding -> {
            assertThat(finding.absent()).containsExactly("e1000000-0000-4000-8000-000000000002");
            assertThat(finding.isWhole()).isFalse();
        });
        assertThat(report.notProven()).anyMatch(line -> line.startsWith("On what 1 finding rests"));
    }

    @Test
    void aTextThatNobodyCanReadIsNone() throws IOException {
        for (var broken : List.of("\\u00", "\\uzzzz"))
            assertThat(judged(broken, sha256(RULE), 25, 26, 27, 28).judged())
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.text()).isNull());
    }

    private Report judged(String escaped, String ruleHash, long... indexes) throws IOException {
        var judging = new Evidence().record("log-a", 25).judge("log-a", escaped, ruleHash);
        var file = Files.createTempFile(folder, "judged", ".zip");
        judging.write(file, "log-a", judging.checkpoint(), indexes);
        return verify(file, judging.trust());
    }

    @Test
    void thousandsOfDoubtsAreToldLikeOne() throws IOException {
        var many = new Evidence().record("log-a", 4_000).anchor("log-a");
        var all = new TreeMap<Long, Instant>();
        for (long leaf = 0; leaf < 4_000; leaf++) all.put(leaf, Evidence.ENDED);
        var file = Files.createTempFile(folder, "doubted", ".zip");
        many.writeDoubting(file, "log-a", all, many.checkpoint(), 7, 3_999);
        assertThat(unpack(file).get("doubts").length).isGreaterThan(Note.MOST_BYTES);
        assertThat(verify(file, many.trust()).proven())
                .anyMatch(line -> line.startsWith("DOUBTED by the house itself: 2 "));
    }

    @Test
    void aFlippedBitAnywhereIsRefused() throws IOException {
        everyFlipIsRefused(bundle(0, 7), evidence.trustWithWitness());
    }

    /** Through every file but the one for people, in steps that meet every place within a byte. */
    private void everyFlipIsRefused(Path honest, Trust trust) throws IOException {
        var files = unpack(honest);
        for (var name : List.copyOf(files.keySet())) {
            if (name.equals("about.txt")) continue;
            var bytes = files.get(name);
            for (var bit = 0; bit < bytes.length * 8; bit += name.startsWith("events/") ? 5 : 29) {
                var changed = bytes.clone();
                changed[bit / 8] ^= (byte) (1 << bit % 8);
                var forged = new LinkedHashMap<>(files);
                forged.put(name, changed);
                assertThatThrownBy(() -> Verifier.verify(new Loose(forged), trust))
                        .as(name + " bit " + bit)
                        .isInstanceOf(NotProven.class);
            }
        }
    }

    @Test
    void anEventUnderTheProofOfAnotherIsRefusedAndNamed() throws IOException {
        var files = unpack(bundle(4, 5));
        files.put("events/4.json", files.get("events/5.json"));
        refused(files, Reason.NOT_INCLUDED, "proofs/4.tlog-proof");
    }

    @Test
    void aProofUnderTheNameOfAnotherLeafIsRefused() throws IOException {
        var files = unpack(bundle(4));
        for (var name : List.of("events/%d.json", "events/%d.envelope", "proofs/%d.tlog-proof")) {
            files.put(name.formatted(5), files.remove(name.formatted(4)));
        }
        refused(files, Reason.CONTRADICTED, "leaf index");
    }

    @Test
    void eventsOfTwoOrganisationsInOneBundleAreRefused() throws IOException {
        var files = unpack(bundle(4));
        var other = Files.createTempFile(folder, "other", ".zip");
        evidence.write(other, "log-b", checkpoint, 2);
        unpack(other).forEach((name, bytes) -> {
            if (name.contains("/2.")) files.put(name, bytes);
        });
        refused(files, Reason.CONTRADICTED, "expected Anchor[log=log-b");
    }

    @Test
    void anotherLogsKeyIsNotBelieved() throws IOException {
        var stranger = SigningKey.generate(evidence.log.verifier().name(), VerifierKey.Kind.LOG);
        var file = bundle(1);
        assertThatThrownBy(() -> verify(file, Trust.in(stranger.verifier(), List.of())))
                .isInstanceOfSatisfying(NotProven.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(Reason.UNSIGNED);
                    assertThat(refused.expected()).contains(stranger.verifier().toString());
                });
    }

    @Test
    void aPinnedWitnessMustHaveCosigned() throws IOException {
        var absent = SigningKey.generate("absent.example", VerifierKey.Kind.WITNESS);
        var file = bundle(1);
        assertThatThrownBy(() -> verify(file, Trust.in(evidence.log.verifier(), List.of(absent.verifier()))))
                .hasMessageContaining("absent.example");
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        for (var missing : List.of("checkpoint", "events/4.json", "events/4.envelope", "proofs/4.tlog-proof")) {
            var files = unpack(bundle(4));
            files.remove(missing);
            refused(files, Reason.MISSING, missing);
        }
    }

    @Test
    void aBundleWithoutEventsProvesNothing() throws IOException {
        var file = Files.createTempFile(folder, "empty", ".zip");
        evidence.write(file, "log-a", checkpoint);
        assertThatThrownBy(() -> verify(file, evidence.trust())).hasMessageContaining("at least one event");
    }

    @Test
    void pathsThatLeadElsewhereAreRefusedByName() throws IOException {
        for (var name : List.of(
                "../../etc/passwd",
                "/etc/passwd",
                "events/../checkpoint",
                "events/4.json/../5.json",
                "events\\4.json",
                "events/04.json",
                "events/",
                "evil.sh",
                "events/9999999999999999999.json")) {
            var files = unpack(bundle(4));
            files.put(name, "x".getBytes(UTF_8));
            refused(files, Reason.HOSTILE, name);
        }
    }

    @Test
    void aNameThatStandsTwiceIsRefusedByName() throws IOException {
        var files = unpack(bundle(4));
        files.put("events/5.json", files.get("events/4.json"));
        var bytes = Files.readAllBytes(pack(files));
        var doubled = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1)
                .replace("events/5.json", "events/4.json");
        var file = Files.write(
                folder.resolve("doubled.zip"), doubled.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> verify(file, evidence.trust()))
                .isInstanceOfSatisfying(
                        NotProven.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.HOSTILE))
                .hasMessageContaining("events/4.json")
                .hasMessageContaining("twice");
    }

    @Test
    void aFileThatUnpacksWithoutEndIsRefusedByName() throws IOException {
        var files = unpack(bundle(4));
        files.put("events/4.json", new byte[Bundle.MOST_BYTES_A_FILE + 1]);
        var file = pack(files);
        assertThat(Files.size(file)).isLessThan(100_000);
        assertThatThrownBy(() -> verify(file, evidence.trust()))
                .isInstanceOfSatisfying(
                        NotProven.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.HOSTILE))
                .hasMessageContaining("events/4.json");
    }

    @Test
    void whatIsNoZipOrIsCutShortIsRefused() throws IOException {
        var text = Files.writeString(folder.resolve("not.zip"), "nothing of the kind");
        assertThatThrownBy(() -> verify(text, evidence.trust())).isInstanceOf(NotProven.class);
        var whole = Files.readAllBytes(bundle(1));
        var cut = Files.write(folder.resolve("cut.zip"), java.util.Arrays.copyOf(whole, whole.length - 40));
        assertThatThrownBy(() -> verify(cut, evidence.trust())).isInstanceOf(NotProven.class);
    }

    @Test
    void anErrorNeverCarriesControlCharactersOfAForeignFile() throws IOException {
        var files = unpack(bundle(4));
        files.put("\u001b[2Jgone", new byte[0]);
        var file = pack(files);
        assertThatThrownBy(() -> verify(file, evidence.trust())).hasMessageContaining("?[2Jgone");
    }

    private void refused(Map<String, byte[]> files, Reason reason, String saying) throws IOException {
        var file = pack(files);
        assertThatThrownBy(() -> verify(file, evidence.trust()))
                .isInstanceOfSatisfying(
                        NotProven.class, refused -> assertThat(refused.reason()).isEqualTo(reason))
                .hasMessageContaining(saying);
    }

    private static Report verify(Path file, Trust trust) throws IOException {
        try (var bundle = Bundle.open(file)) {
            return Verifier.verify(bundle, trust);
        }
    }

    private Path bundle(long... indexes) throws IOException {
        var file = Files.createTempFile(folder, "bundle", ".zip");
        evidence.write(file, "log-a", checkpoint, indexes);
        return file;
    }

    /** The files of a bundle without their zip. */
    private record Loose(Map<String, byte[]> files) implements Parcel {
        @Override
        public SortedSet<Long> leaves() {
            var leaves = new TreeSet<Long>();
            for (var name : files.keySet()) {
                if (name.startsWith("proofs/")) leaves.add(Long.parseLong(name.replaceAll("\\D", "")));
            }
            return leaves;
        }

        @Override
        public SortedSet<Long> censuses() {
            var censuses = new TreeSet<Long>();
            for (var name : files.keySet())
                if (name.startsWith("census/")) censuses.add(Long.parseLong(name.substring("census/".length())));
            return censuses;
        }

        @Override
        public SortedSet<Long> disclosed() {
            var disclosed = new TreeSet<Long>();
            for (var name : files.keySet())
                if (name.startsWith("disclosed/")) disclosed.add(Long.parseLong(name.substring("disclosed/".length())));
            return disclosed;
        }

        @Override
        public SortedSet<Long> seen() {
            var sizes = new TreeSet<Long>();
            for (var name : files.keySet())
                if (name.startsWith("seen/")) sizes.add(Long.parseLong(name.replaceAll("\\D", "")));
            return sizes;
        }

        @Override
        public boolean has(String name) {
            return files.containsKey(name);
        }

        @Override
        public byte[] read(String name) {
            return files.get(name);
        }
    }

    static Map<String, byte[]> unpack(Path file) throws IOException {
        var files = new LinkedHashMap<String, byte[]>();
        try (var zip = new ZipFile(file.toFile())) {
            for (var entry : java.util.Collections.list(zip.entries()))
                files.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
        }
        return files;
    }

    private Path pack(Map<String, byte[]> files) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
        return Files.write(Files.createTempFile(folder, "packed", ".zip"), bytes.toByteArray());
    }
}
