package io.velvetastro.store.following;

import java.time.Duration;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where each follower is. A place belongs to one process; another takes it over when that one has gone silent. */
final class Places {
    private static final Duration SILENCE = Duration.ofSeconds(15);

    private final JdbcClient db;
    private final String owner;

    Places(JdbcClient db, String owner) {
        this.db = db;
        this.owner = owner;
    }

    /** The follower's position, if it may run here. */
    OptionalLong claim(String follower) {
        db.sql("INSERT INTO store.places (follower) VALUES (?) ON CONFLICT DO NOTHING")
                .param(follower)
                .update();
        return db.sql("""
                        UPDATE store.places SET owner = :owner, alive_at = now()
                        WHERE follower = :follower AND (owner IS NULL OR owner = :owner OR alive_at < now() - make_interval(secs => :silence))
                        RETURNING position""")
                .param("owner", owner)
                .param("follower", follower)
                .param("silence", SILENCE.toSeconds())
                .query(Long.class)
                .optional()
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    /** To be called within the transaction that holds the work up to there. */
    void move(String follower, long position) {
        int moved = db.sql("UPDATE store.places SET position = ?, alive_at = now() WHERE follower = ? AND owner = ?")
                .param(position)
                .param(follower)
                .param(owner)
                .update();
        if (moved == 0) throw new PlaceLost(follower);
    }

    /** For a follower that has nothing to do; what it has passed by need not be read again after a restart. */
    void stayAlive(String follower, long passed) {
        int alive = db.sql(
                        "UPDATE store.places SET alive_at = now(), position = greatest(position, ?) WHERE follower = ? AND owner = ?")
                .param(passed)
                .param(follower)
                .param(owner)
                .update();
        if (alive == 0) throw new PlaceLost(follower);
    }

    void release(String follower) {
        db.sql("UPDATE store.places SET owner = NULL WHERE follower = ? AND owner = ?")
                .param(follower)
                .param(owner)
                .update();
    }

    /** Another process follows now. */
    static final class PlaceLost extends RuntimeException {
        PlaceLost(String follower) {
            super("Another process took the place of " + follower);
        }
    }
}
