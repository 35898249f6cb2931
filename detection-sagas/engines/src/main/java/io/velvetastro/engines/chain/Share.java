package io.velvetastro.engines.chain;

import io.velvetastro.engines.Packer;
import io.velvetastro.engines.Unpacker;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one strand adds to the events its story rests on.
 *
 * @param rule a mark of the rule that saw them; {@link #ALERTS} for other tools' alerts, which no two strands share
 * @param actor a mark of the one address they came from; {@link #MANY} where it is not one
 * @param marks marks of some of them
 */
record Share(int rule, int actor, long count, Set<Integer> marks) {
    static final int ALERTS = 0;
    static final int MANY = 0;

    Share unmarked() {
        return new Share(rule, actor, count, Set.of());
    }

    /**
     * How many events these rest on. Our own rules look at the same events from several sides, and each event counts once: no event comes from two addresses, and none is in two strands of one rule. Where that leaves a choice it is the smaller number.
     */
    static long events(Collection<Share> shares) {
        var byActor =
                shares.stream().filter(share -> share.rule != ALERTS).collect(Collectors.groupingBy(Share::actor));
        long crowd = least(byActor.getOrDefault(MANY, List.of()));
        byActor.remove(MANY);
        long alone = byActor.values().stream().mapToLong(Share::least).sum();
        long alerts = shares.stream()
                .filter(share -> share.rule == ALERTS)
                .mapToLong(Share::count)
                .sum();
        return alerts + Math.max(Math.max(crowd, alone), marked(shares));
    }

    /** As many as are marked, or as one rule has seen. */
    private static long least(Collection<Share> shares) {
        Map<Integer, Long> byRule = new HashMap<>();
        for (var share : shares) byRule.merge(share.rule, share.count, Long::sum);
        return Math.max(
                marked(shares),
                byRule.values().stream().mapToLong(Long::longValue).max().orElse(0));
    }

    private static int marked(Collection<Share> shares) {
        var marked = new HashSet<Integer>();
        for (var share : shares) marked.addAll(share.marks);
        return marked.size();
    }

    void pack(Packer packer) {
        packer.number(rule).number(actor).number(count);
    }

    static Share unpack(Unpacker unpacker) {
        return new Share((int) unpacker.number(), (int) unpacker.number(), unpacker.number(), Set.of());
    }
}
