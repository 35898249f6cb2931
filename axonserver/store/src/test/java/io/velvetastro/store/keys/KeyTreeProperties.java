package io.velvetastro.store.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class KeyTreeProperties {
    private static final long LAST = (1L << 48) - 1;

    @Property(tries = 60)
    void whoeverIsCutOutHasNoKeyAndEverybodyElseKeepsTheirs(
            @ForAll @Size(32) byte[] root,
            @ForAll @Size(min = 1, max = 6) List<@LongRange(max = LAST) Long> forgotten,
            @ForAll @Size(max = 20) List<@LongRange(max = LAST) Long> others) {
        var whole = KeyTree.grown(root);
        var cut = whole;
        for (long person : forgotten) cut = cut.without(person);
        var read = KeyTree.decoded(cut.encoded());
        for (long person : forgotten) assertThat(read.keyOf(person)).isEmpty();
        var neighbours = new ArrayList<>(others);
        for (long person : forgotten) {
            neighbours.add(person ^ 1);
            neighbours.add(person ^ 1L << 47);
        }
        neighbours.removeAll(forgotten);
        for (long person : neighbours)
            assertThat(read.keyOf(person).orElseThrow())
                    .isEqualTo(whole.keyOf(person).orElseThrow());
    }

    @Property(tries = 100)
    void nothingThatIsLeftLeadsToTheOneWhoWasCutOut(
            @ForAll @Size(32) byte[] root, @ForAll @LongRange(max = LAST) long person) {
        var whole = KeyTree.grown(root);
        var left = whole.without(person).encoded();
        var onTheWay = new HashSet<String>();
        var key = whole.keyOf(person).orElseThrow();
        onTheWay.add(java.util.HexFormat.of().formatHex(key));
        onTheWay.add(java.util.HexFormat.of().formatHex(root));
        var kept = java.util.HexFormat.of().formatHex(left);
        assertThat(onTheWay).noneMatch(kept::contains);
    }

    @Property(tries = 100)
    void twoPeopleNeverShareAKey(
            @ForAll @Size(32) byte[] root,
            @ForAll @LongRange(max = LAST) long one,
            @ForAll @LongRange(max = LAST) long other) {
        var tree = KeyTree.grown(root);
        if (one == other) return;
        assertThat(tree.keyOf(one).orElseThrow()).isNotEqualTo(tree.keyOf(other).orElseThrow());
    }
}
