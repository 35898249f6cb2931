package io.velvetastro.decisions.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;

/** Whatever comes in, every line is accounted for, nothing is thrown, and what is kept is inert. Run with JAZZER_FUZZ=1 to search for more. */
class ParsersFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void sshdTakesAnything(byte[] input) {
        holds("format=sshd&year=2025", input);
    }

    @FuzzTest(maxDuration = "60s")
    void ocsfTakesAnything(byte[] input) {
        holds("format=ocsf", input);
    }

    @FuzzTest(maxDuration = "60s")
    void cowrieTakesAnything(byte[] input) {
        holds("format=cowrie", input);
    }

    @FuzzTest(maxDuration = "60s")
    void csvTakesAnything(byte[] input) {
        var header = "t,n,s,o\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        var file = new byte[header.length + input.length];
        System.arraycopy(header, 0, file, 0, header.length);
        System.arraycopy(input, 0, file, header.length, input.length);
        holds("format=csv&time=t&timeUnit=s&name=n&source=s&outcome=o", file);
    }

    static void holds(String query, byte[] input) {
        var desk = new Desk();
        var answer = desk.take(query, input);
        assertThat(answer.accepted()).isEqualTo(desk.journal.facts.size());
        assertThat(answer.rejectedTotal()).isEqualTo(desk.rejections.size());
        for (var attempt : desk.attempts()) {
            var personal = desk.opened(attempt.personal());
            inert(
                    attempt.host(),
                    attempt.service(),
                    attempt.method(),
                    attempt.sensor(),
                    personal.user(),
                    personal.line());
        }
        for (var alert : desk.alerts())
            inert(alert.name(), alert.host(), desk.opened(alert.personal()).user());
        for (var rejection : desk.rejections) inert(rejection.field(), rejection.detail());
    }

    private static void inert(String... texts) {
        for (var text : java.util.Arrays.stream(texts)
                .filter(java.util.Objects::nonNull)
                .toList()) assertThat(List.of(Inert.text(text))).containsExactly(text);
    }
}
