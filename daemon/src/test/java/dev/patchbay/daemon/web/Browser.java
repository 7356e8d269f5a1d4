package dev.patchbay.daemon.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.ElementNotInteractableException;
import org.openqa.selenium.InvalidElementStateException;
import org.openqa.selenium.JavascriptException;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A real browser: Debian's Chromium, without a window. It remembers what went wrong in it; a test has to ask. */
final class Browser implements AutoCloseable {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** A new one with nothing in it; the test is skipped where there is none and none has to be. */
    static Browser start(Path profile) {
        boolean found = Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
        assertThat(found || !"required".equals(System.getenv("PATCHBAY_EXTERNAL")))
                .as("chromium and chromedriver must be there where PATCHBAY_EXTERNAL=required")
                .isTrue();
        assumeTrue(found, "needs /usr/bin/chromium and /usr/bin/chromedriver (Debian: chromium chromium-driver)");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--force-color-profile=srgb",
                "--hide-scrollbars",
                "--window-size=1280,860",
                "--user-data-dir=" + profile);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .withLogFile(new File("/dev/null"))
                .build();
        return new Browser(new ChromeDriver(service, options));
    }

    ChromeDriver driver() {
        return driver;
    }

    void open(URI address) {
        driver.get(address.toString());
    }

    /** The path and query of what is shown. */
    String path() {
        URI now = URI.create(driver.getCurrentUrl());
        return now.getPath() + (now.getQuery() == null ? "" : "?" + now.getQuery());
    }

    WebElement find(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    /** The text that is seen; empty where there is nothing. */
    String text(String css) {
        for (; ; ) {
            try {
                return find(css).getText();
            } catch (NoSuchElementException none) {
                return "";
            } catch (StaleElementReferenceException exchanged) {
                // The page put another in its place.
            }
        }
    }

    boolean isSeen(String css) {
        try {
            return all(css).stream().anyMatch(WebElement::isDisplayed);
        } catch (StaleElementReferenceException gone) {
            return false;
        }
    }

    /** Clicks on the first that is seen, which the page may exchange meanwhile. */
    void click(String css) {
        until(css + " can be clicked", () -> {
            try {
                Optional<WebElement> seen =
                        all(css).stream().filter(WebElement::isDisplayed).findFirst();
                seen.ifPresent(WebElement::click);
                return seen.isPresent();
            } catch (StaleElementReferenceException | ElementNotInteractableException notYet) {
                return false;
            }
        });
    }

    /** Types into the first, as soon as the page that has it is ready for that. */
    void type(String css, CharSequence... keys) {
        until(css + " can be typed into", () -> {
            try {
                find(css).sendKeys(keys);
                return true;
            } catch (NoSuchElementException | StaleElementReferenceException | ElementNotInteractableException notYet) {
                return false;
            }
        });
    }

    /** Puts a text into the first in the place of what it has. */
    void retype(String css, CharSequence... keys) {
        until(css + " can be typed into", () -> {
            try {
                WebElement box = find(css);
                box.clear();
                box.sendKeys(keys);
                return true;
            } catch (NoSuchElementException | StaleElementReferenceException | InvalidElementStateException notYet) {
                return false;
            }
        });
    }

    /**
     * Does what leads to another page, or to this one anew, and waits until that is there: what is told live can make a page look like the
     * next one before that comes.
     */
    void leave(Runnable act) {
        script("window.isLeft = true");
        act.run();
        until("another page", () -> {
            try {
                return Boolean.TRUE.equals(script("return !window.isLeft && document.readyState === 'complete'"));
            } catch (JavascriptException between) {
                return false;
            }
        });
    }

    Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Waits until the page shows a text. */
    void awaitText(String css, String text) {
        until(
                css + " shows '" + text + "', not '" + text(css) + "'",
                () -> text(css).contains(text));
    }

    void until(String what, BooleanSupplier condition) {
        until(LIMIT, what, condition);
    }

    void until(Duration limit, String what, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(
                        "not within " + limit + ": " + what + "\nat " + driver.getCurrentUrl() + "\n" + text("body"));
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    void width(int pixels, int height, boolean isMobile) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", pixels, "height", height, "deviceScaleFactor", 1, "mobile", isMobile));
    }

    void dark(boolean isDark) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(Map.of("name", "prefers-color-scheme", "value", isDark ? "dark" : "light"))));
    }

    void scripts(boolean run) {
        driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !run));
    }

    /** Violations of accessibility rules, each with where it is. */
    List<String> axe() {
        if (!Boolean.TRUE.equals(script("return typeof axe !== 'undefined'"))) {
            script(AXE);
        }
        Object found = driver.executeAsyncScript(
                "const done = arguments[0]; axe.run(document, {resultTypes: ['violations']}).then(r =>"
                        + " done(r.violations.map(v => v.id + ': ' + v.help + ' ' + v.nodes.map(n => n.html + ' ' +"
                        + " n.failureSummary).join(' | '))))");
        List<String> violations = new ArrayList<>();
        ((List<?>) found).forEach(violation -> violations.add(String.valueOf(violation)));
        return violations;
    }

    /** What the console said was wrong since it was asked last: errors of scripts, violations of the policy, failed requests. */
    List<String> problems() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** What is seen now, or the whole page. */
    void picture(Path file, boolean whole) {
        Map<String, Object> answer = driver.executeCdpCommand(
                "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", whole));
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, java.util.Base64.getDecoder().decode(String.valueOf(answer.get("data"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final String AXE = axeScript();

    private static String axeScript() {
        try (InputStream in = Browser.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
