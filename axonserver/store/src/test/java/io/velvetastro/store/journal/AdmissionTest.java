package io.velvetastro.store.journal;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.language.Overloaded;
import io.velvetastro.language.Stream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    @Test
    void whatCanWaitLeavesHalfTheRoomToWhatHappensNow() {
        var halfFull = new Admission(() -> 6, 10, Duration.ofSeconds(2));
        assertThatThrownBy(halfFull::checkWhatCanWait).isInstanceOf(Overloaded.class);
        assertThatCode(() -> halfFull.check(Stream.TELEMETRY)).doesNotThrowAnyException();
        assertThatCode(new Admission(() -> 5, 10, Duration.ofSeconds(2))::checkWhatCanWait)
                .doesNotThrowAnyException();
    }
}
