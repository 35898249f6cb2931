package io.velvetastro.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByLabelOptions;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import io.velvetastro.questions.AuditSheet;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** People come in by the front door: by letter, with two steps, by invitation, with a passkey; and are shown out. */
class PeopleTest {
    private static final Pattern LINK = Pattern.compile("http\\S+#\\S+");
    private static final String PASSWORD = "correct horse battery staple";
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Client client = TheHouse.client();
    private static Browser browser;
    private String invitedLast = "";

    @BeforeAll
    static void open() {
        browser = new Browser();
    }

    @AfterAll
    static void close() {
        browser.close();
    }

    @Test
    void somebodyRegistersSwitchesTheSecondStepOnInvitesAColleagueAndShowsThemOut() {
        var ada = "ada-" + UUID.randomUUID() + "@lovelace.example";
        var page = registered(ada, "Lovelace " + ada.substring(4, 8));
        var secret = switchedOn(page);

        page.navigate("/admin");
        button(page, "Invite somebody").click();
        var grace = "grace-" + UUID.randomUUID() + "@lovelace.example";
        page.getByLabel("E-mail").fill(grace);
        button(page, "Invite").click();
        var link = page.locator(".secrets").innerText().strip();
        button(page, "I have kept it").click();

        var colleague = browser.window(client.url(), 390, 844);
        colleague.navigate(link);
        colleague.getByLabel("Your name").fill("Grace Hopper");
        colleague.locator("#password").fill(PASSWORD);
        button(colleague, "Join").click();
        colleague.waitForURL("**/login*");
        signIn(colleague, grace, PASSWORD);
        colleague.waitForURL("**/dashboard*");

        page.navigate("/admin");
        button(page, "Change role of Grace Hopper").click();
        page.locator("vaadin-select").click();
        page.getByRole(AriaRole.OPTION, new GetByRoleOptions().setName("Employee"))
                .click();
        button(page, "Give role").click();
        assertThat(page.getByText("Employee").first()).isVisible();
        colleague.navigate("/dashboard");
        colleague.waitForURL("**/login*"); // A new role is a new session.
        signIn(colleague, grace, PASSWORD);
        colleague.waitForURL("**/dashboard*");

        button(page, "Remove Grace Hopper").click();
        button(page, "Remove member").last().click();
        Client.await(SOON, () -> page.content(), content -> !content.contains(grace));
        colleague.navigate("/dashboard");
        colleague.waitForURL("**/login*");
        signIn(colleague, grace, PASSWORD);
        colleague.waitForURL("**/login?error");

        signOut(page);
        signIn(page, ada, PASSWORD);
        page.waitForURL("**/login?code");
        page.getByLabel("Code", new GetByLabelOptions().setExact(true))
                .fill(code(secret, Instant.now().plusSeconds(30))); // The one of now was used.
        button(page, "Sign in").click();
        page.waitForURL("**/dashboard*");
    }

    @Test
    void whereASecondStepIsCompulsoryItIsMadeAtTheDoorAndWhoHasAnAccountJoinsWithIt() {
        var ada = "ada-" + UUID.randomUUID() + "@lovelace.example";
        var page = registered(ada, "Engine " + ada.substring(4, 8));
        switchedOn(page);
        page.navigate("/admin");
        button(page, "Make compulsory").click();
        page.locator("vaadin-dialog .btn.pri").click();
        assertThat(page.getByText("A second step is compulsory")).isVisible();
        Browser.picture(page, "admin-1440");
        page.setViewportSize(390, 844);
        Browser.picture(page, "admin-390");
        page.setViewportSize(1440, 900);

        var joan = browser.window(client.url(), 390, 844);
        joan.navigate(invited(page, "joan-" + UUID.randomUUID() + "@lovelace.example"));
        joan.getByLabel("Your name").fill("Joan Clarke");
        joan.locator("#password").fill(PASSWORD);
        button(joan, "Join").click();
        joan.waitForURL("**/login*");
        signIn(joan, invitedLast, PASSWORD);
        joan.waitForURL("**/login?code");
        assertThat(joan.getByText("Make your second step")).isVisible();
        Browser.picture(joan, "login-make-second-step-390");
        var secret = base32(joan.locator(".secret").innerText().replaceAll("\\s", ""));
        joan.getByLabel("Code", exactly()).fill(code(secret, Instant.now()));
        button(joan, "Sign in").click();
        joan.waitForURL("**/dashboard*");

        var grace = "grace-" + UUID.randomUUID() + "@hopper.example";
        registered(grace, "Hopper " + grace.substring(6, 10));
        var elsewhere = browser.window(client.url(), 1440, 900);
        elsewhere.navigate(invited(page, grace));
        button(elsewhere, "Use the account I have").click();
        elsewhere.getByLabel("E-mail").fill(grace);
        elsewhere.locator("#current").fill(PASSWORD);
        Browser.picture(elsewhere, "join-own-account-1440");
        button(elsewhere, "Join with this account").click();
        elsewhere.waitForURL("**/login?joined");
        page.navigate("/admin");
        assertThat(page.getByText(grace)).isVisible();
    }

