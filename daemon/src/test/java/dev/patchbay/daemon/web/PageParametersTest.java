package dev.patchbay.daemon.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.daemon.TestDaemon;
import dev.patchbay.testkit.FakeProvider;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An address that somebody changed by hand is the reader's mistake, not the daemon's. */
final class PageParametersTest {

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path home;

    @Test
    void noParameterOfAnyPageMakesTheDaemonFail() throws Exception {
        try (FakeProvider fake = FakeProvider.start();
                TestDaemon daemon = TestDaemon.start(home, fake)) {
            String cookie = logIn(daemon);
            String session = "/sessions/" + daemon.launch("{\"query\":\"Hi\",\"provider\":\"ok\"}");
            for (String path : new String[] {
                "/sessions?q=" + "x".repeat(101),
                "/sessions?q=" + String.join("%20", "abcdefghijklmnopqrstuvwxyz0123456789".split("")),
                "/sessions?cursor=xx",
                "/sessions?filter=xx",
                session + "?before=xx",
                session + "/new?after=xx",
                session + "/earlier?before=xx",
                session + "/pieces/xx/text",
                "/usage?days=xx"
            }) {
                HttpResponse<String> answer = get(daemon, cookie, path);
                assertThat(answer.statusCode()).as(path).isEqualTo(400);
                assertThat(answer.body()).as(path).contains("<html").doesNotContain("its log says why");
            }
            String longest = "9223372036854775807";
            for (String path : new String[] {
                "/sessions?cursor=" + longest + "_",
                "/sessions?cursor=-" + longest + "_x",
                session + "?before=-" + longest,
                session + "?before=1&of=nobody",
                session + "?sent=xx",
                session + "/new?after=" + longest,
                session + "/new?after=-" + longest,
                session + "/earlier?before=-" + longest + "&of=xx",
                session + "/pieces/-9223372036854775808/text",
                session + "/pieces/" + longest + "/xx",
                "/launch?provider=xx&model=%00",
                "/launch/models?provider=xx",
                "/providers?test=xx",
                "/providers/ok?test=xx",
                "/providers/xx",
                "/providers/ok/test?run=xx"
            }) {
                assertThat(get(daemon, cookie, path).statusCode()).as(path).isLessThan(500);
            }
        }
    }

    @Test
    void theFormOfALaunchBeginsWithTheDefaultProviderElseWithOneThatCanBeAsked() throws Exception {
        try (FakeProvider fake = FakeProvider.start();
                TestDaemon daemon = TestDaemon.start(home, fake)) {
            String cookie = logIn(daemon);
            // Nobody chose one of the two that are ready, and anthropic has no key.
            assertThat(get(daemon, cookie, "/launch").body()).containsPattern("<option value=\"ok\" selected");
            Files.writeString(home.resolve("providers/default.yaml"), "defaultProvider: other\n");
            daemon.post("/providers/reload", "");
            assertThat(get(daemon, cookie, "/launch").body()).containsPattern("<option value=\"other\" selected");
        }
    }

    private String logIn(TestDaemon daemon) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(daemon.root().resolve("/login"))
                .header("content-type", "application/x-www-form-urlencoded")
                .header("origin", daemon.root().toString())
                .POST(BodyPublishers.ofString("token=" + daemon.token()))
                .build();
        return client.send(request, BodyHandlers.ofString())
                .headers()
                .firstValue("set-cookie")
                .orElseThrow()
                .split(";", 2)[0];
    }

    private HttpResponse<String> get(TestDaemon daemon, String cookie, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(daemon.root().resolve(path))
                .header("cookie", cookie)
                .build();
        return client.send(request, BodyHandlers.ofString());
    }
}
