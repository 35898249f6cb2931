package io.velvetastro.notary;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.StoredBytes;
import io.velvetastro.notary.HeldRows.Held;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** The whole store is read in its order, by one thread or by several, however many numbers no row has taken. */
@TestPropertySource(properties = "velvet.ledger.sign-every=55ms") // A number line of its own: it gets a great hole.
@DirtiesContext
class HeldRowsTest extends WithAPast {
    private static final int MOST_QUESTIONS = 100;

    @Test
    void severalThreadsHandOutWhatOneDoes() {
        history.unfold(300);
        db.execute("SELECT setval('store.global_index', (SELECT last_value + 1000000000 FROM store.global_index))");
        history.unfold(200);
        untilWitnessed();
        var expected = all().stream()
                .map(row -> Leaves.of(row)
                        .leaf(tables.find(Leaves.of(row).tenant()).orElseThrow().name())
                        .hash())
                .toList();
        assertThat(expected).hasSizeGreaterThanOrEqualTo(500);
        for (int threads : List.of(1, 3)) {
            var held = new ArrayList<Held>();
            new HeldRows(patientWith(MOST_QUESTIONS), tables::find, threads).upTo(store.complete(), held::addAll);
            assertThat(held).extracting(Held::leaf).containsExactlyElementsOf(expected);
            assertThat(held).extracting(Held::position).isSorted();
        }
    }

    /** The store, to whoever asks it no more often than this. */
    private StoredBytes patientWith(int most) {
        var asked = new AtomicInteger();
        return (StoredBytes) Proxy.newProxyInstance(
                StoredBytes.class.getClassLoader(), new Class<?>[] {StoredBytes.class}, (proxy, method, arguments) -> {
                    assertThat(asked.incrementAndGet()).isLessThanOrEqualTo(most);
                    return method.invoke(store, arguments);
                });
    }
}
