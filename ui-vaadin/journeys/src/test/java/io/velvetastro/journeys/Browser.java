package io.velvetastro.journeys;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A person at a real browser: the system's Chromium. */
final class Browser implements AutoCloseable {
    /** A page that comes at once comes late on a machine that is busy; only what never comes takes so long. */
    private static final double PATIENCE_MILLIS = 60_000;

    static {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    }

    private final Playwright playwright = Playwright.create();
    private final com.microsoft.playwright.Browser chromium = playwright
            .chromium()
            .launch(new BrowserType.LaunchOptions()
                    .setExecutablePath(executable())
                    .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu")));
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    /** A fresh window: nobody is signed in, and the times are UTC. */
    Page window(URI url, int width, int height) {
        BrowserContext context = chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setBaseURL(url.toString())
                .setViewportSize(width, height)
                .setLocale("en-GB")
                .setTimezoneId("UTC"));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        var page = context.newPage();
        page.onConsoleMessage(this::note);
        page.onPageError(complaints::add);
        return page;
    }

    /** A fresh window in which the demo's administrator is inside. */
    Page signedIn(URI url, int width) {
        var page = window(url, width, 900);
        signIn(page, "password");
        page.waitForURL("**/dashboard*");
        return page;
    }

    static void signIn(Page page, String password) {
        page.navigate("/login");
        page.getByLabel("E-mail").fill("admin@velvet.com");
        page.locator("input[type=password]").fill(password);
        button(page, "Sign in").click();
    }

    static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private void note(ConsoleMessage message) {
        if (message.type().equals("error")) complaints.add(message.text() + " at " + message.location());
    }

    /** Errors that pages have written to their console. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** A picture for whoever looks into a failure, or at the screens. */
    static void picture(Page page, String name) {
        var folder = Path.of(System.getProperty("velvet.pictures", "target/pictures"));
        try {
            Files.createDirectories(folder);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
        page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name + ".png")));
    }

    /** What axe finds wrong with the page as it stands, by the rules of WCAG 2.2 AA. */
    static List<String> barriers(Page page) {
        return new AxeBuilder(page)
                        .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"))
                        .analyze()
                        .getViolations()
                        .stream()
                        .map(rule -> rule.getId() + ": " + rule.getNodes())
                        .toList();
    }

    private static Path executable() {
        var named = Stream.ofNullable(System.getenv("VELVET_CHROMIUM")).map(Path::of);
        var usual = Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
                        .map(folder -> Path.of(folder, name)));
        return Stream.concat(named, usual)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("No Chromium: install it, or name one in VELVET_CHROMIUM"));
    }

    @Override
    public void close() {
        playwright.close();
    }
}
