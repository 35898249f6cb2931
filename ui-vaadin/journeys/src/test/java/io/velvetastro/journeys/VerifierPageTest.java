package io.velvetastro.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page that verifies a bundle, taken from the house and opened from disk on a machine without a network. */
class VerifierPageTest {
    private static final Client client = TheHouse.client();
    private static final String USER = "<img src=x onerror=document.title='owned'>75";

    @TempDir
    static Path folder;

    private static Browser browser;
    private static HouseEvidence evidence;
    private static Path verifier;

    @BeforeAll
    static void open() throws Exception {
        browser = new Browser();
        evidence = HouseEvidence.of(client, folder, USER, "203.0.113.75");
        verifier = folder.resolve("verify.html");
        var page = browser.signedIn(client.url(), 1440);
        page.navigate("/forensics?show=verify");
        var link = page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Save verify.html"));
        page.waitForDownload(link::click).saveAs(verifier);
        page.close();
    }

    @AfterAll
    static void close() {
        browser.close();
    }

    @Test
    void aBundleIsProvenInTheWordsOfTheCommandLine() throws Exception {
        var page = opened(1440);
        page.locator("summary").click();
        var report = evidence.report();
        page.locator("#attack").fill(report.judged().getFirst().series());
        page.locator("#complete").fill(evidence.incident());
        page.locator("#uncounted").fill("100000"); // Whatever else the house does meanwhile.
        page.setInputFiles("#kept", folder.resolve("first.zip"));
        assertThat(verdicts(page, evidence.file()))
                .containsExactly("PROVEN", "NOTHING REWRITTEN", "JUDGED", "COMPLETE");
        page.locator("#answer summary").first().click();
        assertThat(page.locator("#answer .rule").first())
                .hasText(report.judged()
                        .getFirst()
                        .text()
                        .text()
                        .lines()
                        .findFirst()
                        .orElseThrow());
        assertThat(page.locator("#answer section:first-child li").allTextContents())
                .containsExactlyInAnyOrderElementsOf(report.proven());
        // It may name more limits than our own verifier, and none less; how many leaves came behind the count is told
        // by both in words of their own.
        assertThat(page.locator("#answer section:last-child li").allTextContents())
                .containsAll(report.notProven().stream()
                        .filter(line -> !line.startsWith("Events behind leaf"))
                        .toList());
        assertThat(page.getByText("user: " + USER).first()).isVisible();
        Browser.picture(page, "verifier-1440");
        assertThat(Browser.barriers(page)).isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void oneFlippedBitInAnyFileIsRefused() throws Exception {
        var page = opened(1440);
        for (var file : evidence.files().entrySet()) {
            if (file.getKey().equals("about.txt")) continue; // For people; nothing in it is evidence.
            int last = file.getValue().length * 8 - 8 * 9; // Within the last line, and before its end.
            var forged = evidence.withFlippedBit(file.getKey(), Math.max(last, 0) + 1);
            assertThat(verdicts(page, forged))
                    .as(file.getKey())
                    .singleElement()
                    .asString()
                    .startsWith("NOT PROVEN (");
        }
    }

    @Test
    void withoutTheRightKeyNothingIsProven() throws Exception {
        var page = opened(1440);
        page.locator("#key").fill("");
        assertThat(verdicts(page, evidence.file())).containsExactly("Paste the log's verifier key first");
        page.locator("#key").fill(evidence.witness());
        assertThat(verdicts(page, evidence.file())).containsExactly("NOT PROVEN (MALFORMED)");
        page.locator("#key")
                .fill(io.velvetastro.ledger.SigningKey.generate(
                                evidence.key().substring(0, evidence.key().indexOf('+')),
                                io.velvetastro.ledger.VerifierKey.Kind.LOG)
                        .verifier()
                        .toString());
        assertThat(verdicts(page, evidence.file())).containsExactly("NOT PROVEN (UNSIGNED)");
    }

    @Test
    void whatIsHostileIsBoundedAndInert() throws Exception {
        var page = opened(1440);
        var event = evidence.files().keySet().stream()
                .filter(name -> name.endsWith(".json"))
                .findFirst()
                .orElseThrow();
        assertThat(verdicts(page, with(event, new byte[17 * 1024 * 1024]))).containsExactly("NOT PROVEN (HOSTILE)");
        assertThat(page.locator("dl")).containsText("at most 16777216 bytes a file");
        assertThat(verdicts(page, with("<img src=x onerror=document.title='owned'>", new byte[1])))
                .containsExactly("NOT PROVEN (HOSTILE)");
        assertThat(page.locator("dl")).containsText("<img src=x");
        assertThat(verdicts(page, with("events/../../etc/passwd", new byte[1])))
                .containsExactly("NOT PROVEN (HOSTILE)");
        assertThat(verdicts(page, claimingToHave(1L << 40))).containsExactly("NOT PROVEN (HOSTILE)");
        assertThat(page.locator("dl")).containsText("at most 300000 files");
        assertThat(verdicts(page, claimingToHave(200_000))).containsExactly("NOT PROVEN (MALFORMED)");
        assertThat(verdicts(page, "no zip at all".getBytes(UTF_8))).containsExactly("NOT PROVEN (MALFORMED)");
        assertThat(verdicts(page, new byte[0])).containsExactly("NOT PROVEN (MALFORMED)");
        assertThat(page.locator("img")).hasCount(0);
        assertThat(page.title()).isEqualTo("Verify evidence · Velvet Astro");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void itFitsAPhone() {
        var page = opened(390);
        assertThat(verdicts(page, evidence.file())).containsExactly("PROVEN");
        assertThat((boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .isTrue();
        Browser.picture(page, "verifier-390");
        assertThat(Browser.barriers(page)).isEmpty();
    }

    /** From disk, offline, with the house's keys pasted. */
    private static Page opened(int width) {
        var page = browser.window(client.url(), width, 900);
        page.context().setOffline(true);
        var asked = new CopyOnWriteArrayList<String>();
        page.onRequest(request -> asked.add(request.url()));
        page.navigate(verifier.toUri().toString());
        assertThat(asked).isEqualTo(List.of(verifier.toUri().toString()));
        page.onRequest(request -> {
            throw new AssertionError("It asked for " + request.url());
        });
        page.locator("#key").fill(evidence.key());
        page.locator("#witness").fill(evidence.witness());
        return page;
    }

    private static List<String> verdicts(Page page, Path bundle) {
        page.setInputFiles("#bundle", bundle);
        return verdicts(page);
    }

    private static List<String> verdicts(Page page, byte[] bundle) {
        page.setInputFiles("#bundle", new FilePayload("evidence.zip", "application/zip", bundle));
        return verdicts(page);
    }

    private static List<String> verdicts(Page page) {
        page.evaluate("document.getElementById('answer').replaceChildren()");
        Browser.button(page, "Verify bundle").click();
        page.locator("#answer section").first().waitFor();
        return page.locator("#answer .verdict").allTextContents();
    }

    private static byte[] with(String name, byte[] bytes) throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>(evidence.files());
        files.put(name, bytes);
        return HouseEvidence.zipped(files);
    }

    /** A table of files that says it is longer than it is: the wider one that zips have for more than 65,535. */
    private static byte[] claimingToHave(long files) throws Exception {
        var honest = HouseEvidence.zipped(evidence.files());
        int end = honest.length - 22;
        long table = ByteBuffer.wrap(honest).order(ByteOrder.LITTLE_ENDIAN).getInt(end + 16);
        var forged = ByteBuffer.allocate(honest.length + 56 + 20).order(ByteOrder.LITTLE_ENDIAN);
        forged.put(honest, 0, end);
        forged.putInt(0x06064b50).putLong(44).putShort((short) 45).putShort((short) 45);
        forged.putInt(0)
                .putInt(0)
                .putLong(files)
                .putLong(files)
                .putLong(end - table)
                .putLong(table);
        forged.putInt(0x07064b50).putInt(0).putLong(end).putInt(1);
        forged.put(honest, end, 22);
        return forged.array();
    }
}
