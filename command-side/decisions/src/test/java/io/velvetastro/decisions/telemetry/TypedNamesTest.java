package io.velvetastro.decisions.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypedNamesTest {
    private final Desk desk = new Desk();

    @ParameterizedTest
    @ValueSource(strings = {"Geheim#2026", "aB3!aB3!", "Tr0ub4dor&3", "correct-Horse-7-%"})
    void aPasswordLooksLikeOne(String typed) {
        assertThat(TypedNames.looksLikePassword(typed)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "root",
                "ann.smith@example.com",
                "Ann.Smith2@Example.com",
                "CORP\\Ann.Smith2",
                "WEB-01$",
                "Administrator1",
                "oracle_12C",
                "aB3!",
                "Søren.Kierkegaard1"
            })
    void aNameDoesNot(String typed) {
        assertThat(TypedNames.looksLikePassword(typed)).isFalse();
    }

    @Test
    void aPasswordTypedAsAnUnknownNameIsNotStoredAndTheAttemptIs() {
        desk.take("format=sshd&year=2026", """
                Feb  1 14:17:34 web-1 sshd[7]: Failed password for invalid user Geheim#2026 from 41.77.145.22 port 22 ssh2
                """);

        assertThat(desk.attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.principal()).isNull();
            assertThat(attempt.source()).isNotNull();
            assertThat(desk.seals.open(Desk.TENANT, attempt.personal()).orElseThrow())
                    .doesNotContain("Geheim");
        });
    }

    @Test
    void whoIsKnownByANameLikeThatKeepsIt() {
        desk.take("format=sshd&year=2026", """
                Feb  1 14:17:34 web-1 sshd[7]: Failed password for Geheim#2026 from 41.77.145.22 port 22 ssh2
                """);

        assertThat(desk.opened(desk.attempts().getFirst().personal()).user()).isEqualTo("Geheim#2026");
    }
}
