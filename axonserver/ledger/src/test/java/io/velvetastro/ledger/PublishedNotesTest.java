package io.velvetastro.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Signed texts that others have published (C2SP signed-note, tlog-checkpoint, tlog-cosignature; Go's note package). */
class PublishedNotesTest {
    private static final String NEUMANN_VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private static final String NEUMANN_SECRET =
            "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    private static final String NEUMANN_TEXT =
            "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    private static final String NEUMANN_LINE =
            "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    private static final String EXAMPLE_VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
    private static final String EXAMPLE_NOTE = "This is an example message.\n\n"
            + "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
    private static final String COSIGNED = """
            example.com/behind-the-sofa
            20852163
            CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

            — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
            — witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
            """;

    @Test
    void thePublishedKeysVerifyThePublishedNotes() {
        Note.parse(EXAMPLE_NOTE).requireSignature(VerifierKey.parse(EXAMPLE_VKEY));
        Note.parse(NEUMANN_TEXT + "\n" + NEUMANN_LINE).requireSignature(VerifierKey.parse(NEUMANN_VKEY));
    }

    @Test
    void thePublishedSecretGivesThePublishedSignature() {
        var key = SigningKey.parse(NEUMANN_SECRET + "\n" + NEUMANN_VKEY + "\n");
        assertThat(Note.signed(NEUMANN_TEXT, List.of(key)).toString()).isEqualTo(NEUMANN_TEXT + "\n" + NEUMANN_LINE);
        assertThat(key.secretText()).isEqualTo(NEUMANN_SECRET + "\n" + NEUMANN_VKEY + "\n");
    }

    @Test
    void aPublishedWitnessKeyHasItsPublishedId() {
        var witness = VerifierKey.parse("remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2");
        assertThat(witness.kind()).isEqualTo(VerifierKey.Kind.WITNESS);
        assertThat(witness.name()).isEqualTo("remora.n621.de");
    }

    @Test
    void thePublishedCheckpointReadsAndWritesItself() {
        var note = Note.parse(COSIGNED);
        var checkpoint = Checkpoint.parse(note.text());
        assertThat(checkpoint.origin()).isEqualTo("example.com/behind-the-sofa");
        assertThat(checkpoint.size()).isEqualTo(20852163);
        assertThat(checkpoint.text()).isEqualTo(note.text());
        assertThat(note.toString()).isEqualTo(COSIGNED);
        var cosigned = java.nio.ByteBuffer.wrap(note.signatures().getLast().signature())
                .getLong();
        assertThat(Instant.ofEpochSecond(cosigned)).isEqualTo(Instant.ofEpochSecond(1679315147));
    }

    @Test
    void aNoteSignedByNobodyWeKnowIsRefused() {
        assertThatThrownBy(() -> Note.parse(EXAMPLE_NOTE).requireSignature(VerifierKey.parse(NEUMANN_VKEY)))
                .isInstanceOfSatisfying(
                        NotProven.class, refused -> assertThat(refused.reason()).isEqualTo(NotProven.Reason.UNSIGNED));
    }

    @Test
    void aChangedNoteIsAForgery() {
        var changed = EXAMPLE_NOTE.replace("example message", "Example message");
        assertThatThrownBy(() -> Note.parse(changed).requireSignature(VerifierKey.parse(EXAMPLE_VKEY)))
                .isInstanceOfSatisfying(
                        NotProven.class, refused -> assertThat(refused.reason()).isEqualTo(NotProven.Reason.FORGED));
    }

    @Test
    void aKeyWhoseIdDoesNotFitIsRefused() {
        assertThatThrownBy(() -> VerifierKey.parse(EXAMPLE_VKEY.replace("530d903a", "530d903b")))
                .isInstanceOf(NotProven.class)
                .hasMessageContaining("530d903a");
        assertThatThrownBy(() -> VerifierKey.parse("rekor.sigstore.dev+12345678+AwEB"))
                .isInstanceOf(NotProven.class);
        assertThatThrownBy(() -> VerifierKey.parse("bananas.sigstore.dev+12344556"))
                .isInstanceOf(NotProven.class);
    }

    @Test
    void aSecretThatDoesNotFitItsVerifierKeyIsRefusedAndNotShown() {
        var other = SigningKey.generate("PeterNeumann", VerifierKey.Kind.LOG)
                .secretText()
                .lines()
                .toList();
        var vkey = other.get(1);
        var head = vkey.substring(0, vkey.indexOf('+', "PeterNeumann+".length()) + 1);
        var secret = NEUMANN_SECRET.substring(NEUMANN_SECRET.lastIndexOf("AYEK"));
        assertThatThrownBy(() -> SigningKey.parse("PRIVATE+KEY+" + head + secret + "\n" + vkey + "\n"))
                .isInstanceOf(NotProven.class)
                .hasMessageNotContaining(secret);
    }

    @Test
    void aCheckpointWithLeadingZeroesOrExtensionLinesIsRefused() {
        var root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
        for (var text : List.of(
                "a\n01\n" + root + "\n",
                "a\n-1\n" + root + "\n",
                "a\n1\n" + root + "\nmore\n",
                "a\n1\n" + root,
                "\n1\n" + root + "\n",
                "a\n1\n" + root.replace("2I=", "2J=") + "\n")) {
            assertThatThrownBy(() -> Checkpoint.parse(text)).as(text).isInstanceOf(NotProven.class);
        }
    }

    @Test
    void aSignatureOfAnotherLogWithTheSameKeyIsRefused() {
        var key = SigningKey.generate("log.example/a", VerifierKey.Kind.LOG);
        var note = new Checkpoint("log.example/b", 1, Hash.leaf(new byte[0])).signed(List.of(key));
        assertThatThrownBy(() -> Checkpoint.trusted(note, "log.example/a", key.verifier()))
                .isInstanceOfSatisfying(
                        NotProven.class,
                        refused -> assertThat(refused.reason()).isEqualTo(NotProven.Reason.WRONG_ORIGIN));
    }

    @Test
    void duringARotationTheOldAndTheNewKeyBothVerify() {
        var old = SigningKey.generate("log.example/a", VerifierKey.Kind.LOG);
        var next = SigningKey.generate("log.example/a", VerifierKey.Kind.LOG);
        var note = new Checkpoint("log.example/a", 1, Hash.leaf(new byte[0])).signed(List.of(old, next));
        assertThat(Checkpoint.trusted(note, "log.example/a", old.verifier()))
                .isEqualTo(Checkpoint.trusted(note, "log.example/a", next.verifier()));
    }
}
