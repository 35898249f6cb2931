package io.velvetastro.views.monitor;

import static io.velvetastro.views.Stories.NOON;
import static io.velvetastro.views.Stories.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.AlertRaised;
import io.velvetastro.language.Attempt;
import io.velvetastro.language.EventId;
import io.velvetastro.language.LoginFailed;
import io.velvetastro.language.LoginSucceeded;
import io.velvetastro.language.Sealed;
import io.velvetastro.language.SignInDenied;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Monitor.Traffic;
import io.velvetastro.views.Stories;
import io.velvetastro.views.TestDatabase;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrafficTest {
    private static final TenantId ACME = tenant("acme");
    private final TestDatabase database = TestDatabase.fresh();
    private final Stories stories = new Stories();

    private static Attempt attempt(TenantId tenant, Instant at) {
        return new Attempt(
                new EventId(Stories.id("e" + at)),
                tenant,
                at,
                "sshd",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Sealed.of("x"));
    }

    /** No traffic of its own: what it denies was counted. */
    private static SignInDenied denial() {
        return new SignInDenied(
                new EventId(Stories.id("d")),
                ACME,
                NOON.plusSeconds(61),
                "velvet-astro",
                new EventId(Stories.id("e")),
                NOON,
                true,
                "password",
                null,
                null,
                null,
                Sealed.of("x"));
    }

    private TrafficFollower follower(TestDatabase database) {
        return new TrafficFollower(database.live(), tenants -> {}, 500);
    }

    @Test
    void eventsAreCountedByTheMinuteTheyOccurredIn() {
        stories.tell(ACME, "s", NOON, new LoginFailed(attempt(ACME, NOON.plusSeconds(59)), null))
                .tell(ACME, "s", NOON, new LoginFailed(attempt(ACME, NOON.plusSeconds(60)), null))
                .tell(ACME, "s", NOON, new LoginSucceeded(attempt(ACME, NOON.plusSeconds(61))))
                .tell(
                        ACME,
                        "s",
                        NOON,
                        new AlertRaised(
                                new EventId(Stories.id("a")),
                                ACME,
                                NOON,
                                "ids",
                                "Scan",
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                Sealed.of("x")))
                .tell(ACME, "s", NOON, denial())
                .tell(tenant("other"), "s", NOON, new LoginFailed(attempt(tenant("other"), NOON), null));
        follower(database).follow(stories.events());
        var points = new TrafficQueries(database.db())
                .answer(new Traffic(ACME, NOON.minusSeconds(60), NOON.plusSeconds(120), 60))
                .points();
        assertThat(points).hasSize(3);
        assertThat(points.get(0).at()).isEqualTo(NOON.minusSeconds(60));
        assertThat(points.get(1).failed()).isEqualTo(1);
        assertThat(points.get(1).alerts()).isEqualTo(1);
        assertThat(points.get(2).failed()).isEqualTo(1);
        assertThat(points.get(2).succeeded()).isEqualTo(1);
        var hours = new TrafficQueries(database.db())
                .answer(new Traffic(ACME, NOON, NOON.plusSeconds(3600), 3600))
                .points();
        assertThat(hours)
                .singleElement()
                .satisfies(hour -> assertThat(hour.failed()).isEqualTo(2));
    }

    @Test
    void batchesAndRepetitionsMakeNoDifference() {
        var random = new Random(1);
        for (int i = 0; i < 500; i++) {
            var tenant = random.nextBoolean() ? ACME : tenant("other");
            stories.tell(
                    tenant,
                    "s",
                    NOON,
                    new LoginFailed(attempt(tenant, NOON.plusMillis(random.nextInt(7_200_000))), null));
        }
        var once = TestDatabase.fresh();
        follower(once).follow(stories.events());
        var follower = follower(database);
        for (int from = 0; from < 500; ) {
            int to = Math.min(500, from + 1 + random.nextInt(70));
            follower.follow(stories.events().subList(from, to));
            follower.follow(stories.events().subList(Math.max(0, from - 20), to));
            from = to;
        }
        assertThat(database.rows()).isEqualTo(once.rows());
    }
}
