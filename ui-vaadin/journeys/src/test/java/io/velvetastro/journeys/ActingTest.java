package io.velvetastro.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What people do on a screen passes the same doors as what programs do. */
class ActingTest {
    private static final Client client = TheHouse.client();
    private static final Duration SOON = Duration.ofSeconds(60);
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
    void anAddressIsBlockedByHandAndTheBlockIsLifted() {
        var page = browser.signedIn(client.url(), 1440);
        page.navigate("/defense");
        Browser.button(page, "Block an address").click();
        page.getByLabel("Address or network").fill("203.0.113.240");
        page.getByLabel("Reason").fill("tried by hand");
        Browser.button(page, "Block address").click();
        Client.await(SOON, () -> client.text("/api/v1/defense/blocklist"), list -> list.contains("203.0.113.240"));

        Browser.button(page, "Lift block of 203.0.113.240").click();
        Browser.button(page, "Lift block").last().click();
        Client.await(SOON, () -> client.text("/api/v1/defense/blocklist"), list -> !list.contains("203.0.113.240"));
    }

    @Test
    void whatMustNeverBeBlockedIsRefusedWhereItWasAsked() {
        var page = browser.signedIn(client.url(), 1440);
        page.navigate("/defense");
        Browser.button(page, "Block an address").click();
        page.getByLabel("Address or network").fill("10.1.2.3");
        page.getByLabel("Reason").fill("tried by hand");
        Browser.button(page, "Block address").click();
        assertThat(page.getByRole(AriaRole.ALERT).filter(new Locator.FilterOptions().setHasText("never-block list")))
                .isVisible();
    }

    @Test
    void whoeverSignsOutIsOut() {
        var page = browser.signedIn(client.url(), 1440);
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("You: Ada Velvet"))
                .click();
        Browser.button(page, "Sign out").click();
        page.waitForURL("**/login*");
        page.navigate("/dashboard");
        Assertions.assertThat(page.url()).contains("/login");
    }

    @Test
    void aWrongPasswordIsSaidToBeWrong() {
        var page = browser.window(client.url(), 1440, 900);
        Browser.signIn(page, "not the password");
        page.waitForURL("**/login?error");
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
    }
}
