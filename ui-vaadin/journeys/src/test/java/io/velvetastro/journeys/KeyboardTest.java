package io.velvetastro.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Triage by somebody who has no mouse. */
class KeyboardTest {
    private static final Client client = TheHouse.client();
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int FURTHEST = 120;
    private static final String NAME_OF_FOCUS = "() => { let at = document.activeElement;"
            + " while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;"
            + " return (at?.getAttribute('aria-label') ?? at?.labels?.[0]?.innerText ?? at?.innerText ?? '').trim(); }";
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
    void anIncidentIsOpenedAnsweredTakenBackAndResolvedWithoutAMouse() {
        var address = "203.0.113.91";
        client.post(SixEvents.ofAnAttack("uma.91", address));
        Client.await(SOON, () -> client.text("/api/v1/defense/blocklist"), list -> list.contains(address));
        var page = signedIn();

        press(page, "g", "i");
        page.waitForURL("**/incidents");
        press(page, "/");
        page.keyboard().type(address);
        press(page, "Enter");
        page.waitForURL("**/incidents?text=" + address);
        assertThat(page.getByText("uma.91").first()).isVisible();
        press(page, "Escape", "j", "Enter");
        page.waitForURL("**/incidents/*");
        assertThat(page.getByText("Block source").first()).isVisible();

        press(page, "b");
        assertThat(heading(page, "Block " + address)).isVisible();
        inside(page);
        press(page, "Control+Enter");
        assertThat(page.getByText("Undo", new Page.GetByTextOptions().setExact(true)))
                .hasCount(2);

        for (int left = 1; left >= 0; left--) {
            tabTo(page, "Undo");
            press(page, "Enter");
            assertThat(heading(page, "Undo this")).isVisible();
            inside(page);
            press(page, "Control+Enter");
            assertThat(page.getByRole(AriaRole.ALERT)).hasCount(0);
            assertThat(heading(page, "Undo this")).hasCount(0);
            assertThat(page.locator(".act")
                            .getByText("Undo", new com.microsoft.playwright.Locator.GetByTextOptions().setExact(true)))
                    .hasCount(left);
        }
        Client.await(SOON, () -> client.text("/api/v1/defense/blocklist"), list -> !list.contains(address));

        tabTo(page, "Resolve incident");
        press(page, "Enter");
        assertThat(page.getByRole(AriaRole.RADIO, new GetByRoleOptions().setName("A real attack")))
                .isVisible();
        tabTo(page, "A real attack");
        press(page, "Space", "Control+Enter");
        assertThat(page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Reopen incident"))
                        .first())
                .isVisible();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aHandThatIsFasterThanThePageLosesNoKey() {
        var slow = new SlowHouse();
        slow.stops();
        press(slow.page, "g", "i", "/");
        slow.page.keyboard().type("203.0.113.7");
        press(slow.page, "Enter");
        slow.goesOn();
        slow.page.waitForURL("**/incidents?text=203.0.113.7");
    }

    @Test
    void partOfWhatIsTypedMayComeBeforeThePageAndTheRestAfterIt() {
        var slow = new SlowHouse();
        slow.stops();
        press(slow.page, "g", "i", "/");
        slow.page.keyboard().type("203.0");
        slow.goesOn();
        assertThat(slow.page.getByLabel("Filter incidents")).hasValue("203.0");
        press(slow.page, "Enter");
        slow.page.waitForURL("**/incidents?text=203.0");
    }

    @Test
    void keysThatFollowAFilterAreForTheRowsThatItLeaves() {
        var wanted = "203.0.113.97";
        client.post(SixEvents.ofAnAttack("uma.97", wanted));
        Client.await(SOON, () -> client.text("/api/v1/defense/blocklist"), list -> list.contains(wanted));
        client.post(SixEvents.ofAnAttack("uma.98", "203.0.113.98")); // Above it, as long as nothing is looked for.
        var slow = new SlowHouse();
        press(slow.page, "g", "i");
        slow.page.waitForURL("**/incidents");
        assertThat(slow.page.getByText("203.0.113.98").first()).isVisible();
        slow.stops();
        press(slow.page, "/");
        slow.page.keyboard().type(wanted);
        press(slow.page, "Enter", "Escape", "j", "Enter", "b");
        slow.goesOn();
        assertThat(heading(slow.page, "Block " + wanted)).isVisible();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void keysThatFollowAnEscapeAreForThePageBeneath() {
        var slow = new SlowHouse();
        press(slow.page, "Control+k");
        inside(slow.page);
        slow.stops();
        press(slow.page, "Escape", "g", "i");
        slow.goesOn();
        slow.page.waitForURL("**/incidents");
    }

    /** A page whose words to the house lie on the way, by request or by socket, while it stops. */
    private static final class SlowHouse {
        private final Page page = signedIn();
        private final ArrayList<Runnable> onTheWay = new ArrayList<>();
        private boolean holds;

        SlowHouse() {
            page.route("**/?v-r=uidl*", request -> pass(request::resume));
            page.routeWebSocket(Pattern.compile(".*"), socket -> {
                var house = socket.connectToServer();
                socket.onMessage(words -> pass(() -> house.send(words.text())));
            });
            page.reload();
            assertThat(page.getByRole(AriaRole.HEADING, dashboard())).isVisible();
        }

        private void pass(Runnable words) {
            if (holds) onTheWay.add(words);
            else words.run();
        }

        void stops() {
            holds = true;
        }

        void goesOn() {
            page.waitForCondition(() -> !onTheWay.isEmpty());
            holds = false;
            onTheWay.forEach(Runnable::run);
            onTheWay.clear();
        }
    }

    private static com.microsoft.playwright.Locator heading(Page page, String words) {
        return page.getByRole(AriaRole.HEADING, new GetByRoleOptions().setName(words));
    }

    private static void press(Page page, String... keys) {
        for (var key : keys) page.keyboard().press(key);
    }

    /** A question is drawn before the focus is in it. */
    private static void inside(Page page) {
        page.waitForFunction(
                "() => !!document.activeElement?.closest('vaadin-dialog, vaadin-dialog-overlay, [role=dialog]')");
    }

    private static void tabTo(Page page, String name) {
        for (int i = 0; i < FURTHEST; i++) {
            if (page.evaluate(NAME_OF_FOCUS).toString().equals(name)) return;
            press(page, "Tab");
        }
        throw new AssertionError("Tab never came to " + name);
    }

    private static Page signedIn() {
        var page = browser.signedIn(client.url(), 1440);
        assertThat(page.getByRole(AriaRole.HEADING, dashboard())).isVisible();
        return page;
    }

    private static GetByRoleOptions dashboard() {
        return new GetByRoleOptions().setName("Dashboard").setLevel(1);
    }
}
