package io.velvetastro.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.LoadState;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchingTest {
    private static final Client client = TheHouse.client();
    private static Browser browser;

    @BeforeAll
    static void open() {
        browser = new Browser();
    }

    @AfterAll
    static void close() {
        browser.close();
    }

    @Test
    void anAttackAppearsOnAnOpenScreenWithoutReloading() {
        var page = signedIn(1440);
        page.navigate("/incidents");
        page.evaluate("window.neverReloaded = true");

        client.post(SixEvents.ofAnAttack("vera.51", "203.0.113.51"));
        try {
            assertThat(page.getByText("203.0.113.51").first()).isVisible(new IsVisibleOptions().setTimeout(10_000));
        } finally {
            Browser.picture(page, "incidents");
        }
        Assertions.assertThat(page.evaluate("window.neverReloaded")).isEqualTo(true);
        Assertions.assertThat(browser.complaints()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "dashboard, 1440",
        "map, 1440",
        "attacks, 1440",
        "incidents, 1440",
        "defense, 1440",
        "forensics, 1440",
        "forensics, 390",
        "dashboard, 390",
        "map, 390",
        "attacks, 390",
        "incidents, 390",
        "defense, 390"
    })
    void everyScreenOpensWithoutComplaintAndFitsItsWindow(String screen, int width) {
        var page = signedIn(width);
        page.navigate("/" + screen);
        assertThat(page.getByRole(AriaRole.MAIN)).isVisible();
        page.waitForLoadState(LoadState.NETWORKIDLE);
        Browser.picture(page, screen + "-" + width);
        Assertions.assertThat(browser.complaints()).isEmpty();
        Assertions.assertThat((int) page.evaluate("document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(width);
    }

    private static Page signedIn(int width) {
        var page = browser.window(client.url(), width, 900);
        page.navigate("/login");
        page.getByLabel("E-mail").fill("admin@velvet.com");
        page.locator("input[type=password]").fill("password");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                .click();
        page.waitForURL("**/dashboard*");
        return page;
    }
}
