package io.velvetastro.notary;

import static io.velvetastro.notary.History.HERE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.velvetastro.ledger.SigningKey;
import io.velvetastro.ledger.VerifierKey.Kind;
import io.velvetastro.witness.KeyFiles;
import io.velvetastro.witness.WitnessAway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.FileSystemUtils;

/** A house whose witness runs on another machine comes back from a backup, and is held against what that one has seen. */
@DirtiesContext // Its witness ends with it.
class RestoredElsewhereTest extends WithAPast {
    private static Path machine;
    private static SigningKey log;
    private static WitnessElsewhere witness;

    @TempDir
    Path kept;

    private long earlier;

    @DynamicPropertySource
    static void aWitnessElsewhere(DynamicPropertyRegistry settings) throws IOException {
        machine = Files.createTempDirectory("elsewhere");
        log = KeyFiles.open(machine.resolve("keys/log.key"), "velvetastro.io/log/elsewhere", Kind.LOG, false);
        witness = new WitnessElsewhere(machine.resolve("witness"), log.verifier());
        settings.add("velvet.ledger.keys", machine.resolve("keys")::toString);
        settings.add("velvet.ledger.witnesses[0].url", () -> witness.address().toString());
        settings.add("velvet.ledger.witnesses[0].key", () -> witness.key().toString());
    }

    @AfterAll
    static void itEnds() throws IOException {
        witness.close();
        FileSystemUtils.deleteRecursively(machine);
    }

    @BeforeEach
    void aPastAndTheKeysThatWereKeptApart() throws IOException {
        history.unfold(60);
        untilWitnessed();
        earlier = tables.newest().orElseThrow().size();
        RestoredLedgerTest.keepStates(db);
        history.unfold(60);
        untilWitnessed();
        notary.stop();
        FileSystemUtils.copyRecursively(machine.resolve("keys"), kept.resolve("keys"));
    }

    @AfterEach
    void goOn() {
        notary.start();
    }

    @Test
    void whatItHasSeenComesBackAndNothingElse() {
        var verdict = restored(witness.address()).check();
        assertThat(verdict.deviations()).isEmpty();
        assertThat(verdict.checkpoint()).isEqualTo(tables.newest().orElseThrow().size());
        older(() -> assertThat(restored(witness.address()).check().deviations())
                .isNotEmpty()
                .allMatch(what -> what.contains(StoreAudit.LOST) || what.contains(StoreAudit.LOST_SIGNED)));
    }

    @Test
    void withoutItNothingIsVerified() throws IOException {
        var nobody = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var address = URI.create("http://127.0.0.1:" + nobody.getAddress().getPort());
        nobody.stop(0);
        assertThatThrownBy(() -> restored(address).check()).isInstanceOf(WitnessAway.class);
    }

    /** What a witness says it saw last is not signed: somebody on the way can say something else, but cannot cosign. */
    @Test
    void whoeverStandsBetweenCannotMakeItForget() throws IOException {
        Files.delete(kept.resolve("keys/last-signed"));
        var wire = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        wire.createContext("/checkpoint", asked -> {
            asked.sendResponseHeaders(404, -1); // "Nothing was seen yet."
            asked.close();
        });
        wire.createContext("/add-checkpoint", asked -> {
            var sent = HttpRequest.newBuilder(URI.create(witness.address() + "/add-checkpoint"))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(
                            asked.getRequestBody().readAllBytes()))
                    .build();
            try (asked;
                    var client = HttpClient.newHttpClient()) {
                var answer = client.send(sent, BodyHandlers.ofByteArray());
                asked.sendResponseHeaders(answer.statusCode(), answer.body().length);
                asked.getResponseBody().write(answer.body());
            } catch (InterruptedException stopped) {
                throw new IOException(stopped);
            }
        });
        wire.start();
        try {
            var address = URI.create("http://127.0.0.1:" + wire.getAddress().getPort());
            older(() -> assertThat(restored(address).check().deviations())
                    .singleElement()
                    .asString()
                    .contains(StoreAudit.LOST));
        } finally {
            wire.stop(0);
        }
    }

    @Test
    void whoeverKnowsOfTheLossGetsWhatItsOwnerNeedsToSetItBack() throws IOException {
        var folder = kept.resolve("of-the-witness"); // A copy: the house goes on with the one it knows.
        FileSystemUtils.copyRecursively(machine.resolve("witness"), folder);
        older(() -> {
            try {
                try (var remembers = new WitnessElsewhere(folder, log.verifier())) {
                    var restored = restored(remembers.address());
                    assertThat(restored.checkAcceptingLoss().deviations()).isEmpty();
                    assertThat(restored.check().deviations())
                            .as("the witness itself forgets nothing")
                            .isNotEmpty();
                    var files = RestoredLedger.forTheirOwners(kept);
                    assertThat(Files.readAllLines(files.get("seen")).get(1)).isEqualTo(Long.toString(earlier));
                    assertThat(Files.readString(files.get("seen-logs")))
                            .contains("velvetastro.io/log/elsewhere/"
                                    + tables.find(HERE).orElseThrow().name());
                    for (var file : files.entrySet())
                        Files.copy(file.getValue(), folder.resolve(file.getKey()), StandardCopyOption.REPLACE_EXISTING);
                }
                try (var forgot = new WitnessElsewhere(folder, log.verifier())) {
                    assertThat(restored(forgot.address()).check().deviations()).isEmpty();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private RestoredLedger restored(URI address) {
        return new RestoredLedger(
                database, store, kept, Map.of(witness.key().toString(), address), 1); // In this thread's transaction.
    }

    private void older(Runnable then) {
        transaction.executeWithoutResult(status -> {
            status.setRollbackOnly();
            for (var edit : RestoredLedgerTest.older(earlier)) db.execute(edit);
            then.run();
        });
    }
}
