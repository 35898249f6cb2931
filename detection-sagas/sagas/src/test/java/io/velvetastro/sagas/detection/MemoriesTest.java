package io.velvetastro.sagas.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.engines.Kind;
import io.velvetastro.language.TenantId;
import io.velvetastro.sagas.memory.Memories;
import io.velvetastro.sagas.memory.TenantMemory;
import io.velvetastro.store.testing.FreshDatabase;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.transaction.support.TransactionTemplate;

@SpringBootTest(classes = DetectionHouse.class, webEnvironment = SpringBootTest.WebEnvironment.NONE)
@ContextConfiguration(initializers = FreshDatabase.class)
class MemoriesTest {
    private static final Kind<Long> TALLY =
            new Kind<>("tally", 1, 0L, (tally, packer) -> packer.number(tally), unpacker -> unpacker.number());
    private final TenantId tenant = new TenantId(UUID.randomUUID());

    @Autowired
    JdbcTemplate db;

    @Autowired
    TransactionTemplate transaction;

    @Test
    void whatWasKeptIsThereAfterARestart() {
        batch(memories(), memory -> memory.keep(TALLY, "a", 7L));
        assertThat(recalled(memories(), "a")).isEqualTo(7);
    }

    @Test
    void aBatchThatIsRolledBackWasNeverRemembered() {
        var memories = memories();
        batch(memories, memory -> memory.keep(TALLY, "a", 7L));
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    memories.claim();
                    var memory = memories.of(tenant);
                    memory.keep(TALLY, "a", 8L);
                    memories.save(List.of(memory));
                    throw new IllegalStateException("the machine broke");
                }))
                .hasMessage("the machine broke");
        assertThat(recalled(memories, "a")).isEqualTo(7);
    }

    @Test
    void whoTakesOverFromAnotherProcessDoesNotTrustItsOldCopies() {
        var here = memories();
        var there = memories();
        batch(here, memory -> memory.keep(TALLY, "a", 1L));
        batch(there, memory -> memory.keep(TALLY, "a", 2L));
        assertThat(recalled(here, "a")).isEqualTo(2);
    }

    @Test
    void anotherOrganisationHasAMemoryOfItsOwn() {
        var memories = memories();
        batch(memories, memory -> memory.keep(TALLY, "a", 7L));
        transaction.executeWithoutResult(status -> assertThat(
                        memories.of(new TenantId(UUID.randomUUID())).recall(TALLY, "a"))
                .isZero());
    }

    @Test
    void memoryOfAnOlderShapeStartsBlank() {
        batch(memories(), memory -> memory.keep(TALLY, "a", 7L));
        var reshaped = new Kind<>("tally", 2, 0L, TALLY.packing(), TALLY.unpacking());
        transaction.executeWithoutResult(status ->
                assertThat(memories().of(tenant).recall(reshaped, "a")).isZero());
    }

    @Test
    void whatNobodyAskedForInALongTimeIsLetGo() {
        batch(memories(), memory -> {
            memory.keep(TALLY, "old", 1L);
            memory.keep(TALLY, "young", 2L);
        });
        db.update(
                "UPDATE detection.state SET saved_at = now() - interval '401 days' WHERE tenant = ? AND key = 'old'",
                tenant.value());
        memories().forgetUnused();
        assertThat(recalled(memories(), "old")).isZero();
        assertThat(recalled(memories(), "young")).isEqualTo(2);
    }

    @Test
    void whatOneAddressDidToOneAccountIsLetGoAfterDays() {
        var pairs = new Kind<>("pair", 1, 0L, TALLY.packing(), TALLY.unpacking());
        batch(memories(), memory -> {
            memory.keep(pairs, "ann/there", 1L);
            memory.keep(TALLY, "ann", 2L);
        });
        db.update("UPDATE detection.state SET saved_at = now() - interval '4 days' WHERE tenant = ?", tenant.value());
        memories().forgetUnused();
        assertThat(keys()).containsExactly("ann");
    }

    @Test
    void whoeverIsForgottenIsForgottenAtEachAddressToo() {
        batch(memories(), memory -> {
            memory.keep(TALLY, "ann", 1L);
            memory.keep(TALLY, "ann/there", 2L);
            memory.keep(TALLY, "anna/there", 3L);
        });
        Memories.forget(db, tenant, "ann");
        assertThat(keys()).containsExactly("anna/there");
    }

    private List<String> keys() {
        return db.queryForList("SELECT key FROM detection.state WHERE tenant = ?", String.class, tenant.value());
    }

    private Memories memories() {
        return new Memories(db, "test-" + tenant, 100);
    }

    private void batch(Memories memories, Consumer<TenantMemory> work) {
        transaction.executeWithoutResult(status -> {
            memories.claim();
            var memory = memories.of(tenant);
            work.accept(memory);
            memories.save(List.of(memory));
        });
    }

    private long recalled(Memories memories, String key) {
        return transaction.execute(status -> {
            memories.claim();
            return memories.of(tenant).recall(TALLY, key);
        });
    }
}
