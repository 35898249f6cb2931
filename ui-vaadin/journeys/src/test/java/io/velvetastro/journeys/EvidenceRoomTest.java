package io.velvetastro.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.velvetastro.journeys.Client.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An auditor's way: find the event, see it proven, take the bundle, and check it where the house has no say. */
class EvidenceRoomTest {
    private static final Client client = TheHouse.client();
    private static final Duration SOON = Duration.ofSeconds(60);
    private static Browser browser;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() {
        browser = new Browser();
    }

    @AfterAll
    static void close() {
        browser.close();
    }

    @Test
    void anEventIsFoundProvenTakenAndVerifiedElsewhere() throws Exception {
        var address = "203.0.113.72";
        client.post(SixEvents.ofAnAttack("ines.72", address));
        await(SOON, () -> client.text("/api/v1/incidents"), answer -> answer.contains(address));

        var page = browser.signedIn(client.url(), 1440);
        page.navigate("/forensics");
        page.getByLabel("Search the event history").fill("ines.72");
        page.keyboard().press("Enter");
        page.waitForURL("**/forensics?user=ines.72");
        page.getByText("ines.72 from " + address).first().click();
        assertThat(page.getByText("Proven", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        assertThat(page.locator("va-proof svg circle.end")).isVisible();
        Browser.picture(page, "forensics-event");
        assertThat(Browser.barriers(page)).isEmpty();

        var bundle = bundleOf(page, address);
        assertThat(verify(bundle, client.text("/api/v1/forensics/key"))).isZero();
        assertThat(verify(bundle, otherKey())).isEqualTo(1);

        page.navigate("/forensics?show=custody");
        assertThat(page.getByText("For the insurer").first()).isVisible();
        Browser.picture(page, "forensics-custody");
        assertThat(Browser.barriers(page)).isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aDrillFindsEveryChangeToTheCopy() {
        client.post(SixEvents.ofAnAttack("jon.73", "203.0.113.73"));
        var page = browser.signedIn(client.url(), 390);
        page.navigate("/forensics?show=drill");
        Browser.button(page, "Run a drill").click();
        assertThat(page.getByText("0 false alarms").first()).isVisible();
        assertThat(page.getByText("not noticed")).hasCount(0);
        Browser.picture(page, "forensics-drill");
        assertThat(Browser.barriers(page)).isEmpty();
    }

    private Path bundleOf(Page page, String address) {
        var incident = StreamSupport.stream(
                        client.get("/api/v1/incidents").path("items").spliterator(), false)
                .filter(item -> item.path("sources").toString().contains(address))
                .findFirst()
                .orElseThrow();
        page.navigate("/incidents/" + incident.path("id").asString());
        Browser.button(page, "Prove it").click();
        page.getByLabel("Reason").fill("For the insurer");
        var download = page.waitForDownload(
                new Page.WaitForDownloadOptions().setTimeout(120_000),
                () -> Browser.button(page, "Pack evidence").click());
        var file = folder.resolve("evidence.zip");
        download.saveAs(file);
        return file;
    }

    /** The exit code of the verifier's own process, which knows nothing but its command line. */
    private int verify(Path bundle, String key) throws IOException, InterruptedException {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.velvetastro.app.cli.CommandLine",
                "verify",
                bundle.toString(),
                "--key",
                key.strip());
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    private static String otherKey() {
        return io.velvetastro.ledger.SigningKey.generate(
                        "velvetastro.io/log/other", io.velvetastro.ledger.VerifierKey.Kind.LOG)
                .verifier()
                .toString();
    }
}
