package io.velvetastro.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocket;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two people leave the same page open: one of them walks away. */
class AwayTest {
    private static final Duration LONG = Duration.ofMinutes(4);
    private static final String PLACE = "/incidents?show=all";

    @Test
    void whoWalksAwayIsSignedOutAndToldWhyAndWhoIsAtTheirPageStays(@TempDir Path data) {
        try (var house = RunningHouse.on(data.resolve("house"), "--velvet.session.idle=PT1M");
                var browser = new Browser()) {
            var client = new Client(house, house.url()).signIn();
            var there = browser.signedIn(house.url(), 1440);
            there.navigate(PLACE);
            var away = browser.signedIn(house.url(), 1440);
            var lines = new CopyOnWriteArrayList<WebSocket>();
            away.onWebSocket(lines::add);
            away.navigate(PLACE);
            client.post(SixEvents.ofAnAttack("away.71", "203.0.113.71"));
            assertThat(away.getByText("203.0.113.71").first())
                    .isVisible(); // It listens: what it hears is no use of it.
            var heardBy = List.copyOf(lines); // The door has a line of its own.
            assertThat(heardBy).isNotEmpty();

            Client.await(LONG, () -> whileSomebodyIsAt(there, away), url -> url.endsWith("/login?idle"));

            assertThat(away.getByRole(AriaRole.STATUS)).containsText("signed out after 1 minute without use");
            Client.await(LONG, () -> open(away, heardBy), List::isEmpty);
            Browser.picture(away, "login-idle-1440");
            assertThat(there.url()).endsWith(PLACE);
            there.keyboard().press("g");
            there.keyboard().press("d");
            there.waitForURL("**/dashboard*");

            away.getByLabel("E-mail").fill("admin@velvet.com");
            away.locator("input[type=password]").fill("password");
            Browser.button(away, "Sign in").click();
            away.waitForURL(url -> url.contains(PLACE));
            assertThat(away.getByText("203.0.113.71").first()).isVisible();
        }
    }

    /** A key that does nothing is use all the same. Answers where the other page has got to. */
    private static String whileSomebodyIsAt(Page there, Page away) {
        there.keyboard().press("Shift");
        return away.url();
    }

    /** What a browser tells is heard while it is asked something. */
    private static List<WebSocket> open(Page page, List<WebSocket> lines) {
        page.title();
        return lines.stream().filter(line -> !line.isClosed()).toList();
    }
}
