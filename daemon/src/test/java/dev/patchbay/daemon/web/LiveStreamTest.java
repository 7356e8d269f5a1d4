package dev.patchbay.daemon.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.daemon.TestDaemon;
import dev.patchbay.testkit.FakeProvider;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.WindowType;

/** The one stream of a browser: for many tabs, over servers that go and come back, and without a login (scenarios P and A02). */
final class LiveStreamTest extends PageTest {

    private Path home;

    @Override
    TestDaemon startDaemon(Path folder, FakeProvider fake) {
        home = folder;
        return super.startDaemon(folder, fake);
    }

    @AfterEach
    void closeTabs() {
        List<String> tabs = new ArrayList<>(browser().driver().getWindowHandles());
        while (tabs.size() > 1) {
            closeTab(tabs.remove(tabs.size() - 1));
        }
        browser().driver().switchTo().window(tabs.get(0));
    }

    private void closeTab(String tab) {
        browser().driver().switchTo().window(tab);
        browser().driver().close();
    }

    /** Opens pages in tabs of their own. */
    private List<String> tabs(int number, URI address) {
        List<String> tabs = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            browser().driver().switchTo().newWindow(WindowType.TAB);
            tabs.add(browser().driver().getWindowHandle());
            browser().open(address);
            browser().awaitText("h1", "Sessions");
        }
        return tabs;
    }

    private void awaitInAll(List<String> tabs, String css, String text) {
        for (String tab : tabs) {
            browser().driver().switchTo().window(tab);
            browser().awaitText(css, text);
        }
    }

    /** P01. */
    @Test
    void elevenTabsAreLiveTogetherAndGoOnWhenTheOneThatReadsIsClosed() {
        logIn();
        List<String> tabs = new ArrayList<>(List.of(browser().driver().getWindowHandle()));
        tabs.addAll(tabs(10, page("/sessions")));
        daemon().launch("{\"query\":\"For all tabs\",\"provider\":\"ok\"}");
        awaitInAll(tabs, "#sessions", "For all tabs");

        closeTab(tabs.remove(0));
        daemon().launch("{\"query\":\"For those that are left\",\"provider\":\"ok\"}");
        awaitInAll(tabs, "#sessions", "For those that are left");
        assertNoProblems();
    }

    /** P07. */
    @Test
    void aPageIsLiveAgainWhenItsServerIsBackWhateverItAnsweredMeanwhile() {
        comeBackAfter(Duration.ZERO, Duration.ZERO);
    }

    /** As long as the scenario has it. */
    @Test
    @Tag("soak")
    void aPageIsLiveAgainWhenItsServerWasAwayForLong() {
        comeBackAfter(Duration.ofSeconds(60), Duration.ofSeconds(20));
    }

    private void comeBackAfter(Duration away, Duration busy) {
        try (MoodyProxy proxy = MoodyProxy.start(daemon().root())) {
            logIn(proxy.url(""));
            String id = daemon().launch("{\"query\":\"Before\",\"provider\":\"ok\"}");
            browser().awaitText("#sessions", "Before");
            browser().script("window.isSame = true");

            proxy.is(MoodyProxy.Mood.REFUSES);
            browser().awaitText("#connection", "No connection to the daemon since");
            daemon().launch("{\"query\":\"While it was away\",\"provider\":\"ok\"}");
            pass(away);
            proxy.is(MoodyProxy.Mood.IS_BUSY);
            browser().until("it is asked again", () -> proxy.answeredBusy() > 1);
            pass(busy);
            proxy.is(MoodyProxy.Mood.CARRIES);

            browser().awaitText("#sessions", "While it was away");
            browser().until("nothing is lost any more", () -> !browser().isSeen("#connection"));
            for (int i = 1; i <= 11; i++) {
                daemon().patch("/sessions/" + id, "{\"title\":\"Title " + i + ".\"}");
                browser().awaitText("#sessions", "Title " + i + ".");
            }
            assertThat(browser().script("return window.isSame")).isEqualTo(true);
        }
    }

    @Test
    void aPageIsLiveWhenItsStoreWasReplacedByOneWithSmallerNumbers() {
        logIn();
        browser()
                .script("const c = new BroadcastChannel('patchbay');"
                        + " c.postMessage({frame: {id: 1000000, type: 'session_status_changed', data: {}}});"
                        + " c.postMessage({frame: {id: 0, type: 'state_reset', data: {}}})");
        // Until it has read its state again.
        pass(Duration.ofSeconds(1));
        daemon().launch("{\"query\":\"In the other store\",\"provider\":\"ok\"}");
        browser().awaitText("#sessions", "In the other store");
    }

    private void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        browser().until(time.plusSeconds(5), "time has passed", () -> System.nanoTime() >= end);
    }

    /** A02: the connection looks open, and nothing comes. */
    @Test
    @Tag("soak")
    void aStreamThatIsSilentForTooLongIsTakenForDead() {
        try (MoodyProxy proxy = MoodyProxy.start(daemon().root())) {
            logIn(proxy.url(""));
            daemon().launch("{\"query\":\"Before\",\"provider\":\"ok\"}");
            browser().awaitText("#sessions", "Before");
            proxy.is(MoodyProxy.Mood.IS_STILL);
            daemon().launch("{\"query\":\"In the silence\",\"provider\":\"ok\"}");
            browser().until(Duration.ofSeconds(90), "it asks again", () -> proxy.streams() > 1);
            proxy.is(MoodyProxy.Mood.CARRIES);
            browser().awaitText("#sessions", "In the silence");
        }
    }

    /** P11. */
    @Test
    void anotherTokenIsSaidInEveryTabAndOneLoginRevivesAll() throws Exception {
        try (MoodyProxy proxy = MoodyProxy.start(daemon().root())) {
            logIn(proxy.url(""));
            browser()
                    .driver()
                    .manage()
                    .addCookie(new Cookie(
                            "patchbay-" + daemon().root().getPort(), "of-long-ago", "127.0.0.1", "/sessions", null));
            List<String> tabs = new ArrayList<>(List.of(browser().driver().getWindowHandle()));
            tabs.addAll(tabs(2, proxy.url("/sessions")));

            int asked = proxy.streams();
            Files.writeString(home.resolve("token"), "another-token-0123456789-0123456789\n");
            awaitInAll(tabs, "#connection", "You are not logged in any more");
            assertThat(proxy.streams() - asked).as("requests for the stream").isLessThanOrEqualTo(tabs.size());

            logIn(proxy.url(""));
            daemon().launch("{\"query\":\"For all again\",\"provider\":\"ok\"}");
            awaitInAll(tabs, "#sessions", "For all again");
        }
    }

    /** Whoever logs out in one tab has left with all of them: the stream that the others share ends as well. */
    @Test
    void whoeverLogsOutInOneTabIsToldInTheOthers() {
        logIn();
        String first = browser().driver().getWindowHandle();
        List<String> others = tabs(2, page("/sessions"));
        browser().driver().switchTo().window(first);
        browser().awaitText("h1", "Sessions");
        browser().driver().switchTo().window(others.get(1));
        browser().leave(() -> browser().click("form[action='/logout'] button"));

        awaitInAll(List.of(first, others.get(0)), "#connection", "You are not logged in any more");
        daemon().launch("{\"query\":\"After the end\",\"provider\":\"ok\"}");
        browser().driver().switchTo().window(first);
        assertThat(browser().text("#sessions")).doesNotContain("After the end");
    }

    /** A02 where the clock was set back meanwhile: a minute of silence is one, whatever the hour is said to be. */
    @Test
    void aStreamThatIsSilentForTooLongIsTakenForDeadThoughTheClockWasSetBack() {
        try (MoodyProxy proxy = MoodyProxy.start(daemon().root())) {
            logIn(proxy.url(""));
            daemon().launch("{\"query\":\"Before\",\"provider\":\"ok\"}");
            browser().awaitText("#sessions", "Before");
            int asked = proxy.streams();
            proxy.is(MoodyProxy.Mood.IS_STILL);
            browser()
                    .script("const hour = Date.now.bind(Date), passed = performance.now.bind(performance);"
                            + " Date.now = () => hour() - 3600000; performance.now = () => passed() + 60000");
            browser().until("it asks again", () -> proxy.streams() > asked);
            proxy.is(MoodyProxy.Mood.CARRIES);
        }
    }
}
