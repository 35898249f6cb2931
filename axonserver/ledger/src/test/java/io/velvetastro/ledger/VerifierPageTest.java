package io.velvetastro.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the page that verifies in a browser may do: nothing but run its own script. A journey tries what it says of bundles. */
class VerifierPageTest {
    private final String page = page();

    @Test
    void onlyTheScriptAndTheStyleThatStandInItAreAllowed() {
        assertThat(policy())
                .isEqualTo("default-src 'none'; script-src 'sha256-" + hashOf("script") + "'; style-src 'sha256-"
                        + hashOf("style") + "'; base-uri 'none'; form-action 'none'");
    }

    @Test
    void itIsOneFileThatLoadsNothingAndWritesNoMarkup() {
        assertThat(page).doesNotContainPattern("(?i)\\b(?:src|href|srcset)=|url\\(|@import|import\\(");
        assertThat(page)
                .doesNotContainPattern(
                        "\\b(?:fetch|XMLHttpRequest|WebSocket|sendBeacon|eval|Function|innerHTML|outerHTML|insertAdjacentHTML|document\\.write)\\b");
        assertThat(page.getBytes(UTF_8)).hasSizeLessThan(80 * 1024);
    }

    private String policy() {
        var meta = Pattern.compile("Content-Security-Policy\" content=\"([^\"]+)\"")
                .matcher(page);
        assertThat(meta.find()).isTrue();
        return meta.group(1);
    }

    private String hashOf(String element) {
        var found = Pattern.compile("<" + element + ">(.*?)</" + element + ">", Pattern.DOTALL)
                .matcher(page);
        assertThat(found.find()).isTrue();
        var content = found.group(1);
        assertThat(found.find()).as("one " + element).isFalse();
        return Text.base64(Hash.sha256().digest(content.getBytes(UTF_8)));
    }

    private static String page() {
        try (var in = Objects.requireNonNull(Verifier.class.getResourceAsStream("page/verify.html"))) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
