package io.velvetastro.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.ledger.Receipt.Promised;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReceiptTest {
    private final SigningKey key = SigningKey.generate("velvet.example/log", VerifierKey.Kind.LOG);
    private final Receipt receipt = new Receipt(
            "log-a",
            Instant.parse("2026-11-22T04:00:00.123Z"),
            List.of(new Promised("event-1", Hash.leaf(new byte[] {1})), new Promised("e 2", Hash.leaf(new byte[] {2
            }))));

    @Test
    void whatWasPromisedIsReadFromTheSignedTextAlone() {
        var note = Note.parse(receipt.signed(List.of(key)).toString());
        assertThat(Receipt.trusted(note, List.of(key.verifier()))).isEqualTo(receipt);
    }

    @Test
    void aReceiptThatNobodyPinnedHasSignedOrThatWasChangedIsRefused() {
        var note = receipt.signed(List.of(key));
        var stranger =
                SigningKey.generate("velvet.example/log", VerifierKey.Kind.LOG).verifier();
        assertThatThrownBy(() -> Receipt.trusted(note, List.of(stranger))).isInstanceOf(NotProven.class);
        var changed = Note.parse(note.toString().replace("event-1", "event-9"));
        assertThatThrownBy(() -> Receipt.trusted(changed, List.of(key.verifier())))
                .isInstanceOf(NotProven.class);
    }

    @Test
    void aCheckpointIsNoReceiptAndAReceiptNoCheckpointThoughOneKeySignsBoth() {
        var checkpoint = new Checkpoint("velvet.example/log", 7, Hash.EMPTY).signed(List.of(key));
        assertThatThrownBy(() -> Receipt.trusted(checkpoint, List.of(key.verifier())))
                .isInstanceOf(NotProven.class);
        var note = receipt.signed(List.of(key));
        assertThatThrownBy(() -> Checkpoint.trusted(note, "velvet.example/log", key.verifier()))
                .isInstanceOf(NotProven.class);
    }

    @Test
    void aFullReceiptFitsANote() {
        var many = IntStream.range(0, Receipt.MOST_EVENTS)
                .mapToObj(i -> new Promised("00000000-0000-4000-8000-000000000000", Hash.leaf(new byte[] {(byte) i})))
                .toList();
        var full = new Receipt("0".repeat(32), Instant.now(), many)
                .signed(List.of(key, key))
                .toString();
        assertThat(Receipt.trusted(
                                Note.parse(full.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                                List.of(key.verifier()))
                        .events())
                .hasSize(Receipt.MOST_EVENTS);
    }
}
