package io.velvetastro.notary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.language.CannotStart;
import io.velvetastro.ledger.Checkpoint;
import io.velvetastro.ledger.Hash;
import io.velvetastro.ledger.NotProven;
import io.velvetastro.ledger.Note;
import io.velvetastro.ledger.SigningKey;
import io.velvetastro.ledger.VerifierKey.Kind;
import io.velvetastro.notary.LedgerTables.Signed;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class OpenedKeysTest {
    @TempDir
    Path data;

    @Test
    void aSuccessorSignsBesideTheKeyItWillReplaceAndWhatIsOldStillCounts() throws IOException {
        var first = open(Optional.empty());
        assertThat(first.log()).hasSize(1);
        var old = signed(first);

        Files.createFile(file("keys/next-log.key"));
        var both = open(Optional.of(old));
        assertThat(both.log())
                .hasSize(2)
                .extracting(key -> key.verifier().name())
                .containsOnly(first.origin());
        var dual = signed(both);

        Files.writeString(file("keys/former.vkeys"), first.verifier() + "\n");
        Files.move(file("keys/next-log.key"), file("keys/log.key"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        var after = open(Optional.of(dual));
        assertThat(after.verifier()).isEqualTo(both.log().getLast().verifier());
        for (var note : List.of(old, dual, signed(after)))
            assertThat(after.trusted(Note.parse(note.note())).origin()).isEqualTo(first.origin());

        Files.delete(file("keys/former.vkeys"));
        var forgetful = open(Optional.of(dual));
        assertThatThrownBy(() -> forgetful.trusted(Note.parse(old.note()))).isInstanceOf(NotProven.class);
    }

    @Test
    void aSuccessorOfAnotherLogStopsTheStart() throws IOException {
        open(Optional.empty());
        Files.writeString(
                file("keys/next-log.key"),
                SigningKey.generate("another.example/log", Kind.LOG).secretText());
        refused("belongs to another log");
    }

    @Test
    void aKeyThatHasNotSignedThisLedgerStopsTheStart() throws IOException {
        var before = signed(open(Optional.empty()));
        Files.delete(file("keys/log.key"));
        refused("log.key is missing", before);
        Files.writeString(
                file("keys/log.key"),
                SigningKey.generate("velvetastro.io/log/other", Kind.LOG).secretText());
        refused("is not the one this ledger was signed with", before);
    }

    @Test
    void aWitnessThatHasLostItsKeyOrHasNotSeenThisLedgerStopsTheStart() throws IOException {
        var keys = open(Optional.empty());
        var witness = SigningKey.generate("velvetastro.io/witness/1", Kind.WITNESS);
        var stranger = SigningKey.generate("velvetastro.io/witness/2", Kind.WITNESS);
        Files.createDirectories(file("witness"));
        Files.writeString(file("witness/witness.vkey"), witness.verifier() + "\n");
        refused("witness.key is missing");

        Files.writeString(file("witness/witness.key"), witness.secretText());
        var seenByStranger = new Signed(
                1,
                signed(keys).note()
                        + Note.signed("x\n", List.of(stranger)).signatures().getFirst(),
                true);
        refused("is not the one that has seen this ledger", seenByStranger);
        Files.writeString(file("keys/former.vkeys"), stranger.verifier() + "\n");
        assertThat(open(Optional.of(seenByStranger)).everyWitness()).contains(stranger.verifier(), witness.verifier());
    }

    @Test
    void aFileOfFormerKeysThatHoldsSomethingElseStopsTheStart() throws IOException {
        open(Optional.empty());
        Files.writeString(file("keys/former.vkeys"), "what is this\n");
        refused("former.vkeys");
    }

    @Test
    void aWitnessElsewhereIsNamedWithAWitnesssKey() {
        var logs = SigningKey.generate("log.example", Kind.LOG).verifier().toString();
        var settings = new NotarySettings(
                "",
                "",
                List.of(new NotarySettings.Elsewhere(URI.create("https://witness.example"), logs)),
                Duration.ofSeconds(1),
                Duration.ofHours(6));
        assertThatThrownBy(() -> new OpenedKeys(settings, data.toString(), Optional.empty()).open())
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("witness.example");
    }

    @Test
    void witnessesElsewhereTakeTheOwnOnesPlace() {
        var witness = SigningKey.generate("witness.example", Kind.WITNESS).verifier();
        var written = new MapConfigurationPropertySource(Map.of(
                "velvet.ledger.witnesses[0].url",
                "https://witness.example/of/us",
                "velvet.ledger.witnesses[0].key",
                witness.toString()));
        var settings =
                new Binder(written).bind("velvet.ledger", NotarySettings.class).get();
        var keys = new OpenedKeys(settings, data.toString(), Optional.empty()).open();
        assertThat(keys.everyWitness()).containsExactly(witness);
        assertThat(file("witness")).doesNotExist();
    }

    private void refused(String line, Signed... newest) {
        assertThatThrownBy(() -> open(Optional.ofNullable(newest.length == 0 ? null : newest[0])))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(line);
    }

    private LedgerKeys open(Optional<Signed> newest) {
        var settings = new NotarySettings("", "", List.of(), Duration.ofSeconds(1), Duration.ofHours(6));
        return new OpenedKeys(settings, data.toString(), newest).open();
    }

    private static Signed signed(LedgerKeys keys) {
        var note = new Checkpoint(keys.origin(), 1, Hash.leaf(new byte[1])).signed(keys.log());
        return new Signed(1, note.toString(), false);
    }

    private Path file(String name) {
        return data.resolve(name);
    }
}
