package io.velvetastro.engines.chain;

import io.velvetastro.engines.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Which stories something (an account, an address, a machine) was lately part of, and when. */
record Links(List<Link> list) {
    static final Kind<Links> KIND = new Kind<>(
            "link",
            1,
            new Links(List.of()),
            (links, packer) -> {
                packer.number(links.list.size());
                for (var link : links.list)
                    packer.id(link.story()).number(link.first()).number(link.last() - link.first());
            },
            unpacker -> {
                var list = new ArrayList<Link>();
                for (int left = unpacker.count(); left > 0; left--) {
                    var story = unpacker.id();
                    long first = unpacker.number();
                    list.add(new Link(story, first, first + unpacker.number()));
                }
                return new Links(List.copyOf(list));
            });
    private static final int MOST = 6;

    record Link(UUID story, long first, long last) {
        /** Afterwards a story may be watched for longer than before: what begins with an attack did not begin hours earlier. */
        boolean near(long from, long to, long beforeMillis, long afterMillis) {
            return from <= last + afterMillis && to >= first - beforeMillis;
        }
    }

    Links without(UUID story) {
        return new Links(
                list.stream().filter(link -> !link.story().equals(story)).toList());
    }

    Links with(UUID story, long first, long last) {
        var after = new ArrayList<Link>(list.size() + 1);
        for (var link : list) {
            if (link.story().equals(story)) {
                first = Math.min(first, link.first());
                last = Math.max(last, link.last());
            } else after.add(link);
        }
        after.add(new Link(story, first, last));
        if (after.size() > MOST) after.removeFirst();
        return new Links(List.copyOf(after));
    }
}
