package dev.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.ProcessOutcome;
import dev.patchbay.testkit.RecordedRequest;
import dev.patchbay.testkit.RunningProcess;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code run} as a process, with programs of the system and with stand-ins for agents. */
@Tag("process")
final class RunProcessTest {

    private static final Duration LIMIT = Duration.ofSeconds(180);
    private static final String KEY = "canary-key-0815-of-the-provider";

    /** Prints what an agent is told: its arguments, its variables, and the files that they name. */
    private static final String TELLS =
            "echo \"$@\"; env; cat \"$2\" \"$QWEN_CODE_SYSTEM_SETTINGS_PATH\" \"$CLINE_PROVIDER_SETTINGS_PATH\" 2>/dev/null; true";

    @TempDir
    Path home;

    private final FakeProvider fake = FakeProvider.start();

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(home.resolve("patchbay/providers"));
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("patchbay/providers/ok.yaml"), """
                providers:
                  ok: {baseUrl: "%s", apiKey: $OK_SECRET, defaultModel: wire-model,
                       models: {wire-model: {price: {input: 1, output: 2}}}}
                  other: {baseUrl: "https://api.example.com/v1", apiKey: $OTHER_CREDENTIAL}
                """.formatted(fake.baseUrl("/v1")));
        fake.answer(Answer.text("Hello", " there").usage(7, 2));
    }

    @AfterEach
    void close() {
        fake.close();
    }

    private ChildProcess patchbay(String... arguments) {
        return ChildProcess.java(Main.class.getName(), arguments)
                .env("PATCHBAY_HOME", home.resolve("patchbay").toString())
                .env("HOME", home.toString())
                .env("PATH", home.resolve("bin") + ":/usr/bin:/bin")
                .env("OK_SECRET", KEY)
                .in(home);
    }

    private ChildProcess run(String... program) {
        List<String> arguments = new ArrayList<>(List.of("run", "-p", "ok", "--"));
        arguments.addAll(List.of(program));
        return patchbay(arguments.toArray(String[]::new));
    }

    private void agent(String name, String script) throws IOException {
        Path file = home.resolve("bin").resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest // R08
    @CsvSource({"exit 7,7", "kill -9 $$,137", "kill -15 $$,143", "true,0"})
    void exitCodeIsTheAgents(String script, int code) {
        assertThat(run("sh", "-c", script).run(LIMIT).exitCode()).isEqualTo(code);
    }

    @Test // R08
    void whatCannotBeStartedIsToldAsByAShell() throws IOException {
        ProcessOutcome missing = run("nosuch").run(LIMIT);
        assertThat(missing.exitCode()).isEqualTo(127);
        assertThat(missing.stderr()).contains("nosuch: not found");
        ProcessOutcome agent = patchbay("run", "codex", "-p", "ok")
                .env("PATH", home.toString())
                .run(LIMIT);
        assertThat(agent.exitCode()).isEqualTo(127);
        assertThat(agent.stderr()).contains("codex: not found", "npm install -g @openai/codex");
        assertThat(fake.requests())
                .as("nobody is asked for a program that is not there")
                .isEmpty();
        Path plain = Files.writeString(home.resolve("plain"), "text");
        assertThat(run(plain.toString()).run(LIMIT).exitCode()).isEqualTo(126);
    }

    @Test
    void whatTheSystemDoesNotStartIsToldInItsWords() throws IOException {
        agent("lost", "");
        Files.writeString(home.resolve("bin/lost"), "#!/no/such/interpreter\n");
        ProcessOutcome outcome = run("lost").run(LIMIT);
        assertThat(outcome.exitCode()).isEqualTo(126);
        assertThat(outcome.stderr())
                .contains("lost", "No such file", "interpreter", "nothing was started")
                .doesNotContain("unexpected");
    }

    @Test
    void folderForFilesThatCannotBeMadeIsNamed() throws IOException {
        agent("claude", "echo started");
        ProcessOutcome outcome = patchbay("run", "claude", "-p", "ok")
                .env("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=/proc/nowhere")
                .run(LIMIT);
        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.stdout()).isEmpty();
        assertThat(outcome.stderr())
                .contains("/proc/nowhere/patchbay-run", "cannot be written")
                .doesNotContain("unexpected");
    }

    /** An agent may end its own parent, and before that one waits for it. */
    @Test
    void agentEndsWithARunThatIsTerminatedAtOnceAndLeavesNoFile() throws IOException {
        agent("claude", "echo \"pid $$ file $2\"; kill -TERM $PPID; exec sleep 600");
        ProcessOutcome outcome = patchbay("run", "claude", "-p", "ok").run(LIMIT);
        assertThat(outcome.exitCode()).isEqualTo(143);
        String[] told = outcome.stdout().strip().split(" ");
        assertThat(ProcessHandle.of(Long.parseLong(told[1]))).isEmpty();
        assertThat(Path.of(told[3]).getParent()).doesNotExist();
    }

    @Test
    void filesOfARunThatWasKilledGoWithTheNextAndThoseOfOneThatLivesStay() throws Exception {
        Path folder = Files.createDirectories(home.resolve("tmp"));
        agent("claude", "echo \"ready $$\"; exec sleep 600");
        agent("codex", "ls " + folder);
        ChildProcess claude =
                patchbay("run", "claude", "-p", "ok").env("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + folder);
        try (RunningProcess living = claude.start();
                RunningProcess killed = claude.start()) {
            living.awaitStdout("ready", LIMIT);
            killed.awaitStdout("ready", LIMIT);
            killed.signal("KILL");
            ProcessHandle.of(Long.parseLong(killed.stdout().strip().split(" ")[1]))
                    .ifPresent(ProcessHandle::destroyForcibly);
            killed.await(LIMIT);
            String left = patchbay("run", "codex", "-p", "ok")
                    .env("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + folder)
                    .run(LIMIT)
                    .stdout();
            assertThat(left.lines().filter(line -> line.startsWith("patchbay-run")))
                    .as("that of the one that lives, and its own")
                    .hasSize(2);
            living.signal("TERM");
            assertThat(living.await(LIMIT).exitCode()).isEqualTo(143);
        }
    }

    @Test // R06
    void inputIsHandedOnUntouched() {
        ProcessOutcome outcome = run("cat").stdin("x\n").run(LIMIT);
        assertThat(outcome.stdout()).isEqualTo("x\n");
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.stderr()).contains("0 requests to ok").contains("warning: nothing was asked here");
    }

    @Test
    void programReachesTheProviderAndNothingElse() {
        ProcessOutcome outcome = run(
                        "sh",
                        "-c",
                        "curl -sS \"$OPENAI_BASE_URL/chat/completions\" -H \"Authorization: Bearer $OPENAI_API_KEY\""
                                + " -H 'content-type: application/json'"
                                + " -d '{\"model\":\"gpt-5\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}'")
                .run(LIMIT);
        assertThat(outcome.stdout()).as(outcome.stderr()).contains("Hello there");
        RecordedRequest request = fake.takeRequest(LIMIT);
        while (!request.path().equals("/v1/chat/completions")) {
            request = fake.takeRequest(LIMIT);
        }
        assertThat(request.header("authorization")).contains("Bearer " + KEY);
        assertThat(request.member("model")).contains("wire-model");
        assertThat(outcome.stderr())
                .contains("1 request to ok, model wire-model, 7 tokens in, 2 out, $0.000011")
                .doesNotContain("warning");
    }

    @Test
    void lastRefusalIsToldInTheProvidersWordsWithoutTheKey() {
        fake.answer(Answer.error(401, "authentication_error", "no such key: " + KEY));
        ProcessOutcome outcome = run(
                        "sh",
                        "-c",
                        "curl -sS \"$OPENAI_BASE_URL/chat/completions\" -H \"Authorization: Bearer $OPENAI_API_KEY\""
                                + " -H 'content-type: application/json'"
                                + " -d '{\"model\":\"gpt-5\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}'")
                .run(LIMIT);
        assertThat(outcome.stderr())
                .contains("1 request to ok, model wire-model, 1 of them failed")
                .contains("patchbay: the last was refused with 401 (auth): ", "no such key")
                .contains("see: patchbay providers test ok")
                .doesNotContain(KEY);
    }

    @Test
    void environmentHoldsNoKeyAndNothingThatLeadsElsewhere() {
        ProcessOutcome outcome = run("env")
                .env("OTHER_CREDENTIAL", "canary-of-another-definition")
                .env("GROQ_API_KEY", "canary-of-a-preset")
                .env("WANDB_API_KEY", "canary-of-the-catalogue")
                .env("COPY_OF_IT", KEY)
                .env("HIDDEN_IN_TEXT", "Bearer " + KEY)
                .env("OPENAI_BASE_URL", "http://elsewhere.example")
                .env("GROQ_BASE_URL", "http://elsewhere.example")
                .env("ANTHROPIC_AUTH_TOKEN", "canary-login")
                .env("CLAUDE_CODE_USE_BEDROCK", "1")
                .env("HTTPS_PROXY", "http://127.0.0.1:9")
                .env("NO_PROXY", "corp.example")
                .env("HARMLESS", "kept")
                .run(LIMIT);
        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        assertThat(outcome.stdout())
                .doesNotContain("canary")
                .doesNotContain("elsewhere.example")
                .doesNotContain("CLAUDE_CODE_USE_BEDROCK")
                .contains("HARMLESS=kept\n")
                .contains("NO_PROXY=127.0.0.1,localhost,corp.example\n")
                .contains("no_proxy=127.0.0.1,localhost\n");
        assertThat(outcome.stdout().lines().filter(line -> line.startsWith("ANTHROPIC_") || line.startsWith("OPENAI_")))
                .extracting(line -> line.substring(0, line.indexOf('=')))
                .containsExactlyInAnyOrder(
                        "ANTHROPIC_BASE_URL", "ANTHROPIC_API_KEY", "OPENAI_BASE_URL", "OPENAI_API_KEY");
    }

    @Test // R09
    void severalRunsHaveAddressesAndTokensOfTheirOwn() throws Exception {
        List<RunningProcess> running = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                running.add(run("sh", "-c", "echo $ANTHROPIC_BASE_URL $ANTHROPIC_API_KEY; read end")
                        .start());
            }
            Set<String> addresses = new HashSet<>();
            Set<String> tokens = new HashSet<>();
            for (RunningProcess process : running) {
                process.awaitStdout("\n", LIMIT);
                String[] line = process.stdout().strip().split(" ");
                addresses.add(line[0]);
                tokens.add(line[1]);
            }
            assertThat(addresses).hasSize(5);
            assertThat(tokens).hasSize(5);
        } finally {
            running.forEach(RunningProcess::close);
        }
    }

    @Test // R09
    void tokenOpensNothingElse() throws Exception {
        agent(
                "wait-for-file",
                "echo $ANTHROPIC_BASE_URL $ANTHROPIC_API_KEY; while ! [ -e \"$1\" ]; do sleep 0.1; done");
        try (RunningProcess one = run("wait-for-file", home + "/end").start();
                RunningProcess two = run("wait-for-file", home + "/end").start()) {
            one.awaitStdout("\n", LIMIT);
            two.awaitStdout("\n", LIMIT);
            String[] first = one.stdout().strip().split(" ");
            String[] second = two.stdout().strip().split(" ");
            assertThat(status(first[0], first[1])).isEqualTo(200);
            assertThat(status(second[0], first[1])).isEqualTo(401);
            Files.createFile(home.resolve("end"));
            assertThat(one.await(LIMIT).exitCode()).isZero();
        }
    }

    private static int status(String gateway, String token) throws IOException {
        URL url = URI.create(gateway + "/v1/models").toURL();
        HttpURLConnection connection = (HttpURLConnection) url.openConnection();
        connection.setRequestProperty("Authorization", "Bearer " + token);
        return connection.getResponseCode();
    }

    @Test // R01, R02
    void claudeIsLedPastItsSettingsWhichStay() throws Exception {
        Path settings = home.resolve(".claude/settings.json");
        Files.createDirectories(settings.getParent());
        String text = "{\"env\":{\"ANTHROPIC_BASE_URL\":\"http://127.0.0.1:9\",\"CLAUDE_CODE_USE_BEDROCK\":\"1\"}}";
        Files.writeString(settings, text);
        agent("claude", "echo \"$@\"; cat \"$2\"; stat -c %a \"$2\"; env");
        ProcessOutcome outcome =
                patchbay("run", "claude", "-p", "ok", "--", "-p", "Hi").run(LIMIT);
        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        assertThat(outcome.stdout())
                .startsWith("--settings ")
                .contains(" --model wire-model -p Hi\n")
                .contains("\"CLAUDE_CODE_USE_BEDROCK\":\"\"")
                .contains("\"ANTHROPIC_BASE_URL\":\"http://127.0.0.1:")
                .doesNotContain("127.0.0.1:9\"")
                .contains("}600\n")
                .contains("\nANTHROPIC_AUTH_TOKEN=")
                .doesNotContain("\nANTHROPIC_API_KEY=")
                .contains("\nCLAUDE_CODE_MAX_CONTEXT_TOKENS=32768\n")
                .doesNotContain("CLAUDE_CODE_AUTO_COMPACT_WINDOW");
        assertThat(outcome.stderr()).contains("nobody says how many tokens wire-model can hold");
        assertThat(settings).hasContent(text);
        try (Stream<Path> files = Files.list(home.resolve(".claude"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Tag("once")
    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest // R03
    @CsvSource({
        "claude,CLAUDE_CODE_MAX_CONTEXT_TOKENS=65536",
        "claude,CLAUDE_CODE_MAX_OUTPUT_TOKENS=16384",
        "codex,model_context_window=65536",
        "opencode,\"context\":65536",
        "qwen,\"contextWindowSize\":65536",
        "pi,\"contextWindow\":65536",
        "cn,\"contextLength\":65536",
        "cline,\"contextWindow\":65536"
    })
    void agentIsToldWhatTheProviderSaysItsModelHolds(String name, String expected) throws Exception {
        fake.answer("/models", Answer.json(200, "{\"data\":[{\"id\":\"wire-model\",\"context_length\":65536}]}"));
        agent(name, TELLS);
        ProcessOutcome outcome = patchbay("run", name, "-p", "ok").run(LIMIT);
        assertThat(outcome.stdout()).as(outcome.stderr()).contains(expected);
        assertThat(outcome.stderr()).doesNotContain("nobody says");
    }

    /** A user who is logged in everywhere, and tools that have variables of their own. */
    @Tag("once")
    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest // R04
    @CsvSource({
        "claude,ANTHROPIC_AUTH_TOKEN",
        "codex,PATCHBAY_TOKEN",
        "opencode,PATCHBAY_TOKEN",
        "qwen,PATCHBAY_TOKEN",
        "pi,PATCHBAY_TOKEN",
        "cn,PATCHBAY_TOKEN",
        "cline,none"
    })
    void agentGetsOneCredentialAndNoneOnItsCommandLine(String name, String variable) throws Exception {
        agent(name, "echo \"$@\"; echo ---; env");
        ProcessOutcome outcome = patchbay("run", name, "-p", "ok", "--", "Hi")
                .env("ANTHROPIC_API_KEY", "canary-of-anthropic")
                .env("CLAUDE_CODE_OAUTH_TOKEN", "canary-login")
                .env("OPENAI_API_KEY", "canary-of-openai")
                .env("CODEX_API_KEY", "canary-of-codex")
                .env("GEMINI_API_KEY", "canary-of-gemini")
                .env("DASHSCOPE_API_KEY", "canary-of-qwen")
                .env("CONTINUE_API_KEY", "canary-of-continue")
                .env("CLINE_API_KEY", "canary-of-cline")
                .run(LIMIT);
        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        assertThat(outcome.stdout()).doesNotContain("canary");
        String[] said = outcome.stdout().split("---\n");
        assertThat(said[0]).endsWith("Hi\n");
        List<String> credentials = said[1].lines()
                .filter(line -> line.matches("\\w*(KEY|TOKEN|SECRET)=.+"))
                .toList();
        assertThat(credentials)
                .extracting(line -> line.substring(0, line.indexOf('=')))
                .isEqualTo(variable.equals("none") ? List.of() : List.of(variable));
        credentials.forEach(line ->
                assertThat(said[0]).as("tokens show in ps").doesNotContain(line.substring(line.indexOf('=') + 1)));
    }

    /** R02: nothing that is the user's changes, whichever way the run ends. */
    @Tag("once")
    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @ValueSource(strings = {"claude", "codex", "opencode", "qwen", "pi", "cn", "cline"})
    void nothingOfTheUserIsChangedByARunThatIsKilled(String name) throws Exception {
        for (String file : List.of(
                ".claude.json",
                ".claude/settings.json",
                ".codex/config.toml",
                ".config/opencode/opencode.json",
                ".qwen/settings.json",
                ".pi/agent/models.json",
                ".continue/config.yaml",
                ".cline/data/settings/providers.json")) {
            Files.createDirectories(home.resolve(file).getParent());
            Files.writeString(home.resolve(file), "{}");
        }
        agent(name, "echo ready; while :; do sleep 0.1; done");
        Map<String, String> before = files();
        try (RunningProcess process = patchbay("run", name, "-p", "ok").start()) {
            process.awaitStdout("ready", LIMIT);
            ProcessHandle started = ProcessHandle.of(process.pid())
                    .orElseThrow()
                    .children()
                    .findFirst()
                    .orElseThrow();
            process.signal("KILL");
            started.destroyForcibly();
            process.await(LIMIT);
        }
        Map<String, String> after = files();
        after.keySet().removeIf(file -> file.startsWith("patchbay/"));
        before.keySet().removeIf(file -> file.startsWith("patchbay/"));
        assertThat(after).isEqualTo(before);
    }

    private Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(home)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(home.relativize(file).toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return files;
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest // R01
    @CsvSource(
            delimiter = '|',
            value = {
                "qwen|.managed.json|{\"security\":{\"auth\":{\"enforcedType\":\"qwen-oauth\"}}}|security.auth.enforcedType",
                "qwen|.managed.json|{\"modelProviders\":{\"openai\":[]}}|modelProviders",
                "pi|.pi/agent/models.json|{\"providers\":{\"patchbay\":{\"baseUrl\":\"http://127.0.0.1:9\"}}}|providers.patchbay"
            })
    void whatCannotBeOutrankedIsFoundBeforeTheStart(String name, String file, String text, String entry)
            throws Exception {
        Path settings = home.resolve(file);
        Files.createDirectories(settings.getParent());
        Files.writeString(settings, text);
        agent(name, "echo started");
        ProcessOutcome outcome = patchbay("run", name, "-p", "ok")
                .env(
                        "QWEN_CODE_SYSTEM_SETTINGS_PATH",
                        home.resolve(".managed.json").toString())
                .run(LIMIT);
        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.stderr()).contains(settings.toString(), entry);
        assertThat(outcome.stdout()).isEmpty();
    }

    @Test
    void whatTheAdministratorOfQwenSaysStaysWhereItLeadsNowhere() throws Exception {
        Path managed = Files.writeString(
                home.resolve("managed.json"),
                "{\"telemetry\":{\"enabled\":false},\"security\":{\"folderTrust\":true}}");
        agent("qwen", TELLS);
        ProcessOutcome outcome = patchbay("run", "qwen", "-p", "ok")
                .env("QWEN_CODE_SYSTEM_SETTINGS_PATH", managed.toString())
                .run(LIMIT);
        assertThat(outcome.stdout())
                .as(outcome.stderr())
                .contains("\"telemetry\":{\"enabled\":false}", "\"folderTrust\":true", "\"selectedType\":\"openai\"");
    }

    @Test
    void presetIsNamedWithoutFile() throws Exception {
        agent("codex", "echo \"$@\"");
        ProcessOutcome outcome = patchbay("run", "codex", "-m", "mistral/devstral-medium-latest")
                .env("MISTRAL_API_KEY", "canary-of-mistral")
                .run(LIMIT);
        assertThat(outcome.stdout()).as(outcome.stderr()).contains("model=\"devstral-medium-latest\"");
        assertThat(outcome.stderr()).contains("0 requests to mistral");
    }

    @Test
    void unknownProvidersAreToldWithTheNearestAndWithoutOptionsOfOthers() {
        ProcessOutcome outcome = patchbay("run", "-p", "othr", "--", "true").run(LIMIT);
        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.stderr()).contains("did you mean other?").doesNotContain("proxy");
    }

    @Test
    void problemsAreToldAsThoseOfThisCommand() throws Exception {
        Files.writeString(
                home.resolve("patchbay/providers/bare.yaml"),
                "providers:\n  bare: {baseUrl: \"" + fake.baseUrl("/v1") + "\"}\n");
        ProcessOutcome outcome = patchbay("run", "-p", "bare", "--", "true").run(LIMIT);
        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.stderr()).startsWith("run: error").contains("has no default model");
    }

    @Test
    void unknownAgentsAreRefusedWithTheWayOut() {
        ProcessOutcome outcome = patchbay("run", "nosuch", "-p", "ok").run(LIMIT);
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.stderr()).contains("is no agent that is known", "patchbay run -- nosuch");
    }

    @Test
    void terminationEndsTheAgent() throws Exception {
        agent("stays", "trap 'echo ended; exit 3' TERM; echo ready; while :; do sleep 0.1; done");
        try (RunningProcess process = run("stays").start()) {
            process.awaitStdout("ready", LIMIT);
            process.signal("TERM");
            ProcessOutcome outcome = process.await(LIMIT);
            assertThat(outcome.exitCode()).isEqualTo(143);
            assertThat(outcome.stdout()).contains("ended");
        }
    }

    @Test
    @Timeout(300)
    void secondTerminationEndsAnAgentThatStaysAtOnce() throws Exception {
        agent("stays", "trap 'echo stays' TERM; echo ready; while :; do sleep 0.1; done");
        try (RunningProcess process = run("stays").start()) {
            process.awaitStdout("ready", LIMIT);
            process.signal("TERM");
            process.awaitStdout("stays", LIMIT);
            long began = System.nanoTime();
            process.signal("TERM");
            assertThat(process.await(LIMIT).exitCode()).isEqualTo(143);
            // Less than the nine seconds that the first one leaves to the agent.
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(7));
        }
    }
}
