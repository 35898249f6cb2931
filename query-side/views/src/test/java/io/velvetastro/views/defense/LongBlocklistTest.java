package io.velvetastro.views.defense;

import static io.velvetastro.views.Stories.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.Network;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Defense.Blocklist;
import io.velvetastro.questions.Defense.NetworkList;
import io.velvetastro.views.Door;
import io.velvetastro.views.OnTheReadHouse;
import io.velvetastro.views.Readers;
import io.velvetastro.views.Stories;
import io.velvetastro.views.Walled;
import io.velvetastro.views.web.People;
import java.time.Duration;
import java.time.Instant;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A list that is longer than anybody reads is cut at its old end, and says so. */
@OnTheReadHouse
class LongBlocklistTest {
    @Autowired
    private Door door;

    @Autowired
    private Readers readers;

    @Autowired
    private People people;

    @Autowired
    @Walled
    private DSLContext walled;

    private NetworkList ofAtMost(int rules, TenantId tenant) {
        return readers.ask(
                tenant, () -> new DefenseQueries(walled, people, rules).answer(new Blocklist(tenant, Instant.now())));
    }

    private static Stories blocking(TenantId tenant, int networks) {
        var stories = new Stories();
        var first = Instant.now().minusSeconds(100);
        for (int i = 1; i <= networks; i++)
            stories.block(
                    tenant,
                    "long" + tenant + i,
                    "198.51.100." + 2 * i,
                    null,
                    first.plusSeconds(i),
                    Duration.ofHours(1));
        return stories;
    }

    private void tell(TenantId tenant, Stories stories, int rules) {
        door.store(stories.events());
        Door.await(
                "the rules stand",
                () -> door.get(tenant, "/defense/rules?limit=100")
                                .body()
                                .path("items")
                                .size()
                        == rules);
    }

    @Test
    void theNewestStandInIt() {
        var tenant = tenant("long blocklist");
        tell(tenant, blocking(tenant, 4), 4);
        assertThat(ofAtMost(3, tenant))
                .isEqualTo(new NetworkList(
                        java.util.List.of(
                                Network.of("198.51.100.4"), Network.of("198.51.100.6"), Network.of("198.51.100.8")),
                        false));
        assertThat(ofAtMost(4, tenant).networks()).hasSize(4);
        assertThat(ofAtMost(4, tenant).complete()).isTrue();
        assertThat(door.get(tenant, "/defense/blocklist").response().headers().firstValue("Velvet-Incomplete"))
                .isEmpty();
    }

    /** An allowance that is not read must not let somebody be kept out whom it protects. */
    @Test
    void withMoreAllowancesThanAreReadNobodyIsKeptOut() {
        var tenant = tenant("long list of friends");
        var stories = blocking(tenant, 1);
        for (int i = 1; i <= 3; i++)
            stories.allow(tenant, "friend" + tenant + i, "192.0.2." + 2 * i, Instant.now(), Duration.ofHours(1));
        tell(tenant, stories, 4);
        assertThat(ofAtMost(2, tenant)).isEqualTo(new NetworkList(java.util.List.of(), false));
        assertThat(ofAtMost(3, tenant).networks()).containsExactly(Network.of("198.51.100.2"));
    }
}
