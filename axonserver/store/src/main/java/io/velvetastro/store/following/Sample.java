package io.velvetastro.store.following;

import static java.util.Objects.requireNonNull;

import io.velvetastro.language.Backlog.Progress;
import io.velvetastro.language.Stream;
import io.velvetastro.store.streams.Streams;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How far behind everybody was at one moment. */
record Sample(List<Progress> progress, Map<Stream, Long> behind) {
    static Sample unknown(List<Following> followings) {
        return new Sample(
                followings.stream()
                        .map(following -> new Progress(following.follower().name(), 0, 0, null))
                        .toList(),
                Map.of());
    }

    static Sample of(List<Following> followings, Streams streams, JdbcClient db) {
        var ends = streams.ends();
        var parked = parked(db);
        var progress = followings.stream()
                .map(following -> progress(following, ends, parked))
                .toList();
        var behind = new EnumMap<Stream, Long>(Stream.class);
        for (var following : followings) {
            for (var stream : following.follower().streams())
                behind.merge(stream, Math.max(0, requireNonNull(ends.get(stream)) - following.place()), Math::max);
        }
        return new Sample(progress, behind);
    }

    private static Progress progress(Following following, Map<Stream, Long> ends, Map<String, Long> parked) {
        var follower = following.follower();
        long end = follower.streams().stream().mapToLong(ends::get).max().orElse(0);
        return new Progress(
                follower.name(),
                Math.max(0, end - following.place()),
                parked.getOrDefault(follower.name(), 0L),
                following.failure());
    }

    private static Map<String, Long> parked(JdbcClient db) {
        var counts = new HashMap<String, Long>();
        db.sql("SELECT follower, count(*) FROM store.dead_letters GROUP BY follower")
                .query(row -> {
                    counts.put(row.getString(1), row.getLong(2));
                });
        return counts;
    }
}
