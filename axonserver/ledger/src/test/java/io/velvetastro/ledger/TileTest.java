package io.velvetastro.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TileTest {
    @Test
    void aTileHasThePathThatTheSpecificationGivesIt() {
        assertThat(new Tile(0, 1234067, 256).path()).isEqualTo("tile/0/x001/x234/067");
        assertThat(new Tile(2, 0, 1).path()).isEqualTo("tile/2/000.p/1");
        for (var path : List.of("tile/0/x001/x234/067", "tile/0/000", "tile/63/999.p/255", "tile/1/x001/000.p/9")) {
            assertThat(Tile.parse(path).path()).isEqualTo(path);
        }
    }

    @Test
    void aTreeOf70000HasTheTilesThatTheSpecificationCounts() {
        assertThat(Tile.holding(0, 69_999, 70_000)).isEqualTo(new Tile(0, 273, 112));
        assertThat(Tile.holding(1, 272, 70_000)).isEqualTo(new Tile(1, 1, 17));
        assertThat(Tile.holding(2, 0, 70_000)).isEqualTo(new Tile(2, 0, 1));
        assertThat(Tile.holding(0, 0, 256).isFull()).isTrue();
        assertThat(Tile.holding(1, 0, 256)).isEqualTo(new Tile(1, 0, 1));
    }

    @Test
    void pathsWithASecondSpellingOrBeyondTheLimitsAreRefused() {
        for (var path : List.of(
                "tile/64/000",
                "tile/00/000",
                "tile/0/1",
                "tile/0/x000/001",
                "tile/0/000.p/0",
                "tile/0/000.p/256",
                "tile/0/000.p/01",
                "tile/0/../000",
                "tile/0/x" + "999/x".repeat(9) + "999/999")) {
            assertThatThrownBy(() -> Tile.parse(path)).as(path).isInstanceOf(NotProven.class);
        }
    }

    @Test
    void aTileExistsOnlyOnceTheTreeHasGrownThatFar() {
        assertThat(new Tile(0, 0, 7).existsAt(7)).isTrue();
        assertThat(new Tile(0, 0, 8).existsAt(7)).isFalse();
        assertThat(new Tile(1, 0, 1).existsAt(255)).isFalse();
        assertThat(new Tile(1, 0, 1).existsAt(256)).isTrue();
        assertThat(new Tile(8, 0, 1).existsAt(Long.MAX_VALUE)).isFalse();
    }

    @Test
    void everyProofCanBeMadeFromTilesAlone() {
        var size = 70_000;
        var tree = ProofProperties.treeOf(size);
        var fetched = new ArrayList<Tile>();
        var tiled = new TiledTree(size, tile -> {
            fetched.add(tile);
            return tile.bytes(tree);
        });
        assertThat(tiled.root(size)).isEqualTo(tree.root());
        for (var index : List.of(0, 255, 256, 65_535, 65_536, 69_999)) {
            assertThat(tiled.include(index, size)).isEqualTo(tree.include(index, size));
        }
        for (var from : List.of(1, 255, 256, 257, 65_536, 69_999)) {
            assertThat(tiled.connect(from, size)).isEqualTo(tree.connect(from, size));
        }
        assertThat(fetched).doesNotHaveDuplicates();
    }

    @Test
    void aTileOfTheWrongLengthIsRefusedByName() {
        var tiled = new TiledTree(10, tile -> new byte[31]);
        assertThatThrownBy(() -> tiled.at(0, 3)).isInstanceOf(NotProven.class).hasMessageContaining("tile/0/000.p/10");
    }
}
