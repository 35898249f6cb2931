package io.velvetastro.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.ledger.AddCheckpoint;
import io.velvetastro.ledger.Checkpoint;
import io.velvetastro.ledger.ConsistencyProof;
import io.velvetastro.ledger.Cosignature;
import io.velvetastro.ledger.Hash;
import io.velvetastro.ledger.MerkleTree;
import io.velvetastro.ledger.NotProven;
import io.velvetastro.ledger.Note;
import io.velvetastro.ledger.SigningKey;
import io.velvetastro.ledger.VerifierKey.Kind;
import io.velvetastro.ledger.Witness;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessDoorTest {
    private static final String ORIGIN = "velvet.example/log";
    private static final Instant NOW = Instant.parse("2026-11-22T05:00:00Z");

    private final SigningKey log = SigningKey.generate(ORIGIN, Kind.LOG);
    private final SigningKey successor = SigningKey.generate(ORIGIN, Kind.LOG);
    private final SigningKey key = SigningKey.generate("witness.example", Kind.WITNESS);
    private final MerkleTree tree = tree(-1);
    private WitnessDoor door;
    private RemoteWitness witness;

    @TempDir
    Path folder;

    @BeforeEach
    void aWitness() throws IOException {
        var logs = List.of(log.verifier(), successor.verifier());
        door = new WitnessDoor(
                new Witness(key, ORIGIN, logs, new FileMemory(ORIGIN, folder)),
                Clock.fixed(NOW, ZoneOffset.UTC),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        witness = new RemoteWitness(door.address(), key.verifier());
    }

    @AfterEach
    void itEnds() {
        witness.close();
        door.close();
    }

    @Test
    void itSaysWhenItSawEachStateOfALogThatOnlyGrows() {
        for (int size : List.of(1, 4, 4, 9)) {
            var cosigned = note(size).with(witness.cosign(note(size), from -> tree.connect(from, size)));
            assertThat(Cosignature.require(cosigned, key.verifier())).isEqualTo(NOW);
        }
        assertThat(witness.last()).contains(new Checkpoint(ORIGIN, 9, tree.root(9)));
    }

    @Test
    void aLogThatDoesNotKnowWhatTheWitnessSawIsTold() {
        witness.cosign(note(4), from -> tree.connect(from, 4));
        var forgetful = new RemoteWitness(door.address(), key.verifier());
        assertThat(forgetful.cosign(note(9), from -> tree.connect(from, 9))).isNotNull();
        forgetful.close();
    }

    @Test
    void anOrganisationsLogIsFollowedBesideThePlatforms() {
        witness.cosign(note(9), from -> tree.connect(from, 9));
        var own = ORIGIN + "/0a1b";
        var rewritten = tree(2);
        for (int size : List.of(4, 6)) {
            var note = new Checkpoint(own, size, tree.root(size)).signed(List.of(log.named(own)));
            assertThat(witness.cosign(note, from -> tree.connect(from, size))).isNotNull();
        }
        for (int size : List.of(6, 8)) {
            var note = new Checkpoint(own, size, rewritten.root(size)).signed(List.of(log.named(own)));
            assertThatThrownBy(() -> witness.cosign(note, from -> rewritten.connect(from, size)))
                    .isInstanceOf(NotProven.class);
        }
        assertThat(witness.last()).contains(new Checkpoint(ORIGIN, 9, tree.root(9)));
    }

    @Test
    void anotherHistoryUnderTheSameLogKeyIsRefused() {
        witness.cosign(note(4), from -> tree.connect(from, 4));
        var rewritten = tree(2);
        for (int size : List.of(4, 9)) {
            var note = new Checkpoint(ORIGIN, size, rewritten.root(size)).signed(List.of(log));
            assertThatThrownBy(() -> witness.cosign(note, from -> rewritten.connect(from, size)))
                    .isInstanceOf(NotProven.class);
        }
        assertThat(witness.last()).contains(new Checkpoint(ORIGIN, 4, tree.root(4)));
    }

    @Test
    void aLogThatWasSetBackIsRefused() {
        witness.cosign(note(9), from -> tree.connect(from, 9));
        assertThatThrownBy(() -> witness.cosign(note(4), from -> tree.connect(from, 4)))
                .isInstanceOf(NotProven.class)
                .hasMessageContaining("it has seen 9 leaves");
    }

    @Test
    void theSuccessorOfTheLogsKeyCountsTooAndAStrangersDoesNot() {
        var bySuccessor = new Checkpoint(ORIGIN, 4, tree.root(4)).signed(List.of(successor));
        assertThat(witness.cosign(bySuccessor, from -> tree.connect(from, 4))).isNotNull();
        var byStranger = new Checkpoint(ORIGIN, 9, tree.root(9)).signed(List.of(SigningKey.generate(ORIGIN, Kind.LOG)));
        assertThatThrownBy(() -> witness.cosign(byStranger, from -> tree.connect(from, 9)))
                .isInstanceOf(NotProven.class);
    }

    @Test
    void whoeverElseAnswersThereIsNotBelieved() {
        var pinned = SigningKey.generate("witness.example", Kind.WITNESS).verifier();
        var deceived = new RemoteWitness(door.address(), pinned);
        assertThatThrownBy(() -> deceived.cosign(note(4), from -> tree.connect(from, 4)))
                .isInstanceOf(WitnessAway.class);
        deceived.close();
    }

    @Test
    void aWitnessThatDoesNotAnswerIsAwayAndNothingIsWrongWithTheLog() {
        door.close();
        assertThatThrownBy(() -> witness.cosign(note(4), from -> tree.connect(from, 4)))
                .isInstanceOf(WitnessAway.class);
    }

    @Test
    void everyRefusalHasTheStatusThatTheProtocolGivesIt() throws Exception {
        var first = new ConsistencyProof(0, 4, List.of());
        var otherLog = new Checkpoint("other", 4, tree.root(4)).signed(List.of(log));
        var unsigned = new Checkpoint(ORIGIN, 4, tree.root(4)).signed(List.of(SigningKey.generate("x", Kind.LOG)));
        assertThat(post("anything").statusCode()).isEqualTo(400);
        assertThat(post("x".repeat(AddCheckpoint.MOST_BYTES + 1)).statusCode()).isEqualTo(400);
        assertThat(post(AddCheckpoint.of(otherLog, first)).statusCode()).isEqualTo(404);
        assertThat(post(AddCheckpoint.of(unsigned, first)).statusCode()).isEqualTo(403);
        assertThat(post(new AddCheckpoint(5, List.of(), note(4))).statusCode()).isEqualTo(400);
        assertThat(post(AddCheckpoint.of(note(4), first)).statusCode()).isEqualTo(200);

        var stale = post(AddCheckpoint.of(note(9), first));
        assertThat(stale.statusCode()).isEqualTo(409);
        assertThat(stale.body()).isEqualTo("4\n");
        assertThat(stale.headers().firstValue("Content-Type")).contains(WitnessDoor.SIZE);
        var broken = new AddCheckpoint(4, List.of(Hash.leaf(new byte[1])), note(9));
        assertThat(post(broken).statusCode()).isEqualTo(422);
    }

    private HttpResponse<String> post(AddCheckpoint request) throws Exception {
        return post(request.text());
    }

    private HttpResponse<String> post(String body) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create(door.address() + "/add-checkpoint"))
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    private Note note(int size) {
        return new Checkpoint(ORIGIN, size, tree.root(size)).signed(List.of(log));
    }

    private static MerkleTree tree(int changed) {
        var tree = new MerkleTree();
        for (int i = 0; i < 10; i++) tree.append(Hash.leaf(new byte[] {(byte) i, (byte) (i == changed ? 1 : 0)}));
        return tree;
    }
}
