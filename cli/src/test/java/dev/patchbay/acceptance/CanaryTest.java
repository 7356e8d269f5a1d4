package dev.patchbay.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.cli.CliHarness;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.ProcessOutcome;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hunts for a key in everything that the command line says and writes, whatever form the key was given in. */
@Tag("process")
final class CanaryTest {

    /** Has characters that URL encoding and Base64 change. */
    private static final String CANARY = "canary+key/7f3a==&x";

    private static final List<String> FORMS = List.of(
            "by-key",
            "by-header",
            "by-text",
            "by-query",
            "by-default",
            "by-env",
            "by-file",
            "by-command",
            "by-argument",
            "by-body",
            "by-model",
            "by-endpoint",
            "by-proxy",
            "moved",
            "broken",
            "literal",
            "literal-header",
            "literal-query",
            "literal-default",
            "literal-proxy");

    /** Those with which the key is sent, and comes back in an error. */
    private static final List<String> SENT = List.of(
            "by-key",
            "by-header",
            "by-text",
            "by-query",
            "by-default",
            "by-env",
            "by-file",
            "by-command",
            "by-argument",
            "by-endpoint",
            "literal",
            "literal-header",
            "literal-query");

    private static final List<String> LOOKING = List.of(
            "show %s",
            "show %s --json", "show %s --request", "show %s --request --json", "explain %s", "explain %s --json");

    /** Files that hold the key because that is one of its forms. */
    private static final Set<String> HOLDING = Set.of("key", "literal.yaml");

    @TempDir
    Path home;

    private final FakeProvider fake = FakeProvider.start();

    @BeforeEach
    void writeProviders() throws Exception {
        Path folder = Files.createDirectories(home.resolve("providers"));
        Files.writeString(folder.resolve("canary.yaml"), """
                defaultProvider: by-key
                providers:
                  by-key: {baseUrl: "%1$s", apiKey: $CANARY_KEY, defaultModel: m}
                  by-header: {baseUrl: "%1$s", auth: {type: header, header: X-Key, key: $CANARY_KEY}, defaultModel: m}
                  by-text: {baseUrl: "%1$s", auth: none, headers: {X-Token: "Token $CANARY_KEY"}, defaultModel: m}
                  by-query: {baseUrl: "%1$s", auth: none, query: {key: $CANARY_KEY}, defaultModel: m}
                  by-default: {baseUrl: "%1$s", apiKey: "${UNSET_KEY:-$CANARY_KEY}", defaultModel: m}
                  by-env: {baseUrl: "%1$s", apiKey: {env: CANARY_KEY}, defaultModel: m}
                  by-file: {baseUrl: "%1$s", apiKey: {file: "%2$s"}, defaultModel: m}
                  by-command: {baseUrl: "%1$s", apiKey: {command: [cat, "%2$s"]}, defaultModel: m}
                  by-body: {baseUrl: "%1$s", auth: none, body: {set: {user: $CANARY_KEY, d: {l: ["a $CANARY_KEY"]}}}, defaultModel: m}
                  by-model: {baseUrl: "%1$s", auth: none, models: {m: {body: {default: {user: "${CANARY_KEY}"}}}}}
                  by-endpoint: {baseUrl: "%1$s", auth: none, endpoints: {chat: {url: "%1$s/chat/completions", auth: {key: $CANARY_KEY}}}, defaultModel: m}
                  by-proxy: {baseUrl: "%1$s", auth: none, http: {proxy: "http://me:$CANARY_KEY@127.0.0.1:1"}, defaultModel: m}
                  moved: {extends: by-text, baseUrl: "https://elsewhere.example/v1"}
                  broken: {baseUrl: "%1$s", apiKey: $CANARY_KEY, modle: m}
                """.formatted(
                        fake.baseUrl("/v1"), Files.writeString(home.resolve("key"), CANARY)));
        Files.setPosixFilePermissions(home.resolve("key"), PosixFilePermissions.fromString("rw-------"));
        Path literal = Files.writeString(folder.resolve("literal.yaml"), """
                providers:
                  by-argument: {baseUrl: "%1$s", apiKey: {command: [echo, "%2$s"]}, defaultModel: m}
                  literal-proxy: {baseUrl: "%1$s", auth: none, http: {proxy: "http://me:%2$s@127.0.0.1:1"}, defaultModel: m}
                  literal: {baseUrl: "%1$s", apiKey: "%2$s", defaultModel: m}
                  literal-header: {baseUrl: "%1$s", auth: none, headers: {Cookie: "k=%2$s"}, defaultModel: m}
                  literal-query: {baseUrl: "%1$s", auth: none, query: {key: "%2$s"}, defaultModel: m}
                  literal-default: {baseUrl: "%1$s", apiKey: "${UNSET_KEY:-%2$s}", headers: {X-T: "T ${UNSET_KEY:-%2$s}"}, defaultModel: m}
                """.formatted(fake.baseUrl("/v1"), CANARY));
        Files.setPosixFilePermissions(literal, PosixFilePermissions.fromString("rw-------"));
    }

    @AfterEach
    void close() {
        fake.close();
    }

