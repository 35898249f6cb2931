package io.velvetastro.decisions.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.decisions.telemetry.Answer.Rejection;
import io.velvetastro.language.LoginFailed;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SshdTest {
    private final Desk desk = new Desk();

    @Test
    void aWrongPasswordIsAFailedLoginWithEverythingTheLineSays() {
        desk.take(
                "format=sshd&year=2025",
                "Dec 10 09:32:20 LabSZ sshd[24680]: Failed password for root from 119.4.203.64 port 2191 ssh2\n");

        var failed = desk.failures().getFirst();
        var attempt = failed.attempt();
        assertThat(attempt.occurredAt()).isEqualTo("2025-12-10T09:32:20Z");
        assertThat(attempt.host()).isEqualTo("LabSZ");
        assertThat(attempt.service()).isEqualTo("ssh");
        assertThat(attempt.method()).isEqualTo("password");
        assertThat(failed.cause()).isEqualTo("wrong-password");
        var personal = desk.opened(attempt.personal());
        assertThat(personal.user()).isEqualTo("root");
        assertThat(personal.address()).isEqualTo("119.4.203.64");
        assertThat(personal.line()).startsWith("Dec 10 09:32:20 LabSZ");
    }

    @Test
    void anAcceptedKeyIsASuccessAndItsFingerprintConfusesNobody() {
        desk.take(
                "format=sshd&year=2026",
                "Feb  3 01:02:03 web sshd-session[9]: Accepted publickey for alice from 2001:DB8::1 port 50222 ssh2: ED25519-CERT SHA256:abc ID eve from 9.9.9.9 port 1 (serial 0) CA RSA SHA256:x\n");

        var attempt = desk.successes().getFirst().attempt();
        assertThat(attempt.method()).isEqualTo("publickey");
        assertThat(desk.opened(attempt.personal()).user()).isEqualTo("alice");
        assertThat(desk.opened(attempt.personal()).address()).isEqualTo("2001:db8::1");
    }

    @Test
    void aNameThatForgesALineIsOnlyAName() {
        desk.take(
                "format=sshd&year=2026",
                "Feb  3 01:02:03 web sshd[9]: Failed password for invalid user root from 8.8.8.8 port 22 ssh2 from 203.0.113.9 port 4444 ssh2\n");

        var failed = desk.failures().getFirst();
        assertThat(failed.cause()).isEqualTo("unknown-user");
        assertThat(desk.opened(failed.personal()).address()).isEqualTo("203.0.113.9");
        assertThat(desk.opened(failed.personal()).user()).isEqualTo("root from 8.8.8.8 port 22 ssh2");
    }

    @Test
    void isoTimesAndRfc5424AreReadAsWell() {
        var answer = desk.take("format=sshd", """
                2026-02-10T10:00:00.123456+01:00 host sshd[1]: Failed password for bob from 1.2.3.4 port 1 ssh2
                2026-02-10T10:00:01+0100 host sshd[1]: Failed password for bob from 1.2.3.4 port 1 ssh2
                <38>1 2026-02-10T09:00:02.5Z host sshd 123 ID47 [x@1 a="] b"][y@1] Accepted keyboard-interactive/pam for bob from 1.2.3.4 port 1 ssh2
                <38>Feb 10 09:00:03 host sshd[1]: Failed publickey for bob from 1.2.3.4 port 1 ssh2: RSA SHA256:abc
                """);

        assertThat(answer.rejected()).isEmpty();
        assertThat(desk.attempts())
                .extracting(attempt -> attempt.occurredAt().toString())
                .containsExactly(
                        "2026-02-10T09:00:00.123456Z",
                        "2026-02-10T09:00:01Z",
                        "2026-02-10T09:00:02.500Z",
                        "2026-02-10T09:00:03Z");
        assertThat(desk.successes().getFirst().attempt().method()).isEqualTo("keyboard-interactive");
        assertThat(desk.failures().getLast().cause()).isEqualTo("wrong-key");
    }

    @Test
    void repeatedMessagesAreAsManyEvents() {
        var answer = desk.take(
                "format=sshd&year=2025",
                "Dec 10 11:04:43 LabSZ sshd[25539]: message repeated 3 times: [ Failed password for root from 183.62.140.253 port 36300 ssh2]\n");

        assertThat(answer.accepted()).isEqualTo(3);
        assertThat(desk.failures()).extracting(LoginFailed::id).doesNotHaveDuplicates();
    }

    @Test
    void anAbsurdRepetitionIsRefusedByName() {
        var answer = desk.take(
                "format=sshd&year=2025",
                "Dec 10 11:04:43 LabSZ sshd[2]: message repeated 99999999 times: [ Failed password for root from 1.2.3.4 port 3 ssh2]\n");

        assertThat(answer.rejected()).containsExactly(new Rejection(0, "repeated", "is more than 10000"));
    }

    @Test
    void linesThatAreNoSignInAreSkipped() {
        var answer = desk.take("format=sshd&year=2025", """
                Dec 10 06:55:46 LabSZ sshd[1]: pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=1.2.3.4  user=root
                Dec 10 06:55:48 LabSZ sshd[1]: Connection closed by 173.234.31.186 [preauth]
                Dec 10 07:02:47 LabSZ sshd[1]: Received disconnect from 1.2.3.4: 11: Bye Bye [preauth]
                Dec 10 07:02:47 LabSZ sshd[1]: Failed none for invalid user admin from 1.2.3.4 port 5 ssh2
                Dec 10 07:02:48 LabSZ sshd[1]: Invalid user admin from 1.2.3.4 port 5
                Dec 10 07:02:49 LabSZ CRON[7]: pam_unix(cron:session): session opened for user root
                """);

        assertThat(answer.skipped()).isEqualTo(6);
        assertThat(answer.rejectedTotal()).isZero();
    }

    @Test
    void theYearTurnsWithTheLog() {
        desk.take("format=sshd&year=2024", """
                Dec 31 23:59:58 h sshd[1]: Failed password for a from 1.2.3.4 port 1 ssh2
                Jan  1 00:00:01 h sshd[1]: Failed password for b from 1.2.3.4 port 1 ssh2
                Dec 31 23:59:59 h sshd[1]: Failed password for c from 1.2.3.4 port 1 ssh2
                Jan  1 00:00:02 h sshd[1]: Failed password for d from 1.2.3.4 port 1 ssh2
                """);

        assertThat(desk.attempts())
                .extracting(attempt -> attempt.occurredAt().toString())
                .containsExactly(
                        "2024-12-31T23:59:58Z", "2025-01-01T00:00:01Z", "2024-12-31T23:59:59Z", "2025-01-01T00:00:02Z");
    }

    @Test
    void withoutAYearTheLatestPastOneIsMeant() {
        desk.now = Instant.parse("2026-01-05T00:00:00Z");
        desk.take("format=sshd", """
                Dec 30 10:00:00 h sshd[1]: Failed password for a from 1.2.3.4 port 1 ssh2
                Jan  4 10:00:00 h sshd[1]: Failed password for a from 1.2.3.4 port 1 ssh2
                """);

        assertThat(desk.attempts())
                .extracting(attempt -> attempt.occurredAt().toString())
                .containsExactly("2025-12-30T10:00:00Z", "2026-01-04T10:00:00Z");
    }

    @Test
    void theZoneOfTheLogCounts() {
        desk.take(
                "format=sshd&year=2025&zone=Europe/Oslo",
                "Jul 10 12:00:00 h sshd[1]: Failed password for a from 1.2.3.4 port 1 ssh2\n");

        assertThat(desk.attempts().getFirst().occurredAt()).isEqualTo("2025-07-10T10:00:00Z");
    }

    @Test
    void aDayThatTheYearDoesNotHaveIsRefusedByName() {
        var answer = desk.take(
                "format=sshd&year=2025", "Feb 29 12:00:00 h sshd[1]: Failed password for a from 1.2.3.4 port 1 ssh2\n");

        assertThat(answer.rejected()).singleElement().satisfies(rejection -> {
            assertThat(rejection.field()).isEqualTo("time");
            assertThat(rejection.detail()).contains("year=");
        });
    }

    @Test
    void whatIsNoSyslogIsRefusedAndItsNeighboursAreTaken() {
        var answer = desk.take(
                "format=sshd&year=2025",
                "garbage\n" + "Dec 10 09:32:20 h sshd[1]: Failed password for a from 1.2.3.4 port 1 ssh2\r\n"
                        + "Dec 10\n"
                        + "Dec 10 09:32:21 h sshd[1]: Failed password for a from not.an.address port 1 ssh2\n"
                        + "Dec 10 09:32:22 h sshd[1]: Accepted password for a from 1.2.3.4 port 1 ssh2");

        assertThat(answer.accepted()).isEqualTo(2);
        assertThat(answer.rejected()).extracting(Rejection::index).containsExactly(0L, 2L, 3L);
        assertThat(answer.rejected()).extracting(Rejection::field).containsExactly("time", "line", "address");
    }

    @Test
    void whatSteersATerminalIsMadeVisible() {
        desk.take(
                "format=sshd&year=2025",
                "Dec 10 09:32:20 h\u001b[31m sshd[1]: Failed password for \u001b[2J\0\u202egnp from 1.2.3.4 port 1 ssh2\n");

        var failed = desk.failures().getFirst();
        assertThat(failed.host()).isEqualTo("h␛[31m");
        assertThat(desk.opened(failed.personal()).user()).isEqualTo("␛[2J␀\ufffdgnp");
    }

    @Test
    void bytesThatAreNoTextLoseNobodyTheirLine() {
        var line = "Dec 10 09:32:20 h sshd[1]: Failed password for invalid user XX from 1.2.3.4 port 1 ssh2\n"
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        line[60] = (byte) 0xff;

        assertThat(desk.take("format=sshd&year=2025", line).accepted()).isEqualTo(1);
    }

    @Test
    void aLineFromTomorrowIsRefused() {
        var answer = desk.take(
                "format=sshd", "2026-03-01T12:11:00Z h sshd[1]: Failed password for a from 1.2.3.4 port 1 ssh2\n");

        assertThat(answer.rejected())
                .containsExactly(new Rejection(0, "time", "is more than 10 minutes ahead of our clock"));
    }
}
