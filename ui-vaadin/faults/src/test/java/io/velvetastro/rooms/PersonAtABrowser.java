package io.velvetastro.rooms;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.AriaRole;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Somebody who knows the house by its screens alone. */
final class PersonAtABrowser implements AutoCloseable {
    private static final double PATIENCE_MILLIS = 60_000;

    private final Playwright playwright = Playwright.create();
    private final Page page;

    PersonAtABrowser(URI screens) {
        var chromium = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable())
                        .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu")));
        page = chromium.newContext(new Browser.NewContextOptions().setBaseURL(screens.toString()))
                .newPage();
        page.setDefaultTimeout(PATIENCE_MILLIS);
        page.setDefaultNavigationTimeout(PATIENCE_MILLIS);
    }

    void signIn() {
        page.navigate("/login");
        page.getByLabel("E-mail").fill("admin@velvet.com");
        page.locator("input[type=password]").fill("password");
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Sign in").setExact(true))
                .click();
        page.waitForURL("**/dashboard*");
    }

    /** Returns when the screen shows these words; a person waits a minute at most. */
    void sees(String screen, String words) {
        page.navigate(screen);
        try {
            page.getByText(words).first().waitFor();
        } catch (TimeoutError notThere) {
            throw new AssertionError(screen + " shows: " + page.locator("body").innerText(), notThere);
        }
    }

    private static Path executable() {
        var named = Stream.ofNullable(System.getenv("VELVET_CHROMIUM")).map(Path::of);
        var usual = Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
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
