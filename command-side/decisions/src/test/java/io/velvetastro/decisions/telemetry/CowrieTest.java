package io.velvetastro.decisions.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CowrieTest {
    private final Desk desk = new Desk();

    @Test
    void aLoginIsKeptAndThePasswordIsNot() {
        desk.take("format=cowrie", """
                {"eventid": "cowrie.login.failed", "src_ip": "41.77.145.22", "dst_ip": "172.17.0.2", "protocol": "ssh", "sensor": "db-backup-01", "timestamp": "2026-02-01T14:17:34.189158Z", "username": "root", "password": "hunter2", "message": "login attempt [root/hunter2] failed"}
                {"eventid": "cowrie.login.success", "src_ip": "41.77.145.22", "protocol": "telnet", "sensor": "db-backup-01", "timestamp": "2026-02-01T14:17:38.215410Z", "username": "root", "password": "hunter2", "message": "login attempt [root/hunter2] succeeded"}
                """);

        assertThat(desk.failures()).hasSize(1);
        assertThat(desk.successes().getFirst().attempt().service()).isEqualTo("telnet");
        assertThat(desk.attempts())
                .allSatisfy(attempt -> assertThat(
                                desk.seals.open(Desk.TENANT, attempt.personal()).orElseThrow())
                        .doesNotContain("hunter2")
                        .contains("root"));
    }

    @Test
    void whatIntrudersTypeIsAnAlertWithoutTheSecretsInIt() {
        desk.take("format=cowrie", """
                {"eventid":"cowrie.command.input","src_ip":"41.77.145.22","sensor":"s","timestamp":"2026-02-01T14:17:49.567569Z","input":"rm -rf /var/log/*"}
                {"eventid":"cowrie.command.input","src_ip":"41.77.145.22","sensor":"s","timestamp":"2026-02-01T14:17:50.567569Z","input":"echo root:geheim|chpasswd"}
                {"eventid":"cowrie.session.file_download","src_ip":"41.77.145.22","sensor":"s","timestamp":"2026-02-01T14:17:51Z","url":"http://me:geheim@1.2.3.4/x.sh?key=geheim"}
                """);

        assertThat(desk.alerts())
                .extracting(alert ->
                        alert.name() + " " + desk.opened(alert.personal()).line())
                .containsExactly(
                        "Cowrie: command input rm -rf /var/log/*",
                        "Cowrie: command input echo …|chpasswd",
                        "Cowrie: file download http://1.2.3.4/x.sh");
    }

    @Test
    void aPasswordTypedAsTheNameIsNobodysName() {
        desk.take("format=cowrie", """
                {"eventid": "cowrie.login.failed", "src_ip": "41.77.145.22", "sensor": "s", "timestamp": "2026-02-01T14:17:34.189158Z", "username": "Geheim#2026x", "password": "Geheim#2026x"}
                """);

        assertThat(desk.attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(
                                desk.seals.open(Desk.TENANT, attempt.personal()).orElseThrow())
                        .doesNotContain("Geheim"));
    }

    @Test
    void sessionsAreSkipped() {
        var answer =
                desk.take("format=cowrie", "{\"eventid\":\"cowrie.session.connect\",\"src_ip\":\"41.77.145.22\"}\n");

        assertThat(answer.skipped()).isEqualTo(1);
    }

    @Test
    void whatIsMissingIsNamed() {
        var answer = desk.take("format=cowrie", """
                {"src_ip":"1.2.3.4"}
                {"eventid":"cowrie.login.failed","timestamp":"2026-02-01T14:17:49Z"}
                {"eventid":"cowrie.login.failed","src_ip":"1.2.3.4"}
                {"eventid":"cowrie.login.failed","src_ip":"1.2.3.4","timestamp":"yesterday"}
                """);

        assertThat(answer.rejected())
                .extracting(rejection -> rejection.field() + " " + rejection.detail())
                .containsExactly(
                        "eventid is missing",
                        "src_ip is missing",
                        "timestamp is missing",
                        "timestamp is not an ISO 8601 time");
    }
}
