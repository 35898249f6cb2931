package io.velvetastro.witness;

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

    private static void collectGarbage() {
        var garbage = new WeakReference<>(new Object());
        while (garbage.get() != null) System.gc();
        LockSupport.parkNanos(20_000_000); // What was collected is closed by a thread of its own.
    }
}
