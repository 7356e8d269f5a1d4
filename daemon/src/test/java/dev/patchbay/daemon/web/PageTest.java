package dev.patchbay.daemon.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.daemon.TestDaemon;
import dev.patchbay.testkit.FakeProvider;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What tests of the page share: a browser for the class, a daemon for each test, and that nothing is wrong in the console. */
@Tag("process")
@Tag("once")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PageTest {

    private Browser running;
    private FakeProvider provider;
    private TestDaemon server;

    @BeforeAll
    void startBrowser(@TempDir Path profile) {
        running = Browser.start(profile);
    }

    @AfterAll
    void closeBrowser() {
        if (running != null) {
            running.close();
        }
    }

    @BeforeEach
    void startDaemon(@TempDir Path home) {
        provider = FakeProvider.start();
        server = startDaemon(home, provider);
        browser().width(1280, 860, false);
        browser().dark(false);
        browser().scripts(true);
        browser().driver().manage().deleteAllCookies();
        // Of the test before.
        List<String> unused = browser().problems();
    }

    TestDaemon startDaemon(Path home, FakeProvider fake) {
        return TestDaemon.start(home, fake);
    }

    /** What a script or the policy did not do is wrong in every test; that a server was away may be what the test is about. */
    @AfterEach
    void closeDaemon() {
        assertThat(running.problems())
                .filteredOn(problem ->
                        !problem.contains("Failed to load resource") && !problem.contains("WebSocket connection"))
                .isEmpty();
        browser().open(URI.create("about:blank"));
        server.close();
        provider.close();
    }

    final Browser browser() {
        return running;
    }

    final FakeProvider fake() {
        return provider;
    }

    final TestDaemon daemon() {
        return server;
    }

    final void daemon(TestDaemon another) {
        server = another;
    }

    final URI page(String path) {
        return URI.create(server.root() + path);
    }

    /** As {@code patchbay daemon open} does it. */
    final void logIn() {
        logIn(server.root());
    }

    /** The same by another address of the daemon. */
    final void logIn(URI root) {
        logIn(root, loginPath());
    }

    /** The same with an address that {@link #loginPath} gave. */
    final void logIn(URI root, String path) {
        browser().open(root.resolve(path));
        browser().until("logged in", () -> browser().path().startsWith("/sessions"));
    }

    final void logInWithoutScripts() {
        browser().open(server.root().resolve(loginPath()));
        browser().click("form button");
        browser().until("logged in", () -> browser().path().startsWith("/sessions"));
    }

    final String loginPath() {
        TestDaemon.Answer answer = server.send(HttpRequest.newBuilder(page("/login/code"))
                .header("authorization", "Bearer " + server.token())
                .POST(BodyPublishers.noBody()));
        assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
        return "/login?code=" + answer.json().path("code").asText();
    }

    final void open(String path) {
        browser().open(page(path));
    }

    final void assertNoProblems() {
        assertThat(running.problems()).isEmpty();
    }
}
