package dev.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.ProcessOutcome;
import dev.patchbay.testkit.RunningProcess;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code patchbay gateway} says when it starts, and what it does not start with. */
@Tag("process")
@Tag("newest")
@Timeout(120)
final class GatewayStartTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path home;

    @BeforeEach
    void folder() throws Exception {
        Files.createDirectories(home.resolve("providers"));
    }

    private void write(String file, String text) throws Exception {
        Files.writeString(home.resolve("providers").resolve(file), text);
    }

    private ChildProcess patchbay(String... arguments) {
        ChildProcess process =
                ChildProcess.java(Main.class.getName(), arguments).env("PATCHBAY_HOME", home.toString());
        for (String name : new String[] {"HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY"}) {
            process = process.env(name, "");
        }
        return process.env("ANTHROPIC_API_KEY", "")
                .env("OPENROUTER_API_KEY", "")
                .env("BASETEN_API_KEY", "");
    }

    private static RunningProcess started(ChildProcess process) throws Exception {
        RunningProcess running = process.start();
        running.awaitStdout("curl ", LIMIT);
        return running;
    }

    @Test
    void saysWhatIsWrongAndWhichNamesLeadWhere() throws Exception {
        write("a.yaml", """
                version: 1
                defaultProvider: here
                providers:
                  here:
                    baseUrl: http://127.0.0.1:1/v1
                    models: {big: {context: 200000}}
                    aliases: {b: big}
                  there: {baseUrl: "http://127.0.0.1:2/v1", defaultModel: m}
                  keyless: {baseUrl: "https://api.example.com/v1", apiKey: $NOT_SET_ANYWHERE}
                """);
        write("b.yaml", "providers:\n\tollama: {baseUrl: \"http://127.0.0.1:3\"}\n");

        try (RunningProcess gateway = started(patchbay("gateway", "--port", "0"))) {
            assertThat(gateway.stdout())
                    .startsWith("Patchbay gateway on http://127.0.0.1:")
                    .contains(": where the name of the model leads, else to here, model big. Ctrl-C ends it.\n")
                    .contains(
                            "# here: ready, the default: b, big, here/NAME, default/NAME, every name without a slash\n")
                    .contains("# there: ready: there/m, there/NAME\n")
                    .contains("# keyless: unavailable, ")
                    .contains("NOT_SET_ANYWHERE")
                    .contains("export CLAUDE_CODE_MAX_CONTEXT_TOKENS=200000\n")
                    .contains("export CLAUDE_CODE_AUTO_COMPACT_WINDOW=200000\n")
                    .contains("-c model_context_window=200000 ")
                    .doesNotContain("NO_PROXY");
            assertThat(gateway.stderr())
                    .contains("b.yaml:2:1: error[E012]", "warning[E201]", "NOT_SET_ANYWHERE")
                    .doesNotContain("warning: the default", "error[E201]");
        }
    }

    @Test
    void saysThatTheDefaultHasNoKey() throws Exception {
        write("a.yaml", """
                providers: {here: {baseUrl: "http://127.0.0.1:1/v1"}, there: {baseUrl: "http://127.0.0.1:2/v1"}}
                """);

        try (RunningProcess gateway = started(patchbay("gateway", "--port", "0"))) {
            assertThat(gateway.stderr())
                    .contains("patchbay: warning: the default provider, anthropic, cannot be used: ")
                    .contains("ANTHROPIC_API_KEY");
        }
    }

    @Test
    void namesTheExceptionWhereAProxyIsSet() throws Exception {
        write("a.yaml", "providers: {here: {baseUrl: \"http://127.0.0.1:1/v1\", defaultModel: m}}");

        try (RunningProcess gateway = started(
                patchbay("gateway", "--provider", "here", "--port", "0").env("HTTPS_PROXY", "http://127.0.0.1:9"))) {
            assertThat(gateway.stdout())
                    .contains(": every request to here, model m unless it names another one of that provider. ")
                    .contains("export NO_PROXY=127.0.0.1,localhost")
                    .contains("# here: ready: m, here/NAME, every other name\n")
                    .contains("# how much the default model can hold is not known")
                    .doesNotContain("# anthropic:");
        }
    }

    @Test
    void saysWhereRequestsGoOfAProviderWithoutADefaultModel() throws Exception {
        write("a.yaml", "providers: {here: {baseUrl: \"http://127.0.0.1:1/v1\"}}");

        try (RunningProcess gateway = started(patchbay("gateway", "--provider", "here", "--port", "0"))) {
            assertThat(gateway.stdout()).contains(": every request to here, with the model that it names. Ctrl-C");
        }
    }

    @Test
    void doesNotStartWithoutWhatConfigNames() {
        ProcessOutcome outcome = patchbay(
                        "--config", home.resolve("nowhere.yaml").toString(), "gateway", "--port", "0")
                .run(LIMIT);

        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.stderr()).contains("nowhere.yaml: error[E002]: there is no such file or folder");
    }

    @Test
    void aPortThatIsTakenIsSaidWithWhatAnswersThere() throws Exception {
        write("a.yaml", "providers: {here: {baseUrl: \"http://127.0.0.1:1/v1\", defaultModel: m}}");
        try (FakeProvider other = FakeProvider.start()) {
            ProcessOutcome outcome =
                    patchbay("gateway", "--port", String.valueOf(other.port())).run(LIMIT);

            assertThat(outcome.exitCode()).isEqualTo(3);
            assertThat(outcome.stderr())
                    .contains("cannot listen on 127.0.0.1:" + other.port(), "a web server answers there");
        }
    }

    /** Before anything is read: whoever starts it twice has not to wait for what is said anyway. */
    @Test
    void aPortThatIsTakenIsSaidFirst() throws Exception {
        write("a.yaml", "providers: {x: {baseUrl: nowhere}}");
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ProcessOutcome outcome = patchbay("gateway", "--port", String.valueOf(other.getLocalPort()))
                    .run(LIMIT);

            assertThat(outcome.exitCode()).isEqualTo(3);
            assertThat(outcome.stderr())
                    .contains("cannot listen on 127.0.0.1:" + other.getLocalPort(), "take another port")
                    .doesNotContain("a.yaml", "no provider is ready");
            assertThat(home.resolve("token")).doesNotExist();
        }
    }

    @Test
    void doesNotStartWhereNobodyIsReady() throws Exception {
        write("a.yaml", "providers: {demo: {extends: demo, enabled: false}, x: {baseUrl: nowhere}}");

        ProcessOutcome outcome = patchbay("gateway", "--port", "0").run(LIMIT);

        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.stderr())
                .contains("no provider is ready", "ANTHROPIC_API_KEY", "begins with https:// or http://");
    }
}