    /** Invites somebody by the screen and answers the link it shows this once. */
    private String invited(Page page, String email) {
        invitedLast = email;
        button(page, "Invite somebody").click();
        page.getByLabel("E-mail").fill(email);
        button(page, "Invite").click();
        var link = page.locator(".secrets").innerText().strip();
        button(page, "I have kept it").click();
        return link;
    }

    private static GetByLabelOptions exactly() {
        return new GetByLabelOptions().setExact(true);
    }

    @Test
    void whoGoesOnInAnotherOrganisationLeavesNoPageOpenInTheOneBefore() {
        var ada = "ada-" + UUID.randomUUID() + "@lovelace.example";
        var page = registered(ada, "Lovelace " + ada.substring(4, 8));
        var other = page.context().newPage();
        other.navigate("/incidents");
        assertThat(other.locator("aside.nav .org")).containsText("Lovelace");
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("You: Ada Byron"))
                .click();
        button(page, "Switch organisation").click();
        page.getByLabel("Or take up an invitation").fill(invitation(ada));
        button(page, "Switch").last().click();
        assertThat(page.locator("aside.nav .org")).containsText("Velvet Demo");
        assertThat(other.locator("aside.nav .org")).containsText("Velvet Demo");
        other.waitForURL("**/dashboard*");
    }

    /** Of an employee of the house. */
    private static String invitation(String email) {
        var house = client.get("/api/v1/auth/me").get("organization").get("id").asString();
        var made = client.send(client.request("/api/v1/orgs/" + house + "/invitations")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"email\":\"" + email + "\",\"role\":\"employee\"}")));
        Assertions.assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return JsonMapper.shared().readTree(made.body()).get("token").asString();
    }

    @Test
    void whoForgotTheirPasswordGetsANewOneByLetterAndTheOldSessionsEnd() {
        var ada = "ada-" + UUID.randomUUID() + "@lovelace.example";
        var inside = registered(ada, "Babbage " + ada.substring(4, 8));
        var page = browser.window(client.url(), 390, 844);
        page.navigate("/login");
        page.getByText("Forgot it?").click();
        page.waitForURL("**/forgot");
        page.getByLabel("E-mail").fill(ada);
        button(page, "Send me the link").click();
        assertThat(page.getByText("Look into your mailbox")).isVisible();
        Browser.picture(page, "forgot-sent-390");
        page.navigate(linkTo(ada, "/reset#"));
        page.locator("input[type=password]").fill("password1234");
        button(page, "Set new password").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("too easy to guess");
        Browser.picture(page, "reset-refused-390");
        page.locator("input[type=password]").fill("another horse entirely 7");
        button(page, "Set new password").click();
        page.waitForURL("**/login?changed");
        signIn(page, ada, "another horse entirely 7");
        page.waitForURL("**/dashboard*");
        inside.navigate("/dashboard");
        inside.waitForURL("**/login*");
    }

    @Test
    void aPasskeyLetsItsOwnerInWithoutAPassword() {
        var ada = "ada-" + UUID.randomUUID() + "@lovelace.example";
        var page = registered(ada, "Analytical " + ada.substring(4, 8));
        authenticator(page);
        page.navigate("/profile");
        button(page, "Add a passkey").click();
        page.getByLabel("Name").fill("Journey");
        button(page, "Add passkey").click();
        assertThat(button(page, "Remove passkey: Journey")).isVisible();
        Browser.picture(page, "profile-passkey-1440");
        signOut(page);
        button(page, "Use a passkey").click();
        page.waitForURL("**/dashboard*");
        page.navigate("/profile");
        button(page, "Remove passkey: Journey").click();
        assertThat(button(page, "Remove passkey: Journey")).isHidden();
        signOut(page);
        button(page, "Use a passkey").click();
        page.waitForURL("**/login?passkey");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("does not open this house");
    }

    @Test
    void whoHasOnlyAPasskeyIsLedToItAtTheDoor() {
        var ada = "ada-" + UUID.randomUUID() + "@lovelace.example";
        var page = registered(ada, "Difference " + ada.substring(4, 8));
        authenticator(page);
        page.navigate("/profile");
        button(page, "Add a passkey").click();
        page.getByLabel("Name").fill("Journey");
        button(page, "Add passkey").click();
        assertThat(button(page, "Remove passkey: Journey")).isVisible();
        signOut(page);

        signIn(page, ada, PASSWORD);
        page.waitForURL("**/login?code");
        assertThat(page.getByText("your second step is a passkey")).isVisible();
        button(page, "Use a passkey").click();
        page.waitForURL("**/dashboard*");
        page.navigate("/admin");
        button(page, "Make compulsory").click();
        page.locator("vaadin-dialog .btn.pri").click();
        assertThat(page.getByText("A second step is compulsory")).isVisible();
        signOut(page);

        signIn(page, ada, PASSWORD);
        page.waitForURL("**/login?code");
        assertThat(page.getByText("your second step is a passkey")).isVisible();
        button(page, "Use a passkey").click();
        page.waitForURL(url -> !url.contains("/login"));
        assertThat(page.locator("aside.nav .org")).containsText("Difference");
    }

    @Test
    void theRecordIsTakenAlongAsAFile() throws IOException {
        invitation("grace-" + UUID.randomUUID() + "@lovelace.example");
        Client.await(
                SOON, () -> client.get("/api/v1/audit?type=MemberInvited").get("items"), items -> !items.isEmpty());
        var page = browser.signedIn(client.url(), 1440);
        page.navigate("/record?type=MemberInvited");
        assertThat(page.getByText("Member invited").first()).isVisible();
        var file = page.waitForDownload(() -> page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Export"))
                .click());
        Assertions.assertThat(file.suggestedFilename()).isEqualTo("record.csv");
        Assertions.assertThat(Files.readString(file.path()))
                .startsWith(AuditSheet.HEAD)
                .contains("MemberInvited");
    }

    /** A window whose owner has just founded an organisation and is inside. */
    private static Page registered(String email, String organization) {
        var page = browser.window(client.url(), 1440, 900);
        page.navigate("/register");
        page.getByLabel("Organisation").fill(organization);
        page.getByLabel("Your name").fill("Ada Byron");
        page.getByLabel("Work e-mail").fill(email);
        Browser.picture(page, "register-1440");
        button(page, "Send me the link").click();
        assertThat(page.getByText("Look into your mailbox")).isVisible();
        page.navigate(linkTo(email, "/verify#"));
        page.locator("input[type=password]").fill(PASSWORD);
        Browser.picture(page, "verify-1440");
        button(page, "Make my account").click();
        page.waitForURL("**/login?welcome");
        assertThat(page.getByText("Your account is made")).isVisible();
        Browser.picture(page, "login-welcome-1440");
        signIn(page, email, PASSWORD);
        page.waitForURL("**/dashboard*");
        return page;
    }

    private static byte[] switchedOn(Page page) {
        page.navigate("/profile");
        button(page, "Switch on").click();
        page.getByLabel("Your password").fill(PASSWORD);
        button(page, "Go on").click();
        var secret = base32(page.locator(".secret").innerText().replaceAll("\\s", ""));
        page.getByLabel("Code", new GetByLabelOptions().setExact(true)).fill(code(secret, Instant.now()));
        button(page, "Go on").click();
        button(page, "I have kept it").click();
        return secret;
    }

    private static String linkTo(String email, String page) {
        return Client.await(SOON, () -> newestLink(email), link -> link.contains(page));
    }

    private static String newestLink(String email) {
        for (var letter : client.get("/api/v1/outbox").get("items")) {
            if (!letter.get("to").asString().equals(email)) continue;
            var text = client.get("/api/v1/outbox/" + letter.get("id").asString())
                    .get("text")
                    .asString();
            var link = LINK.matcher(text);
            if (link.find()) return link.group();
        }
        return "";
    }

    private static void authenticator(Page page) {
        var devtools = page.context().newCDPSession(page);
        devtools.send("WebAuthn.enable");
        var options = new JsonObject();
        options.addProperty("protocol", "ctap2");
        options.addProperty("transport", "internal");
        options.addProperty("hasResidentKey", true);
        options.addProperty("hasUserVerification", true);
        options.addProperty("isUserVerified", true);
        options.addProperty("automaticPresenceSimulation", true);
        var asked = new JsonObject();
        asked.add("options", options);
        Assertions.assertThat(
                        devtools.send("WebAuthn.addVirtualAuthenticator", asked).has("authenticatorId"))
                .isTrue();
    }

    private static void signIn(Page page, String email, String password) {
        page.getByLabel("E-mail").fill(email);
        page.locator("input[type=password]").fill(password);
        button(page, "Sign in").click();
    }

    private static void signOut(Page page) {
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("You: Ada Byron"))
                .click();
        button(page, "Sign out").click();
        page.waitForURL("**/login*");
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true));
    }

    /** RFC 6238, as the app on a phone makes it. */
    private static String code(byte[] secret, Instant at) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
            var hash = mac.doFinal(
                    ByteBuffer.allocate(8).putLong(at.getEpochSecond() / 30).array());
            int offset = hash[hash.length - 1] & 0xf;
            return "%06d".formatted((ByteBuffer.wrap(hash, offset, 4).getInt() & 0x7fffffff) % 1_000_000);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] base32(String text) {
        var bytes = ByteBuffer.allocate(text.length() * 5 / 8);
        int bits = 0;
        long held = 0;
        for (char letter : text.toCharArray()) {
            held = held << 5 | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter);
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes.put((byte) (held >> bits));
            }
        }
        return bytes.array();
    }
}
