package io.velvetastro.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.CannotStart;
import io.velvetastro.language.CannotStart.Because;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.web.server.PortInUseException;

class OneLineTest {

    static Stream<Throwable> whatAPersonCanMend() {
        return Stream.of(
                new PortInUseException(8080),
                new CannotStart(Because.USAGE, "The demo store cannot serve production."),
                new IOException("write failed: No space left on device"),
                new SQLException("refused", "08001"),
                new SQLException("password", "28P01"),
                new SQLException("ERROR: permission denied for database velvet\n  Location: aclchk.c", "42501"));
    }

    @ParameterizedTest
    @MethodSource("whatAPersonCanMend")
    void whatAPersonCanMendIsSaidInOneLine(Throwable cause) {
        var said = new ByteArrayOutputStream();
        var before = System.err;
        System.setErr(new PrintStream(said, true));
        try {
            assertThat(new OneLine()
                            .reportException(new IllegalStateException("deep inside", new RuntimeException(cause))))
                    .isTrue();
        } finally {
            System.setErr(before);
        }
        assertThat(said.toString()).hasLineCount(1).doesNotContain("Exception");
    }

    @Test
    void aFaultOfOursKeepsItsStackTrace() {
        assertThat(new OneLine().reportException(new IllegalStateException("a bug")))
                .isFalse();
        assertThat(OneLine.exitCodeOf(new IllegalStateException("a bug"))).isEqualTo(1);
    }

    @Test
    void wrongUsageIsTwoAndAMachineInTheWayIsOne() {
        assertThat(OneLine.exitCodeOf(new CannotStart(Because.USAGE, "so"))).isEqualTo(2);
        assertThat(OneLine.exitCodeOf(new PortInUseException(1))).isEqualTo(1);
    }
}
