package io.velvetastro.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.language.CannotStart;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessFolderTest {
    @TempDir
    Path folder;

    @Test
    void itStaysWithOneWitnessWhateverTheGarbageCollectorDoes() {
        new WitnessFolder(folder).takeAlone();
        for (int round = 0; round < 5; round++) {
            collectGarbage();
            assertThatThrownBy(() -> new WitnessFolder(folder).takeAlone(Duration.ZERO))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("Another witness works in");
        }
    }

    @Test
    void itsVerifierKeyIsThereAndWholeWheneverItStartsAgain() throws InterruptedException {
        var owned = new WitnessFolder(folder);
        var key = owned.key("velvet.example/witness").verifier();
        var starting = Thread.ofPlatform().start(() -> {
            for (int start = 0; start < 200; start++) new WitnessFolder(folder).key("velvet.example/witness");
        });
        while (starting.isAlive()) assertThat(owned.verifier()).contains(key);
        starting.join();
    }

    private static void collectGarbage() {
        var garbage = new WeakReference<>(new Object());
        while (garbage.get() != null) System.gc();
        LockSupport.parkNanos(20_000_000); // What was collected is closed by a thread of its own.
    }
}
