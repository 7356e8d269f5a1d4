package dev.patchbay.daemon.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.codec.json.Json;
import dev.patchbay.daemon.TestDaemon;
import dev.patchbay.daemon.client.DaemonProcess;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.Gate;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** P06: a failure never looks like work, whether the provider, its file or the daemon itself is what failed. */
@Tag("process")
final class LostDaemonTest extends PageTest {

    private static final Duration SILENCE = Duration.ofSeconds(30);

    @TempDir
    Path other;

    private Path home;

    @Override
    TestDaemon startDaemon(Path folder, FakeProvider fake) {
        home = folder;
        return super.startDaemon(folder, fake);
    }

    private String providers(String more) {
        return "providers:\n  ok: {auth: none, baseUrl: \"" + fake().baseUrl("/v1") + "\", defaultModel: m" + more
                + "}\n";
    }

    @Test
    void aKilledDaemonIsShownAsLostAndAfterItsReturnTheSessionAsFailed() throws Exception {
        fake().answer(Answer.text("One ", "two").holdBefore("two", Gate.closed()));
        URI root;
        try (DaemonProcess daemon = DaemonProcess.measured(other, providers(""))) {
            root = daemon.url();
            logIn(root, code(daemon));
            String id = launch(daemon);
            browser().open(root.resolve("/sessions/" + id));
            browser().awaitText("#stream", "One");
            assertThat(browser().isSeen(".working-line")).isTrue();

            daemon.kill();
            browser().awaitText("#connection", "No connection to the daemon since");
            assertNoSignOfWork();
            assertThat(browser().text("#stream")).contains("One");
        }
        try (DaemonProcess again = DaemonProcess.measured(other, providers(""), "-Ddaemon.port=" + root.getPort())) {
            browser().until(SILENCE, "it is found again", () -> !browser().isSeen("#connection"));
            browser()
                    .until(
                            SILENCE,
                            "what became of the session",
                            () -> browser().text("#state").contains("failed"));
            assertThat(browser().text("#state .failure")).contains("the process running this session ended");
            assertThat(again.url()).isEqualTo(root);
            assertNoSignOfWork();

            browser().open(root.resolve("/sessions"));
            browser().awaitText("#sessions .state", "failed");
            again.kill();
            browser().awaitText("#connection", "No connection to the daemon since");
            assertNoSignOfWork();
        }
    }

    @Test
    void aProviderThatFallsSilentIsSaidAndEndsTheSignOfWork() throws Exception {
        Files.writeString(home.resolve("providers/p.yaml"), providers(", http: {idleTimeout: 1s}"));
        fake().answer(Answer.text("One ", "two").holdBefore("two", Gate.closed()));
        logIn();
        browser().until("the file is read anew", () -> {
            open("/providers/ok");
            return browser().text("main").contains("1s");
        });
        String id = daemon().launch("{\"query\":\"Count\",\"provider\":\"ok\"}");
        open("/sessions/" + id);
        browser().awaitText("#state .state", "failed");
        assertNoSignOfWork();
        assertThat(browser().text("#state .failure .words")).contains("sent nothing for 1s");
        browser().awaitText("#conversation", "One");
        assertNoProblems();
    }

    @Test
    void aFileThatBrokeIsSaidWhereASessionOfItIsToGoOn() throws Exception {
        logIn();
        String id = daemon().launch("{\"query\":\"Hi\",\"provider\":\"ok\"}");
        open("/sessions/" + id);
        browser().awaitText("#state", "completed");
        Files.writeString(home.resolve("providers/p.yaml"), "providers:\n  ok: {baseUrl: [}\n");
        browser().until("the fault is known", () -> {
            open("/providers");
            return browser().isSeen(".diagnostics");
        });
        open("/sessions/" + id);
        browser().type("#query", "Go on", Keys.ENTER);
        browser()
                .until(
                        "an answer",
                        () -> !browser().text("#answer-problem").isEmpty()
                                || !browser().path().startsWith("/sessions/" + id));
        assertNoSignOfWork();
        assertThat(browser().text("#answer-problem") + browser().text("#state")).contains("ok");
    }

    private void assertNoSignOfWork() {
        browser()
                .until(
                        "no sign of work is seen",
                        () -> !browser().isSeen(".working-line") && !browser().isSeen(".state.running .mark"));
    }

    private static String launch(DaemonProcess daemon) throws Exception {
        return Json.parse(post(daemon, "/api/v1/sessions", "{\"query\":\"Count\",\"provider\":\"ok\"}"))
                .path("data")
                .path("session_id")
                .asText();
    }

    private static String code(DaemonProcess daemon) throws Exception {
        return "/login?code="
                + Json.parse(post(daemon, "/login/code", "")).path("code").asText();
    }

    private static String post(DaemonProcess daemon, String path, String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(daemon.url().resolve(path))
                                .header("authorization", "Bearer " + daemon.token())
                                .header("content-type", "application/json")
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }
}
