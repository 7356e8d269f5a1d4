package dev.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.ProcessOutcome;
import dev.patchbay.testkit.RunningProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Names from elsewhere in whatever a command prints, into a pipe too: nothing obeys them, and none makes a line of its own. */
@Tag("process")
@Timeout(300)
final class OddNamesTest {

    private static final Duration LIMIT = Duration.ofSeconds(120);

    private static final String ODD = "m\u001b]0;pwn\u0007\rX\u202e\u009b31m\nexport FORGED=1";
    private static final String YAML = "\"m\\e]0;pwn\\a\\rX\\u202e\\u009b31m\\nexport FORGED=1\"";

    @TempDir
    Path home;

    private final FakeProvider fake = FakeProvider.start();
    private final List<String> found = new ArrayList<>();

    @BeforeEach
    void writeProvider() throws IOException {
        Files.createDirectories(home.resolve("providers"));
        Files.writeString(home.resolve("providers/odd.yaml"), """
                defaultProvider: odd
                providers:
                  odd: {auth: none, baseUrl: "%1$s", name: %2$s, defaultModel: %2$s, aliases: {%3$s: %2$s, a: %2$s},
                    models: {%2$s: {}}}
                  wrong: {auth: none, baseUrl: "%1$s", dialect: %2$s, fallback: [{to: %2$s}]}
                """.formatted(
                        fake.baseUrl("/v1"), YAML, YAML.replace("\"m", "\"b")));
    }

    @AfterEach
    void close() {
        fake.close();
    }

    @Test
    void noCommandPrintsThemAsTheyAre() {
        CliHarness cli = new CliHarness(home);
        cli.input("Hi\nAgain\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        for (String[] command : List.of(
                words("launch", "Hi"),
                words("launch", "Hi", "--debug"),
                words("launch", "Hi", "-m", ODD),
                words("launch", "Hi", "-m", "odd/" + ODD, "--title", ODD),
                words("launch", "Hi", "-m", "none/" + ODD),
                words("launch", "Hi", "-p", ODD),
                words("launch", "Hi", "-p", "wrong"),
                words("launch", "Hi", "--config", ODD),
                words("launch", "Hi", "--attach", ODD),
                words("launch", "Hi", "--schema", ODD),
                words("launch", "Hi", "-o", ODD + "=1"),
                words("launch", "Hi", "--base-url", ODD),
                words("launch", "Hi", "--base-url", fake.baseUrl("/v1").toString(), "-m", ODD),
                words("launch", "Again", "-c", "--debug"),
                words("chat"),
                words("sessions", "list"),
                words("sessions", "search", "Hi"),
                words("usage"),
                words("usage", "--by", "model"),
                words("providers", "list"),
                words("providers", "list", "--all"),
                words("providers", "show", "odd"),
                words("providers", "show", "odd", "--request"),
                words("providers", "show", "wrong"),
                words("providers", "show", ODD),
                words("providers", "explain", "odd"),
                words("providers", "explain", "odd", ODD),
                words("providers", "validate"),
                words(
                        "providers",
                        "validate",
                        home.resolve("providers/odd.yaml").toString()),
                words("providers", "models", "odd"),
                words("providers", "models"),
                words("providers", "test", "odd"),
                words("providers", "test", "odd", "--model", ODD),
                words("providers", "new", ODD, "--base-url", "https://a.example"),
                words("providers", "new", "fine", "--base-url", "https://a.example/" + ODD),
                words("default"),
                words("default", "odd"),
                words("default", "odd/" + ODD),
                words("default", ODD),
                words("models"),
                words("models", "list", ODD),
                words("plugins", "list"),
                words("plugins", "verify", ODD),
                words("doctor"),
                words("completion", "bash"),
                words("completion", ODD),
                words("run", ODD),
                words("run", "--", ODD),
                words("run", "-p", ODD, "--", "true"),
                words("gateway", "--provider", ODD),
                words("daemon", "status"),
                words("help", ODD),
                words(ODD),
                words("launch", "--" + ODD))) {
            look(command, cli.run(command));
        }
        String list = cli.run("sessions", "list", "--json").out();
        for (String id : list.split("\"id\": \"")) {
            if (id.length() > 36 && id.charAt(8) == '-') {
                String session = id.substring(0, 36);
                for (String command : List.of("show", "export", "update", "continue", "interrupt", "forget")) {
                    String[] line = switch (command) {
                        case "update" -> words("sessions", command, session, "--title", ODD);
                        case "continue" -> words("sessions", command, session, "And?");
                        default -> words("sessions", command, session);
                    };
                    look(line, cli.run(line));
                }
            }
        }

        assertThat(found).isEmpty();
    }

    @Test
    void norDoesWhatRunsForLong() throws Exception {
        ChildProcess gateway = process("gateway", "--port", "0");
        try (RunningProcess running = gateway.start()) {
            running.awaitStdout("curl ", LIMIT);
            look("gateway", running.stdout() + running.stderr());
        }
        ProcessOutcome run = process("run", "--", "true").run(LIMIT);
        assertThat(run.exitCode()).isZero();
        look("run", run.stdout() + run.stderr());
        Path agents = Files.createDirectories(home.resolve("agents"));
        assertThat(Files.writeString(agents.resolve("claude"), "#!/bin/sh\ntrue\n")
                        .toFile()
                        .setExecutable(true))
                .isTrue();
        ProcessOutcome agent =
                process("run", "claude").env("PATH", agents + ":/usr/bin:/bin").run(LIMIT);
        assertThat(agent.stderr()).contains("0 requests to odd");
        look("run claude", agent.stdout() + agent.stderr());

        assertThat(found).isEmpty();
    }

    private ChildProcess process(String... arguments) {
        return ChildProcess.java(Main.class.getName(), arguments)
                .env("PATCHBAY_HOME", home.toString())
                .env("HOME", home.toString());
    }

    private static String[] words(String... words) {
        return words;
    }

    private void look(String[] command, CliHarness.Result result) {
        look(Arrays.toString(command).replace(ODD, "ODD") + " = " + result.exitCode(), result.out() + result.err());
    }

    private void look(String command, String printed) {
        for (String line : printed.split("\n", -1)) {
            boolean isObeyed = line.chars().anyMatch(c -> (Character.isISOControl(c) && c != '\t') || c == '\u202e');
            if (isObeyed || line.startsWith("export FORGED")) {
                found.add(command + ": " + line.replaceAll("[\\p{Cc}\u202e]", "¶"));
            }
        }
    }
}
