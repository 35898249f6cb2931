package io.velvetastro.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.LoadState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchingTest {
    private static final Client client = TheHouse.client();
    private static final String STICKING_OUT =
            "width => [...document.querySelectorAll('body *')].filter(each => each.getBoundingClientRect().right > width)"
                    + ".map(each => each.tagName + '.' + each.className).join(', ')";
    private static final String CUT_OFF =
            "() => [...document.querySelectorAll('.card .btn, .card vaadin-text-field, .card vaadin-select')]"
                    + ".filter(each => !each.closest('.sideways, .tabbar') && each.offsetParent)"
                    + ".filter(each => each.getBoundingClientRect().right > each.closest('.card').getBoundingClientRect().right - 2)"
                    + ".map(each => each.innerText || each.tagName).join(', ')";
    private static final Map<String, String> SCREENS = new TreeMap<>(Map.ofEntries(
            Map.entry("dashboard", "Dashboard"),
            Map.entry("map", "Threat map"),
            Map.entry("attacks", "Attacks"),
            Map.entry("attacks?text=nobody-says-this", "Attacks"),
            Map.entry("incidents", "Incidents"),
            Map.entry("incidents/nonsense", "Incident"),
            Map.entry("defense", "Defense"),
            Map.entry("forensics", "Forensics"),
            Map.entry("forensics?show=custody", "Forensics"),
            Map.entry("forensics?show=audit", "Forensics"),
            Map.entry("forensics?show=drill", "Forensics"),
            Map.entry("forensics?show=verify", "Forensics"),
            Map.entry("profile", "Your account"),
            Map.entry("admin", "Administration"),
            Map.entry("record", "Record"),
            Map.entry("plan", "Plan and usage"),
            Map.entry("platform", "Platform"),
            Map.entry("outbox", "Letters"),
            Map.entry("no-such-screen", "Not found")));
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
        var page = browser.signedIn(client.url(), 1440);
        page.navigate("/incidents");
        page.evaluate("window.neverReloaded = true");
        var rules = browser.signedIn(client.url(), 1440);
        rules.navigate("/defense");
        rules.getByRole(AriaRole.MAIN).waitFor();
        rules.evaluate("window.neverReloaded = true");

        client.post(SixEvents.ofAnAttack("vera.51", "203.0.113.51"));
        try {
            assertThat(page.getByText("203.0.113.51").first()).isVisible();
            assertThat(rules.getByText("203.0.113.51").first()).isVisible(); // Blocked by the playbook.
        } finally {
            Browser.picture(page, "incidents");
        }
        Assertions.assertThat(page.evaluate("window.neverReloaded")).isEqualTo(true);
        Assertions.assertThat(rules.evaluate("window.neverReloaded")).isEqualTo(true);
        Assertions.assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aForgottenPasswordIsSeenAsSuchAndBlocksNobody() {
        var page = browser.signedIn(client.url(), 1440);
        page.navigate("/attacks");
        var familiar = "203.0.113.52";
        client.post(SixEvents.success("vera.52", familiar, Instant.now().minus(Duration.ofDays(2))));
        client.post(SixEvents.ofAnAttack("vera.52", familiar));
        var shared = "203.0.113.53";
        var before = Instant.now().minus(Duration.ofHours(3));
        for (var colleague : List.of("ines.53", "olav.53", "uma.53"))
            client.post(SixEvents.success(colleague, shared, before));
        client.post(SixEvents.ofAnAttack("vera.53", shared));
        // What is answered last proves that the earlier has been read.
        client.post(SixEvents.ofAnAttack("vera.54", "203.0.113.54"));
        for (var address : List.of(familiar, shared)) {
            var quiet = new Page.GetByRoleOptions().setName(Pattern.compile("Low .* " + address + " Watching"));
            assertThat(page.getByRole(AriaRole.ROW, quiet).first()).isVisible();
        }
        page.navigate("/defense");
        assertThat(page.getByText("203.0.113.54").first()).isVisible();
        assertThat(page.getByText(familiar)).hasCount(0);
        assertThat(page.getByText(shared)).hasCount(0);
    }

    @Test
    void anIncidentOpensByItsTitle() {
        var address = "203.0.113.55";
        client.post(SixEvents.ofAnAttack("vera.55", address));
        var page = browser.signedIn(client.url(), 1440);
        page.navigate("/incidents?text=" + address);
        page.locator(".incident-grid a").first().click();
        page.waitForURL("**/incidents/*");
        assertThat(page.getByText("Block source").first()).isVisible();
        page.waitForLoadState(LoadState.NETWORKIDLE);
        Browser.picture(page, "incident");
        Assertions.assertThat(Browser.barriers(page)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1440, 390})
    void everyScreenFitsItsWindowAndKeepsNobodyOut(int width) {
        var page = browser.signedIn(client.url(), width);
        SCREENS.forEach((screen, heading) -> {
            page.navigate("/" + screen);
            assertThat(page.getByRole(
                            AriaRole.HEADING,
                            new Page.GetByRoleOptions().setName(heading).setLevel(1)))
                    .isVisible();
            looksRight(page, screen, width);
        });
        Assertions.assertThat(browser.complaints())
                .filteredOn(text -> !text.contains("no-such-screen"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1440, 390})
    void soDoesEveryPageBeforeTheSignIn(int width) {
        var page = browser.window(client.url(), width, 900);
        for (var screen : List.of(
                "login",
                "login?code",
                "login?error",
                "login?idle",
                "login?ended",
                "register",
                "forgot",
                "reset",
                "verify",
                "not-me",
                "join")) {
            page.navigate("/" + screen);
            assertThat(page.locator("h1").first()).isVisible();
            looksRight(page, screen, width);
        }
    }

    private static void looksRight(Page page, String screen, int width) {
        page.waitForLoadState(LoadState.NETWORKIDLE);
        Browser.picture(page, screen.replaceAll("\\W", "-") + "-" + width);
        Assertions.assertThat((int) page.evaluate("document.documentElement.scrollWidth"))
                .as("what sticks out of " + screen + ": " + page.evaluate(STICKING_OUT, width))
                .isLessThanOrEqualTo(width);
        Assertions.assertThat((String) page.evaluate(CUT_OFF))
                .as("what is cut off on " + screen)
                .isEmpty();
        Assertions.assertThat(Browser.barriers(page)).as(screen).isEmpty();
    }

    @Test
    void onAPhoneTheWorldLiesBelowWhatNarrowsIt() {
        var page = browser.signedIn(client.url(), 390);
        page.navigate("/map");
        assertThat(page.locator(".tide")).isVisible();
        var choices = page.locator(".mtop").boundingBox();
        Assertions.assertThat(page.locator(".world").boundingBox().y)
                .isGreaterThanOrEqualTo(choices.y + choices.height);
    }

    @Test
    void aLostConnectionIsSaidAndTakenBackWithoutAPress() {
        try (var other = new Browser()) {
            var page = other.signedIn(client.url(), 1440);
            assertThat(page.getByText("Live attacks")).isVisible();
            page.context().setOffline(true);
            Browser.button(page, "7 d").click();
            var lost = page.getByText("Connection lost at");
            assertThat(lost).isVisible();
            page.context().setOffline(false);
            assertThat(lost).not().isVisible();
        }
    }

    @Test
    void aPhoneReachesEveryPlaceFromItsBottomBar() {
        var page = browser.signedIn(client.url(), 390);
        for (var place : List.of("Defense", "Forensics", "Administration", "Letters", "Your account")) {
            Browser.button(page, "More").click();
            page.getByLabel("More places").getByText(place).click();
            assertThat(page.getByRole(
                                    AriaRole.HEADING,
                                    new Page.GetByRoleOptions().setName(place).setExact(true))
                            .first())
                    .isVisible();
        }
    }
}
