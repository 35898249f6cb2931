package io.velvetastro.decisions.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.language.Overloaded;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.web.ErrorResponseException;

class ImportTest {
    private static final String LINE =
            "2026-01-01T00:00:00Z h sshd[1]: Failed password for root from 1.2.3.4 port 1 ssh2\n";

    private final Desk desk = new Desk();

    @Test
    void batchesAreStoredAsTheyFill() {
        desk.take("format=sshd", LINE.repeat(2500));

        assertThat(desk.journal.appends).isEqualTo(3);
        assertThat(desk.journal.facts).hasSize(2500);
    }

    @Test
    void aCutImportKeepsWhatCameAndResumesByBeingSentAgain() {
        var cut = new SequenceInputStream(in(LINE.repeat(1500)), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("cut");
            }
        });
        assertThatThrownBy(() -> desk.take("format=sshd", cut)).isInstanceOf(IOException.class);
        assertThat(desk.journal.facts).hasSize(1500);

        var answer = desk.take("format=sshd", LINE.repeat(2000));

        assertThat(answer).extracting(Answer::accepted, Answer::duplicates).containsExactly(500L, 1500L);
    }

    @Test
    void aPatientImportWaitsForItsReaders() {
        desk.patience = Duration.ofMinutes(1);
        desk.journal.overloadedTimes = 3;

        assertThat(desk.take("format=sshd", LINE).accepted()).isEqualTo(1);
    }

    @Test
    void anImpatientOneIsToldToComeBack() {
        desk.journal.overloadedTimes = 1;

        assertThatThrownBy(() -> desk.take("format=sshd", LINE)).isInstanceOf(Overloaded.class);
        assertThat(desk.journal.facts).isEmpty();
    }

    @Test
    void whoHasAWholeNetworkOfIpv6IsOneSender() {
        for (var address :
                List.of("2001:db8:0:1::1", "2001:db8:0:1:ffff::9", "2001:db8:0:2::1", "192.0.2.1", "192.0.2.2"))
            desk.take("format=sshd", LINE.replace("1.2.3.4", address));

        var senders = desk.attempts().stream().map(it -> it.source()).toList();
        assertThat(senders.get(0)).isEqualTo(senders.get(1));
        assertThat(Set.copyOf(senders)).hasSize(4);
    }

    @Test
    void machinesOfOneNetworkStayApart() {
        desk.take(
                "format=csv&time=t&source=s&target=d&name=n",
                "t,s,d,n\n2026-01-01T00:00:00Z,2001:db8::1,2001:db8:1::1,scan\n2026-01-01T00:00:00Z,2001:db8::2,2001:db8:1::2,scan\n");

        assertThat(desk.alerts())
                .extracting(it -> it.source())
                .containsOnly(desk.alerts().getFirst().source());
        assertThat(desk.alerts())
                .extracting(it -> it.target())
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @Test
    void anOldLogGivesWayToWhatHappensNow() {
        desk.journal.hasRoomForWhatCanWait = false;
        desk.patience = Duration.ofMillis(2);
        assertThatThrownBy(() -> desk.take("format=sshd", LINE.repeat(1000))).isInstanceOf(Overloaded.class);
        assertThat(desk.journal.facts).isEmpty();

        // What a follower sends and what comes in at the other door happens now.
        assertThat(desk.take("format=sshd", LINE.repeat(20)).accepted()).isEqualTo(20);
        desk.patience = Duration.ZERO;
        assertThat(desk.take("format=sshd&log=live", LINE.repeat(1000)).accepted())
                .isEqualTo(1000);
    }

    @Test
    void twoLogsMayHoldTheSameLine() {
        desk.take("format=sshd&log=web1", LINE);

        assertThat(desk.take("format=sshd&log=web2", LINE).accepted()).isEqualTo(1);
        assertThat(desk.attempts())
                .extracting(it -> it.principal())
                .containsOnly(desk.attempts().getFirst().principal());
    }

    @Test
    void thePassOfATenantIsOnlySoWide() {
        var turnstile = new Turnstile(1, Duration.ofSeconds(7));
        try (var inside = turnstile.enter(Desk.TENANT)) {
            assertThatThrownBy(() -> turnstile.enter(Desk.TENANT))
                    .isInstanceOfSatisfying(ErrorResponseException.class, refused -> {
                        assertThat(refused.getStatusCode().value()).isEqualTo(429);
                        assertThat(refused.getHeaders().getFirst("Retry-After")).isEqualTo("7");
                    });
            turnstile
                    .enter(new io.velvetastro.language.TenantId(new java.util.UUID(0, 8)))
                    .close();
        }
        turnstile.enter(Desk.TENANT).close();
    }

    private static InputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
