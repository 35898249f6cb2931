package io.velvetastro.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitUntilState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody leaves a page open and walks away: the page goes on listening, and they are signed out all the same. */
class AwayTest {
    private static final Duration LONG = Duration.ofMinutes(2);

    @Test
    void whoWalksAwayIsSignedOutToldWhyAndGoesOnWhereTheyWere(@TempDir Path data) {
        try (var house = RunningHouse.on(data.resolve("house"), "--velvet.session.idle=PT20S");
                var browser = new Browser()) {
            var page = browser.signedIn(house.url(), 1440);
            page.navigate("/incidents?status=contained");
            saysThatSomebodyIsThere(page);
            page.waitForURL("**/login?idle", new Page.WaitForURLOptions().setTimeout(LONG.toMillis()));
            assertThat(page.getByRole(AriaRole.STATUS)).containsText("signed out after 20 seconds without use");
            Browser.picture(page, "login-idle-1440");
            page.getByLabel("E-mail").fill("admin@velvet.com");
            page.locator("input[type=password]").fill("password");
            Browser.button(page, "Sign in").click();
            page.waitForURL(
                    "**/incidents?status=contained*", new Page.WaitForURLOptions().setWaitUntil(WaitUntilState.COMMIT));
        }
    }

    private static void saysThatSomebodyIsThere(Page page) {
        var said = new AtomicBoolean();
        page.onRequest(request -> {
            var body = request.postData();
            if (body != null && body.contains("somebody")) said.set(true);
        });
        Client.await(
                LONG,
                () -> {
                    page.keyboard().press("Shift");
                    return said.get();
                },
                Boolean::booleanValue);
    }
}
