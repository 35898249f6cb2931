package io.velvetastro.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeafTest {
    @Test
    void itsBytesStayAsTheyAreForEver() {
        var leaf = new Leaf(
                "log", "T", "id", 5, "e", "P", "1", 7, "{}".getBytes(UTF_8), Metadata.ofTexts(Map.of("k", "v")));
        assertThat(HexFormat.of().formatHex(leaf.encoded()))
                .isEqualTo(HexFormat.of().formatHex("velvetastro.io/leaf@v1\n".getBytes(UTF_8))
                        + "000000036c6f67" + "0000000154" + "000000026964" + "000000080000000000000005"
                        + "0000000165" + "0000000150" + "0000000131" + "000000080000000000000007"
                        + "000000027b7d" + "0000000b" + "000000016b" + "73" + "0000000176");
        assertThat(leaf.hash().hex()).isEqualTo("e1143f71654b5e74f63f8bf749df28a602c27061e551a81eec7f8cd0dfc1e61c");
    }

    @Test
    void aPlainEventHasEmptyAggregateFields() {
        var plain = Leaf.plain("log", "e", "P", "1", 7, new byte[0], Metadata.NONE);
        assertThat(HexFormat.of().formatHex(plain.encoded()))
                .contains("000000036c6f67" + "000000000000000000000000" + "0000000165");
    }

    @Test
    void movingAByteFromOneFieldToTheNextIsAnotherLeaf() {
        assertThat(Leaf.plain("log", "ab", "c", "1", 7, new byte[0], Metadata.NONE)
                        .hash())
                .isNotEqualTo(Leaf.plain("log", "a", "bc", "1", 7, new byte[0], Metadata.NONE)
                        .hash());
    }

    @Test
    void theOrderInWhichAStoreKeepsMetadataDoesNotMatter() {
        var one = new LinkedHashMap<String, String>();
        var other = new LinkedHashMap<String, String>();
        for (var key : List.of("tenant", "actor", "ä", "Z")) one.put(key, key);
        for (var key : List.of("Z", "ä", "actor", "tenant")) other.put(key, key);
        assertThat(Metadata.ofTexts(one).encoded())
                .isEqualTo(Metadata.ofTexts(other).encoded());
    }

    @Test
    void aNumberIsNotTheTextOfThatNumber() {
        assertThat(Metadata.of(Map.of("n", Metadata.Value.text("1"))).encoded())
                .isNotEqualTo(Metadata.of(Map.of("n", Metadata.Value.json("1"))).encoded());
    }

    @Test
    void anEnvelopeAndItsPayloadGiveTheLeafBack() {
        var metadata = Map.of(
                "a b",
                Metadata.Value.text("x\ny % ü"),
                "n",
                Metadata.Value.json("{\"a\":1}"),
                "",
                Metadata.Value.text(""));
        var leaf = new Leaf("log", "T", "", 0, "e", "P", "", 7, "{}".getBytes(UTF_8), Metadata.of(metadata));
        assertThat(Envelope.read(Envelope.write(leaf), leaf.payload())).isEqualTo(leaf);
    }

    @Test
    void appendedInOnePieceItIsTheSameLeaf() {
        var leaf = new Leaf(
                "log",
                "Incident",
                "i-1",
                3,
                "e-1",
                "Opened",
                "1",
                7,
                new byte[3000],
                Metadata.ofTexts(java.util.Map.of("tenant", "t", "actor", "Zoë")));
        var plain = Leaf.plain("log", "e-2", "LoginFailed", "1", 8, new byte[] {1}, Metadata.NONE);
        var one = new Frontier();
        var other = new Frontier();
        for (var each : java.util.List.of(leaf, plain, leaf)) {
            one.append(each);
            other.append(each.hash());
        }
        assertThat(one.root()).isEqualTo(other.root());
    }
}
