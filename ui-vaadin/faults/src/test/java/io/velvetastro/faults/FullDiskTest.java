package io.velvetastro.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * F3: the disk is full. The house lives on a small disk of its own (a tmpfs in a mount namespace), and we fill it from outside.
 */
@Tag("F3")
class FullDiskTest {
    private static final Duration LONG = Duration.ofMinutes(3);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    @Tag("short")
    void nothingIsAcknowledgedThatIsNotStoredHealthSaysSoAndItRecovers() throws Exception {
        try (var house = onASmallDisk()) {
            var client = Client.of(house);
            Burst burst;
            try (var going = new Burst(client, "full", 200)) {
                burst = going;
                Patience.until(LONG, going::acknowledged, count -> count >= 20);
                var ballast = fill(house);
                Patience.until(LONG, going.refusals()::size, any -> going.answered(503) >= 10);
                Patience.until(
                        LONG, () -> client.asked("/actuator/health/readiness").status(), status -> status == 503);
                Files.delete(ballast);
                int before = going.acknowledged();
                Patience.until(LONG, going::acknowledged, count -> count >= before + 20);
            }
            assertThat(burst.statuses().keySet()).isSubsetOf(202, 429, 503);
            assertThat(burst.lostBy(client)).isZero();
            Patience.until(
                    LONG, () -> client.asked("/actuator/health/readiness").status(), status -> status == 200);
        }
    }

    /** The control: who answers before the disk has it answers on a full disk too. */
    @Test
    @Tag("long")
    @Tag("control")
    void aHouseThatAnswersTooEarlyIsFoundOut() throws Exception {
        try (var house = onASmallDisk("--velvet.faults.answers-early=true")) {
            var client = Client.of(house);
            Burst burst;
            Path ballast;
            try (var going = new Burst(client, "early", 200)) {
                burst = going;
                Patience.until(LONG, going::acknowledged, count -> count >= 20);
                ballast = fill(house);
                Patience.until(LONG, going::acknowledged, count -> count >= 400 || going.answered(503) >= 10);
            }
            Files.delete(ballast);
            Patience.until(
                    LONG, () -> client.asked("/actuator/health/readiness").status(), status -> status == 200);
            assertThat(burst.lostBy(client)).isPositive();
        }
    }

    private House onASmallDisk(String... settings) throws Exception {
        var disk = Files.createDirectories(folder.resolve("disk"));
        var mounts = new ProcessBuilder("unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", disk.toString()).start();
        assumeTrue(mounts.waitFor() == 0, "no mount namespaces here");
        var mount = "mount -t tmpfs -o size=900m,mode=755 tmpfs \"$1\" && shift && exec \"$@\"";
        return House.startedBy(
                List.of("unshare", "-rm", "sh", "-c", mount, "sh", disk.toString()), disk.resolve("data"), settings);
    }

    /** Leaves a megabyte. */
    private Path fill(House house) throws IOException {
        var disk = Path.of("/proc/" + house.pid() + "/root" + folder.resolve("disk"));
        var ballast = disk.resolve("ballast");
        var megabyte = new byte[1 << 20];
        try (var out = Files.newOutputStream(ballast)) {
            while (disk.toFile().getUsableSpace() > 1 << 20) out.write(megabyte);
        } catch (IOException full) {
            // That was the point.
        }
        return ballast;
    }
}
