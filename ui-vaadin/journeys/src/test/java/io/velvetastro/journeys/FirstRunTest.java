package io.velvetastro.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A production house has no account; whoever can read its start makes the first one, in a browser, once. */
class FirstRunTest {
    private static final Pattern TOKEN = Pattern.compile("\\s*([A-Za-z0-9_-]{43})\\s*");
    private static final String PASSWORD = "correct horse battery staple";

    @TempDir
    Path folder;

    @Test
    void whoHasReadTheTokenSetsTheHouseUpStepByStepAndSignsIn() {
        try (var house = RunningHouse.on(folder.resolve("data"), "--spring.profiles.active=production");
                var browser = new Browser()) {
            var token = Client.await(
                    Duration.ofMinutes(4),
                    () -> house.said().stream()
                            .map(TOKEN::matcher)
                            .filter(line -> line.matches())
                            .map(line -> line.group(1))
                            .findFirst()
                            .orElse(""),
                    found -> !found.isEmpty());
            var page = browser.window(house.url(), 1440, 900);
            page.navigate("/setup");
            Browser.picture(page, "setup-token-1440");
            page.getByLabel("Setup token").fill("guessed");
            button(page, "Go on").click();
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("is not the one this house has printed");
            page.getByLabel("Setup token").fill(token);
            button(page, "Go on").click();
            button(page, "Go on").click();
            assertThat(page.getByLabel("Organisation")).isFocused(); // Nothing was filled in.
            page.getByLabel("Organisation").fill("Acme");
            page.getByLabel("Your name").fill("Ada Byron");
            page.getByLabel("E-mail").fill("ada@acme.example");
            Browser.picture(page, "setup-you-1440");
            page.setViewportSize(390, 844);
            button(page, "Go on").click();
            page.getByLabel("Password").fill("password1234");
            button(page, "Make this house mine").click();
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("The password");
            Browser.picture(page, "setup-password-390");
            page.getByLabel("Password").fill(PASSWORD);
            button(page, "Make this house mine").click();
            assertThat(page.getByText("The house is yours")).isVisible();
            assertThat(page.getByText("Letters stay in the house")).isVisible();
            Browser.picture(page, "setup-done-390");
            Assertions.assertThat(page.content()).doesNotContain(token);
            page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Sign in"))
                    .click();
            page.waitForURL("**/login");
            page.getByLabel("E-mail").fill("ada@acme.example");
            page.locator("input[type=password]").fill(PASSWORD);
            button(page, "Sign in").click();
            page.waitForURL("**/dashboard*");
            Assertions.assertThat(page.context().cookies())
                    .filteredOn(cookie -> cookie.name.endsWith("velvet-session"))
                    .singleElement()
                    .satisfies(
                            cookie -> Assertions.assertThat(cookie.name + " " + cookie.secure + " " + cookie.httpOnly)
                                    .isEqualTo("__Host-velvet-session true true"));
            Assertions.assertThat(page.navigate("/setup").status()).isEqualTo(404);
        }
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true));
    }
}