    @Test
    void noCommandPrintsTheKeyInAnyForm() throws Exception {
        answerWithTheKey();
        for (String provider : SENT) {
            assertClean(run("--debug", "launch", "hi", "--provider", provider));
            assertClean(run("launch", "hi", "--provider", provider, "--json"));
        }
        assertThat(fake.requests().size()).isGreaterThanOrEqualTo(2 * SENT.size());
        assertClean(run("--debug", "launch", "hi", "--provider", "by-proxy"));
        assertClean(run("--debug", "launch", "hi", "--provider", "literal-proxy"));
        assertClean(run("--debug", "providers", "test", "by-proxy"));
        assertThat(fake.sawAnywhere("canary")).isTrue();
        assertClean(run(
                "--debug",
                "launch",
                "hi",
                "--base-url",
                fake.baseUrl("/v1").toString(),
                "--api-key-env",
                "CANARY_KEY",
                "--model",
                "m"));
        assertClean(run("providers", "list"));
        assertClean(run("providers", "list", "--json"));
        assertClean(run("providers", "validate"));
        assertClean(run("providers", "validate", "--json"));
        assertClean(run("plugins", "list"));
        for (String provider : List.of("by-key", "by-query")) {
            assertClean(run("--debug", "providers", "test", provider));
            assertClean(run("providers", "test", provider, "--json"));
            assertClean(run("--debug", "providers", "models", provider));
            assertClean(run("providers", "models", provider, "--json"));
        }
        assertClean(run("doctor"));
        assertClean(run("doctor", "--json"));
        assertThat(written()).noneMatch(text -> holdsTheKey(text));
    }

    /** What a library or the JVM prints goes past the command line's own streams: it is seen of a process alone. */
    @Test
    void noProcessPrintsTheKey() throws Exception {
        answerWithTheKey();
        for (String provider : List.of("by-key", "by-query", "by-argument", "literal-proxy")) {
            assertClean(runAsProcess("--debug", "launch", "hi", "--provider", provider));
        }
        assertClean(runAsProcess("--debug", "providers", "test", "by-key"));
        assertClean(runAsProcess("--debug", "providers", "models", "by-query"));
        assertClean(runAsProcess("--debug", "providers", "explain", "by-body"));
        assertClean(runAsProcess("--debug", "providers", "validate"));
        assertClean(runAsProcess("launch", "hi", "--api-key", CANARY));
        assertThat(fake.sawAnywhere("canary")).isTrue();
        assertThat(written()).noneMatch(text -> holdsTheKey(text));
    }

    @Test
    void noCommandThatLooksAtProvidersPrintsTheKeyWhateverItsForm() {
        for (String provider : FORMS) {
            for (String command : LOOKING) {
                assertClean(run(("providers " + command.formatted(provider)).split(" ")));
            }
        }
        for (String provider : List.of("by-body", "literal-default")) {
            assertClean(run("--debug", "providers", "explain", provider));
            assertClean(run("--debug", "providers", "show", provider, "--request"));
        }
        assertClean(run("--debug", "providers", "explain", "by-key.nothing"));
        assertClean(run("--debug", "providers", "validate"));
        assertThat(fake.connections()).isZero();
    }

    @Test
    void aNewFileHoldsNoKey() throws Exception {
        assertClean(run("--debug", "providers", "new", "a", "--api-key-env", CANARY));
        assertClean(run("--debug", "providers", "new", "a", "--from", "https://u:" + encoded() + "@a.example/v1"));
        assertClean(run("--debug", "providers", "new", "a", "--from", "https://a.example/v1?key=" + encoded()));
        assertClean(run("--debug", "providers", "new", "a", "--api-key-env", "CANARY_KEY"));
        assertClean(run("--debug", "providers", "presets"));
        assertThat(Files.readString(home.resolve("providers/a.yaml")))
                .contains("$CANARY_KEY")
                .doesNotContain("canary+");
    }

    @Test
    void aKeyInThePlaceOfAnythingElseIsNotRepeated() {
        assertClean(run("launch", "hi", "--api-key", CANARY));
        assertClean(run("launch", "hi", "--api-key=" + CANARY));
        assertClean(run("launch", "hi", "--api-key-env", CANARY));
    }

    private void answerWithTheKey() {
        List<String> repeated = List.of(CANARY, encoded(), base64());
        fake.answer(
                Answer.error(401, "invalid_api_key", "Incorrect API key provided: " + String.join(" or ", repeated)));
    }

    private CliHarness.Result run(String... arguments) {
        return new CliHarness(home).variable("CANARY_KEY", CANARY).run(arguments);
    }

    private CliHarness.Result runAsProcess(String... arguments) {
        ProcessOutcome outcome = ChildProcess.java("dev.patchbay.cli.Main", arguments)
                .env("PATCHBAY_HOME", home.toString())
                .env("CANARY_KEY", CANARY)
                .run(Duration.ofSeconds(60));
        return new CliHarness.Result(outcome.exitCode(), outcome.stdout(), outcome.stderr());
    }

    private static void assertClean(CliHarness.Result result) {
        assertThat(result.transcript()).matches(text -> !holdsTheKey(text));
        assertThat(result.out() + result.err()).isNotBlank();
    }

    private List<String> written() throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !HOLDING.contains(file.getFileName().toString()))
                    .map(CanaryTest::text)
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean holdsTheKey(String text) {
        return text.contains(CANARY) || text.contains(encoded()) || text.contains(base64());
    }

    private static String encoded() {
        return URLEncoder.encode(CANARY, StandardCharsets.UTF_8);
    }

    private static String base64() {
        return Base64.getEncoder().withoutPadding().encodeToString(CANARY.getBytes(StandardCharsets.UTF_8));
    }
}
