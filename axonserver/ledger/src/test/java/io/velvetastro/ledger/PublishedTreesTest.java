package io.velvetastro.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Trees and proofs that others have published (RFC 9162 §2.1, the Certificate Transparency reference tree). */
class PublishedTreesTest {
    private static final List<String> LEAVES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");
    private static final List<String> ROOTS = List.of(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void aTreeWithoutLeavesIsTheHashOfNothing() {
        assertThat(Hash.EMPTY.hex()).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(new MerkleTree().root()).isEqualTo(Hash.EMPTY);
    }

    @Test
    void leavesAndNodesHashAsPublished() {
        assertThat(Hash.leaf("L123456".getBytes(UTF_8)).hex())
                .startsWith("395aa064")
                .endsWith("2b4d56");
        var preimage = HexFormat.of().parseHex("01" + HexFormat.of().formatHex("N123N456".getBytes(UTF_8)));
        assertThat(HexFormat.of().formatHex(Hash.sha256().digest(preimage))).startsWith("aa217fe8");
    }

    @Test
    void theReferenceTreeGrowsThroughItsEightRoots() {
        var tree = new MerkleTree();
        for (var i = 0; i < LEAVES.size(); i++) {
            tree.append(leaf(i));
            assertThat(tree.root().hex()).isEqualTo(ROOTS.get(i));
            assertThat(tree.root(i + 1).hex()).isEqualTo(ROOTS.get(i));
        }
    }

    @Test
    void inclusionPathsAreThePublishedOnes() {
        assertThat(path(reference().include(0, 8)))
                .containsExactly(
                        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4");
        assertThat(path(reference().include(5, 8)))
                .containsExactly(
                        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
    }

    @Test
    void consistencyPathsAreThePublishedOnes() {
        assertThat(hex(reference().connect(1, 1).path())).isEmpty();
        assertThat(hex(reference().connect(1, 8).path()))
                .containsExactly(
                        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4");
        assertThat(hex(reference().connect(6, 8).path()))
                .containsExactly(
                        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
        assertThat(hex(reference().connect(2, 5).path()))
                .containsExactly(
                        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b");
    }

    @Test
    void proofsAboutTheEmptyTreeProveNothing() {
        var root = reference().root();
        assertThatThrownBy(() -> new InclusionProof(0, 0, List.of()).verify(leaf(0), Hash.EMPTY))
                .isInstanceOf(NotProven.class);
        assertThatThrownBy(() -> new ConsistencyProof(0, 8, List.of()).verify(Hash.EMPTY, root))
                .isInstanceOf(NotProven.class);
        assertThatThrownBy(() -> new ConsistencyProof(0, 0, List.of()).verify(Hash.EMPTY, Hash.EMPTY))
                .isInstanceOf(NotProven.class);
        assertThatThrownBy(() -> reference().connect(0, 8)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> reference().include(0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aProofThatFailsSaysWhatItExpectedAndWhatItFound() {
        var tree = reference();
        assertThatThrownBy(() -> tree.include(3, 8).verify(leaf(4), tree.root()))
                .hasMessageContaining("leaf 3 in a tree of 8")
                .hasMessageContaining("expected " + tree.root())
                .hasMessageContaining("found ");
    }

    private static MerkleTree reference() {
        var tree = new MerkleTree();
        for (var i = 0; i < LEAVES.size(); i++) tree.append(leaf(i));
        return tree;
    }

    private static Hash leaf(int index) {
        return Hash.leaf(HexFormat.of().parseHex(LEAVES.get(index)));
    }

    private static List<String> path(InclusionProof proof) {
        return hex(proof.path());
    }

    private static List<String> hex(List<Hash> hashes) {
        return Arrays.asList(hashes.stream().map(Hash::hex).toArray(String[]::new));
    }
}
