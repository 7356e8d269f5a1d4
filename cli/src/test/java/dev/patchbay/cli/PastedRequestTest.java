package dev.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.FakeProxy;
import dev.patchbay.testkit.ProcessOutcome;
import dev.patchbay.testkit.RecordedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code providers show --request} prints is what a launch sends. */
@Tag("once")
@Tag("process")
final class PastedRequestTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String KEY = "canary+key/7f3a==&x'\"`\\$(id)";
    private static final String URL_KEY = "canary-key_7f3a";

    /** The client's and the connection's business. */
    private static final Set<String> OF_THE_CLIENT = Set.of("host", "content-length", "connection", "accept-encoding");

    @TempDir
    Path home;

    private final FakeProvider fake = FakeProvider.start();
    private final FakeProxy proxy = FakeProxy.start().demanding("me", URL_KEY);

    @BeforeEach
    void writeProviders() throws IOException {
        Path folder = Files.createDirectories(home.resolve("providers"));
        Path key = Files.writeString(home.resolve("the key's file"), "key-in-a-file\n");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(folder.resolve("all.yaml"), """
                providers:
                  bearer: {baseUrl: "%1$s", apiKey: $CANARY_KEY, defaultModel: "it's a \\"model\\" $HOME `id`"}
                  header: {baseUrl: "%1$s", auth: {type: header, header: X-Key, prefix: Key_, key: $CANARY_KEY}, defaultModel: m}
                  text: {baseUrl: "%1$s", auth: none, headers: {X-T: "Token $CANARY_KEY.$$5!", X-P: "$$HOME 'q' !"}, defaultModel: m}
                  defaulted: {baseUrl: "%1$s", apiKey: "${UNSET_KEY:-$CANARY_KEY}", defaultModel: m}
                  query: {baseUrl: "%1$s", auth: none, query: {key: $URL_KEY, v: "a b&c"}, defaultModel: m}
                  file: {baseUrl: "%1$s", apiKey: {file: "%2$s"}, defaultModel: m}
                  azure: {baseUrl: "%1$s/openai/deployments", apiKey: $URL_KEY, defaultModel: "gpt 4"}
                  claude: {dialect: anthropic-messages, baseUrl: "%1$s", apiKey: $URL_KEY, defaultModel: m}
                  body:
                    baseUrl: "%1$s"
                    auth: none
                    defaultModel: m
                    body: {set: {user: "u-$URL_KEY", seed: $SEED, note: "it's $$5", deep: {list: [$URL_KEY, 1]}}}
                    models: {m: {body: {set: {tier: "${URL_KEY}"}}}}
                  command: {baseUrl: "%1$s", apiKey: {command: [touch, "%3$s"]}, defaultModel: m}
                  proxied: {baseUrl: "%1$s", apiKey: $CANARY_KEY, http: {proxy: "http://me:$URL_KEY@%4$s"}, defaultModel: m}
                  direct: {baseUrl: "%1$s", auth: none, http: {proxy: none, tls: {insecureSkipVerify: true}}, defaultModel: m}
                  literal: {baseUrl: "%1$s", apiKey: canary-literal-key, defaultModel: m}
                """.formatted(
                fake.baseUrl("/v1"), key, home.resolve("ran"), proxy.url().getAuthority()));
        Files.setPosixFilePermissions(folder.resolve("all.yaml"), PosixFilePermissions.fromString("rw-------"));
    }

    @AfterEach
    void close() {
        proxy.close();
        fake.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bearer",
                "header",
                "text",
                "defaulted",
                "query",
                "file",
                "azure",
                "claude",
                "body",
                "proxied",
                "direct"
            })
    void pastedIntoAShellItSendsWhatALaunchSends(String provider) {
        assumeTrue(hasCurl(), "curl is not installed");
        CliHarness.Result printed = show(provider);
        assertThat(printed.exitCode()).as(printed.err()).isZero();
        assertThat(fake.connections()).isZero();
        assertThat(printed.out()).doesNotContain("canary", "key-in-a-file");

        ProcessOutcome pasted =
                variables(ChildProcess.of("sh", "-c", printed.out())).run(LIMIT);
        CliHarness.Result launched = patchbay("launch", "Hello", "--provider", provider);

        assertThat(pasted.exitCode()).as(pasted.stderr()).isZero();
        assertThat(launched.exitCode()).as(launched.err()).isZero();
        List<RecordedRequest> received = fake.requests();
        assertThat(received).hasSize(2);
        assertThat(received.get(0).method()).isEqualTo(received.get(1).method());
        assertThat(received.get(0).target()).isEqualTo(received.get(1).target());
        assertThat(headers(received.get(0))).isEqualTo(headers(received.get(1)));
        assertThat(received.get(0).text()).isEqualTo(received.get(1).text());
    }

    @Test
    void theProxyIsAskedByBoth() {
        assertThat(show("proxied").out())
                .contains("--proxy http://" + proxy.url().getAuthority(), "--proxy-user \"me:$URL_KEY\"");
        assertThat(show("direct").out()).contains("--noproxy '*'", "--insecure");
    }

    @Test
    void noCommandIsRunAndItsPlaceIsNamed() {
        CliHarness.Result result = show("command");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("-H 'Authorization: Bearer <what touch prints>'");
        assertThat(result.err()).contains("put the secret in the place of <what touch prints>");
        assertThat(home.resolve("ran")).doesNotExist();
    }

    @Test
    void aKeyInTheFileIsNotRepeated() {
        CliHarness.Result result = show("literal");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("Bearer <the key at ").doesNotContain("canary");
        assertThat(result.err()).doesNotContain("canary");
    }

    @Test
    void aKeyThatIsNotSetIsNoObstacle() {
        CliHarness.Result result = new CliHarness(home).run("providers", "show", "bearer", "--request");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("-H \"Authorization: Bearer $CANARY_KEY\"");
        assertThat(result.err()).contains("CANARY_KEY is not set");
    }

    @Test
    void aModelOfTheUsersOwnGoesIntoIt() {
        assertThat(show("azure", "--model", "gpt-9").out()).contains("/openai/deployments/gpt-9/chat/completions?");
        CliHarness.Result alone = new CliHarness(home).run("providers", "show", "azure", "--model", "m");
        assertThat(alone.exitCode()).isEqualTo(2);
        assertThat(alone.err()).contains("--model is for --request");
    }

    @Test
    void jsonHoldsTheSameRequest() throws IOException {
        JsonNode json = new JsonMapper().readTree(show("body", "--json").out());
        assertThat(json.path("method").textValue()).isEqualTo("POST");
        assertThat(json.path("body").path("user").textValue()).isEqualTo("u-$URL_KEY");
        assertThat(json.path("body").path("seed").textValue()).isEqualTo("$SEED");
        assertThat(json.path("curl").textValue() + "\n").isEqualTo(show("body").out());
    }

    @Test
    void aDialectOfAPluginIsNotGuessedAt() {
        CliHarness.Result result = new CliHarness(home).run("providers", "show", "demo", "--request");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("only the plugin knows the requests");
    }

    private CliHarness.Result show(String provider, String... more) {
        String[] arguments = Stream.concat(Stream.of("providers", "show", provider, "--request"), Stream.of(more))
                .toArray(String[]::new);
        return patchbay(arguments);
    }

    private CliHarness.Result patchbay(String... arguments) {
        return new CliHarness(home)
                .variable("CANARY_KEY", KEY)
                .variable("URL_KEY", URL_KEY)
                .variable("SEED", "42")
                .run(arguments);
    }

    private static ChildProcess variables(ChildProcess process) {
        return process.env("CANARY_KEY", KEY).env("URL_KEY", URL_KEY).env("SEED", "42");
    }

    private static Map<String, String> headers(RecordedRequest request) {
        Map<String, String> headers = new TreeMap<>();
        request.headers().entries().forEach(header -> {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!OF_THE_CLIENT.contains(name)) {
                headers.merge(name, header.getValue(), (one, other) -> one + " | " + other);
            }
        });
        return headers;
    }

    private static boolean hasCurl() {
        boolean found =
                ChildProcess.of("sh", "-c", "command -v curl").run(LIMIT).exitCode() == 0;
        assertThat(found || !"required".equals(System.getenv("PATCHBAY_EXTERNAL")))
                .as("curl must be there where PATCHBAY_EXTERNAL=required")
                .isTrue();
        return found;
    }
}
