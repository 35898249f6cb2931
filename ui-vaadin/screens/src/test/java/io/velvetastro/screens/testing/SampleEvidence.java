package io.velvetastro.screens.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.velvetastro.language.EventId;
import io.velvetastro.language.Stream;
import io.velvetastro.ledger.Anchor;
import io.velvetastro.ledger.Checkpoint;
import io.velvetastro.ledger.ConsistencyProof;
import io.velvetastro.ledger.EventProof;
import io.velvetastro.ledger.Leaf;
import io.velvetastro.ledger.MerkleTree;
import io.velvetastro.ledger.Metadata;
import io.velvetastro.ledger.Note;
import io.velvetastro.ledger.SigningKey;
import io.velvetastro.ledger.SingleEvent;
import io.velvetastro.ledger.VerifierKey.Kind;
import io.velvetastro.ledger.Witness;
import io.velvetastro.questions.Forensics.Evidence;
import io.velvetastro.questions.Forensics.HistoryRow;
import io.velvetastro.questions.Forensics.LedgerAnswer;
import io.velvetastro.questions.Forensics.Standing;
import io.velvetastro.questions.Forensics.UnchangedAnswer;
import io.velvetastro.questions.Forensics.WitnessSeen;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A small real ledger with real keys: what the screens call proven in tests is proven. */
public final class SampleEvidence {
    public static final EventId EVENT = new EventId(Sample.id("event 4"));
    private static final String LOG = "e2b16b75";
    private static final int EVENTS = 40;

    private final SigningKey log = SigningKey.generate("velvetastro.io/log/sample", Kind.LOG);
    private final SigningKey witness = SigningKey.generate("velvetastro.io/witness/sample", Kind.WITNESS);
    private final MerkleTree own = new MerkleTree();
    private final MerkleTree platform = new MerkleTree();
    private final Instant now;
    private final Note earlier;
    private final Note checkpoint;

    public SampleEvidence(Instant now) {
        this.now = now;
        for (int i = 0; i < EVENTS; i++) own.append(leaf(i).hash());
        for (int i = 0; i < 12; i++) platform.append(leaf(100 + i).hash());
        earlier = signed();
        platform.append(new Anchor(LOG, EVENTS, own.root()).hash());
        var memory = new Witness.Memory() {
            @Override
            public Optional<Checkpoint> last(String origin) {
                return Optional.empty();
            }

            @Override
            public void remember(Checkpoint seen) {}
        };
        var note = signed();
        var guard = new Witness(witness, log.verifier().name(), List.of(log.verifier()), memory);
        checkpoint = note.with(guard.cosign(note, new ConsistencyProof(0, platform.size(), List.of()), now));
    }

    private Note signed() {
        return new Checkpoint(log.verifier().name(), platform.size(), platform.root()).signed(List.of(log));
    }

    private Leaf leaf(int n) {
        var payload = "{\"attempt\":{\"id\":\"" + Sample.id("event " + n) + "\",\"personal\":\"1.sealed\"},\"cause\":\""
                + Sample.HOSTILE + "\"}";
        return Leaf.plain(
                LOG,
                Sample.id("event " + n).toString(),
                "io.velvetastro.language.LoginFailed",
                "1",
                now.toEpochMilli() - n * 1_000L,
                payload.getBytes(UTF_8),
                Metadata.ofTexts(Map.of("tenant", Sample.TENANT.toString())));
    }

    public Evidence proven() {
        var path = new Anchor.Path(LOG, own.include(4, EVENTS));
        var single = SingleEvent.of(leaf(4), new EventProof(path, platform.include(12, 13), checkpoint));
        return evidence(single.payload(), single.envelope(), single.proof());
    }

    /** Somebody changed a byte. */
    public Evidence changed() {
        var honest = proven();
        var payload = honest.payload().clone();
        payload[30] ^= 1;
        return evidence(payload, honest.envelope(), honest.proof());
    }

    public Evidence waiting() {
        return evidence(leaf(4).payload(), null, null);
    }

    private Evidence evidence(byte[] payload, byte[] envelope, byte[] proof) {
        return new Evidence(
                EVENT,
                "io.velvetastro.language.LoginFailed",
                Stream.TELEMETRY,
                now.minusSeconds(4),
                payload,
                envelope,
                proof);
    }

    public LedgerAnswer ledger(Standing standing, String says) {
        return new LedgerAnswer(
                standing,
                says,
                EVENTS,
                0,
                own.root().base64(),
                platform.size(),
                log.verifier().toString(),
                List.of(new WitnessSeen(witness.verifier().toString(), now)),
                checkpoint.toString());
    }

    public String earlierCheckpoint() {
        return earlier.toString();
    }

    public UnchangedAnswer unchangedSince(long size) {
        return new UnchangedAnswer(platform.connect(size, platform.size()).text(), checkpoint.toString());
    }

    /** What a ledger says that was rewritten meanwhile. */
    public UnchangedAnswer rewrittenSince(long size) {
        return new UnchangedAnswer(
                new ConsistencyProof(size, platform.size(), List.of(leaf(1).hash(), leaf(2).hash())).text(),
                checkpoint.toString());
    }

    public List<HistoryRow> rows() {
        return java.util.stream.IntStream.range(0, EVENTS)
                .mapToObj(n -> new HistoryRow(
                        new EventId(Sample.id("event " + n)),
                        "LoginFailed",
                        Stream.TELEMETRY,
                        now.minusSeconds(n),
                        now.minusSeconds(n),
                        n % 3 == 0 ? null : "nora.lind",
                        n % 3 == 0 ? null : "203.0.113.77",
                        "vpn-1",
                        n == 0 ? Sample.HOSTILE : "wrong-password",
                        "service:test"))
                .toList();
    }
}
