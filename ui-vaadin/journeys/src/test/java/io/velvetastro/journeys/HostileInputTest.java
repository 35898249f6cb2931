package io.velvetastro.journeys;

import static io.velvetastro.journeys.Client.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.LoadState;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whoever can fail to sign in chooses what our screens show: names that are markup, formulas, terminal codes or turn the reading direction stay text. */
class HostileInputTest {
    private static final Client client = TheHouse.client();
    private static final String ADDRESS = "203.0.113.61";
    /** As JSON writes them: markup, a terminal code, a turned direction, a NUL and a formula. */
    private static final String MARKUP = "<img src=x onerror='window.broken=1'>";

    private static final List<String> NAMES = List.of(
            MARKUP,
            "eve\\u001b[2J\\u001b]0;broken\\u0007",
            "eve\\u202egnp.exe\\u2066",
            "eve\\u0000root",
            "=HYPERLINK(1,2)");

    private static Browser browser;
    private static String incident;

    @BeforeAll
    static void namesThatAttack() {
        browser = new Browser();
        for (var name : NAMES) client.post(SixEvents.ofAnAttack(name, ADDRESS));
        incident = await(Duration.ofSeconds(60), HostileInputTest::incidents, found -> !found.isEmpty())
                .getFirst()
                .path("id")
                .asString();
        var remark = client.request("/api/v1/incidents/" + incident + "/comment")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"text\":\"" + MARKUP + " in a remark\"}"));
        assertThat(client.send(remark).statusCode() / 100).isEqualTo(2);
        var alert = client.request(
                        "/api/v1/monitor/import?format=csv&time=time&timeUnit=s&target=ip&host=host&name=name")
                .POST(BodyPublishers.ofString(
                        "time,ip,host,name\n" + Instant.now().getEpochSecond() + ",10.1.2.3,<script src=x>host,Trojan "
                                + MARKUP + " found\n"));
        assertThat(client.send(alert).statusCode()).isEqualTo(202);
        await(
                Duration.ofSeconds(60),
                () -> client.get("/api/v1/threat/attacks?limit=50&text=Trojan").toString(),
                seen -> seen.contains(MARKUP));
    }

    @AfterAll
    static void close() {
        browser.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dashboard", "map", "attacks", "attacks?text=img", "incidents", "incidents/", "defense"})
    void everyScreenShowsThemAsText(String screen) {
        var page = browser.signedIn(client.url(), 1440);
        page.navigate("/" + (screen.endsWith("/") ? screen + incident : screen));
        page.getByRole(AriaRole.MAIN).waitFor();
        page.waitForLoadState(LoadState.NETWORKIDLE);
        Browser.picture(page, "hostile-" + screen.replaceAll("\\W", "-"));
        assertThat(page.evaluate("window.broken === undefined")).isEqualTo(true);
        assertThat((int) page.evaluate("document.querySelectorAll('img[onerror], script[src=x]').length"))
                .isZero();
        assertThat((String) page.evaluate("document.documentElement.textContent"))
                .doesNotContain("\u001b", "\u0000", "\u0007", "\u202e", "\u2066");
        assertThat(browser.complaints()).isEmpty();
    }

    /** The control of those above: what they say is not broken is really there to be read. */
    @ParameterizedTest
    @CsvSource({
        "attacks?text=img, <img src=x",
        "attacks?text=Trojan, Trojan <img src=x",
        "incidents/, <img src=x",
        "incidents/, in a remark"
    })
    void whatTheySayCanBeRead(String screen, String words) {
        var page = browser.signedIn(client.url(), 1440);
        page.navigate("/" + (screen.endsWith("/") ? screen + incident : screen));
        page.getByRole(AriaRole.MAIN).getByText(words).first().waitFor();
        assertThat(page.evaluate("window.broken === undefined")).isEqualTo(true);
    }

    /** The whole of an attack, opened beside the list. */
    @ParameterizedTest
    @ValueSource(strings = {"img", "Trojan"})
    void anAttackThatIsOpenedShowsThemAsText(String words) {
        var page = browser.signedIn(client.url(), 1440);
        page.navigate("/attacks?text=" + words);
        page.getByRole(AriaRole.MAIN).getByText(MARKUP.substring(0, 10)).first().click();
        page.getByRole(AriaRole.COMPLEMENTARY)
                .getByText(MARKUP.substring(0, 10))
                .first()
                .waitFor();
        assertThat(page.evaluate("window.broken === undefined")).isEqualTo(true);
        assertThat((int) page.evaluate("document.querySelectorAll('img[onerror], script[src=x]').length"))
                .isZero();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aLineOfAMegabyteIsRefusedByNameAndTakesNobodyAlong() {
        var good = "Nov 22 08:00:0%d portal sshd[1]: Failed password for root from 203.0.113.62 port 22 ssh2\n";
        var answer = client.send(client.request("/api/v1/monitor/import?format=sshd&year=2026")
                .POST(BodyPublishers.ofString(good.formatted(1) + "x".repeat(1 << 20) + "\n" + good.formatted(2))));
        assertThat(answer.statusCode()).isEqualTo(202);
        var said = JsonMapper.shared().readTree(answer.body());
        assertThat(said.path("accepted").asInt()).isEqualTo(2);
        assertThat(said.path("rejectedTotal").asInt()).isEqualTo(1);
        assertThat(said.path("rejected").path(0).path("index").asInt()).isEqualTo(1);
    }

    private static List<JsonNode> incidents() {
        return StreamSupport.stream(
                        client.get("/api/v1/incidents?limit=100").path("items").spliterator(), false)
                .filter(item -> item.path("sources").toString().contains(ADDRESS))
                .filter(item -> item.path("users").size() >= 3)
                .toList();
    }
}
