package dev.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.patchbay.Patchbay;
import dev.patchbay.catalog.Catalog;
import dev.patchbay.catalog.CatalogProvider;
import dev.patchbay.gateway.Gateway;
import dev.patchbay.registry.PresetFiles;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.FakeProxy;
import dev.patchbay.testkit.ProcessOutcome;
import dev.patchbay.testkit.RecordedRequest;
import dev.patchbay.testkit.TestCertificates;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Providers that no file defines, by the name of a preset. */
@Tag("process")
@Tag("once")
final class NamedPresetTest {

    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final String KEY = "canary-key-0815";

    @TempDir
    Path home;

    static Stream<CatalogProvider> untested() {
        return Catalog.bundled().providers().values().stream()
                .filter(provider -> provider.isPreset()
                        && !PresetFiles.of(Main.class.getClassLoader()).ids().contains(provider.id()));
    }

    /** The tested presets are compared with the documents of their providers elsewhere. */
    @ParameterizedTest
    @MethodSource("untested")
    void sendsWhatTheCatalogueSays(CatalogProvider provider) throws Exception {
        String model = provider.models().keySet().iterator().next();
        CliHarness.Result result = new CliHarness(home)
                .variable(provider.keyVariables().get(0), KEY)
                .run("providers", "show", provider.id(), "--request", "--json", "--model", model);
        assertThat(result.exitCode()).as(result.err()).isZero();
        JsonNode request = new JsonMapper().readTree(result.out());
        assertThat(URI.create(request.path("url").textValue())).isEqualTo(url(provider));
        assertThat(request.path("body").path("model").textValue()).isEqualTo(model);
        boolean messages = provider.dialect().orElseThrow().equals("anthropic-messages");
        String header = messages ? "x-api-key" : "Authorization";
        assertThat(request.path("headers").path(header).textValue())
                .isEqualTo((messages ? "" : "Bearer ") + "$"
                        + provider.keyVariables().get(0));
        assertThat(result.out()).doesNotContain(KEY);
    }

    private static URI url(CatalogProvider provider) {
        String operation = switch (provider.dialect().orElseThrow()) {
            case "anthropic-messages" -> "/messages";
            case "openai-responses" -> "/responses";
            default -> "/chat/completions";
        };
        String base = provider.baseUrl().orElseThrow().toString().replaceAll("/+$", "");
        return URI.create(base.endsWith(operation) ? base : base + operation);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--provider mistral --model ministral-8b-latest", "--model mistral/ministral-8b-latest"})
    void launchThroughProxyReachesHostPathKeyAndModel(String options) throws Exception {
        TestCertificates certificates = TestCertificates.create(home);
        try (FakeProvider fake = FakeProvider.startTls(certificates.serverFor("api.mistral.ai"));
                FakeProxy proxy = FakeProxy.start().leadingTo(fake.baseUrl())) {
            fake.answer(Answer.text("Hello"));
            ProcessOutcome outcome = launch(certificates, proxy, options.split(" "));
            assertThat(outcome.stdout()).as(outcome.stderr()).isEqualTo("Hello\n");
            assertThat(proxy.requests()).extracting(RecordedRequest::target).containsExactly("api.mistral.ai:443");
            RecordedRequest request = fake.onlyRequest();
            assertThat(request.target()).isEqualTo("/v1/chat/completions");
            assertThat(request.header("Authorization")).contains("Bearer " + KEY);
            assertThat(request.member("model")).contains("ministral-8b-latest");
        }
    }

    private ProcessOutcome launch(TestCertificates certificates, FakeProxy proxy, String... options) throws Exception {
        Path trust = home.resolve("trust.p12");
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(certificates.authority());
                OutputStream out = Files.newOutputStream(trust)) {
            trusted.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(pem));
            trusted.store(out, "changeit".toCharArray());
        }
        return ChildProcess.of(Stream.of(
                                ChildProcess.javaWords(),
                                List.of(
                                        "-Djavax.net.ssl.trustStore=" + trust,
                                        "-Djavax.net.ssl.trustStorePassword=changeit",
                                        Main.class.getName(),
                                        "launch",
                                        "Hi"),
                                List.of(options))
                        .flatMap(List::stream)
                        .toList())
                .env("PATCHBAY_HOME", home.resolve("empty").toString())
                .env("HTTPS_PROXY", proxy.url().toString())
                .env("MISTRAL_API_KEY", KEY)
                .run(LIMIT);
    }

    @Test
    void missingVariableIsNamed() {
        CliHarness.Result result = new CliHarness(home).run("launch", "Hi", "--provider", "wandb", "--model", "m");
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err()).contains("WANDB_API_KEY");
    }

    @Test
    void isNeverTheDefault() {
        CliHarness.Result result =
                new CliHarness(home).variable("MISTRAL_API_KEY", KEY).run("launch", "Hi");
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err())
                .contains("no provider was named", "nothing was sent", "--provider mistral")
                .doesNotContain("api.mistral.ai");
    }

    @Test
    void isNotTheStartOfLaunchWithProxySettings() {
        CliHarness.Result result = new CliHarness(home)
                .variable("MISTRAL_API_KEY", KEY)
                .run("launch", "Hi", "--provider", "mistral", "--model-override", "m");
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err()).contains("--base-url").contains("--api-key-env");
    }

    @Test
    void launchWithoutDefaultNamesThoseThatAreReady() throws Exception {
        Files.createDirectories(home.resolve("providers"));
        Files.writeString(home.resolve("providers/two.yaml"), """
                providers:
                  one: {baseUrl: "http://127.0.0.1:9/v1", auth: none, models: [m]}
                  two: {baseUrl: "http://127.0.0.1:9/v1", auth: none, models: [m]}
                """);
        for (String line : List.of("launch Hi", "launch Hi -m x", "run -m x -- true")) {
            CliHarness.Result result = new CliHarness(home).run(line.split(" "));
            assertThat(result.exitCode()).as(line).isEqualTo(3);
            assertThat(result.err())
                    .as(line)
                    .startsWith(line.split(" ")[0] + ": error")
                    .contains("one, two are ready")
                    .contains("patchbay default one");
        }
    }

    @Test
    void onlyReadyProviderIsTheDefault() throws Exception {
        try (FakeProvider fake = FakeProvider.start()) {
            fake.answer(Answer.text("Hello"));
            Files.createDirectories(home.resolve("providers"));
            Files.writeString(
                    home.resolve("providers/one.yaml"),
                    "providers: {one: {baseUrl: \"" + fake.baseUrl("/v1") + "\", auth: none, models: [m]}}\n");
            assertThat(new CliHarness(home).run("launch", "Hi").out()).isEqualTo("Hello\n");
        }
    }

    @Test
    void costComesFromTheCatalogueWhereTheFileIsSilent() throws Exception {
        try (FakeProvider fake = FakeProvider.start()) {
            fake.answer(Answer.text("Hello").usage(1_000_000, 0));
            Files.createDirectories(home.resolve("providers"));
            Files.writeString(
                    home.resolve("providers/one.yaml"),
                    "providers: {one: {baseUrl: \"" + fake.baseUrl("/v1")
                            + "\", auth: none, catalog: deepseek, defaultModel: deepseek-chat}}\n");
            JsonNode session = new JsonMapper()
                    .readTree(new CliHarness(home).run("launch", "Hi", "--json").out());
            assertThat(session.path("cost_usd").decimalValue())
                    .isEqualByComparingTo(Catalog.bundled()
                            .provider("deepseek")
                            .orElseThrow()
                            .models()
                            .get("deepseek-chat")
                            .inputPrice()
                            .orElseThrow());
        }
    }

    @Test
    void completionKnowsProvidersAndPresets() throws Exception {
        Path script = home.resolve("completion");
        Files.writeString(script, new CliHarness(home).run("completion").out());
        ProcessOutcome outcome = ChildProcess.of(
                        "bash",
                        "-c",
                        "source '" + script + "'; COMP_WORDS=(patchbay launch --provider mist); COMP_CWORD=3;"
                                + " COMP_LINE='patchbay launch --provider mist'; COMP_POINT=31;"
                                + " _complete_patchbay; echo \"${COMPREPLY[@]}\"")
                .run(LIMIT);
        assertThat(outcome.stdout()).as(outcome.stderr()).isEqualTo("mistral\n");
    }

    @Test
    void completionKnowsModelsOfProvidersThatAreReady() throws Exception {
        Files.createDirectories(home.resolve("providers"));
        Files.writeString(
                home.resolve("providers/own.yaml"),
                "providers: {own: {auth: none, baseUrl: \"http://127.0.0.1:1/v1\", models: [small-one, large-one]}}");
        String bash = new CliHarness(home).run("completion").out();
        assertThat(bash).contains("own/small-one");
        String fish = new CliHarness(home).run("completion", "--shell", "fish").out();
        assertThat(fish.lines().toList())
                .allMatch(line -> line.startsWith("complete -c patchbay"))
                .anyMatch(line -> line.contains("__fish_seen_subcommand_from launch")
                        && line.contains("-l provider -x -a '")
                        && line.contains(" mistral "))
                .anyMatch(line -> line.contains("-l model -x -a '") && line.contains("own/large-one"))
                .anyMatch(line -> line.contains("-a 'validate' -d 'Check provider files"));
        assertThat(new CliHarness(home).run("completion", "--shell", "tcsh").exitCode())
                .isEqualTo(2);
    }

    @Test
    void clientOfAGatewayIsToldHowAPresetIsServed() throws Exception {
        try (FakeProvider fake = FakeProvider.start()) {
            Path file = Files.writeString(
                    home.resolve("one.yaml"),
                    "providers: {one: {baseUrl: \"" + fake.baseUrl("/v1") + "\", auth: none, models: [m]}}\n");
            try (Patchbay patchbay = Patchbay.builder()
                            .environment(Map.of("MISTRAL_API_KEY", KEY))
                            .config(file)
                            .build();
                    Gateway gateway = Gateway.builder(patchbay).port(0).start()) {
                HttpResponse<String> answer = HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(gateway.url().resolve("/v1/chat/completions"))
                                        .header("Content-Type", "application/json")
                                        .POST(HttpRequest.BodyPublishers.ofString(
                                                "{\"model\": \"mistral/x\", \"messages\": []}"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).isEqualTo(404);
                assertThat(answer.body())
                        .contains("mistral is a preset", "--provider mistral", "mistral: {extends: preset:mistral}")
                        .doesNotContain("did you mean", KEY);
            }
        }
    }

    @Test
    void keyThatIsSetForAPresetIsNamedWhereNoProviderIs() {
        CliHarness harness = new CliHarness(home).variable("MISTRAL_API_KEY", KEY);
        String line = "set for presets: $MISTRAL_API_KEY (mistral); ask one with `--provider mistral`, or choose it for"
                + " good: `patchbay default mistral`";
        CliHarness.Result launch = harness.run("launch", "Hi");
        assertThat(launch.exitCode()).isEqualTo(3);
        assertThat(launch.err()).contains("none has a key yet", line.split(";")[0]);
        assertThat(harness.run("doctor").out()).contains("keys: " + line);
        assertThat(harness.run("providers", "list").out()).contains(line);
        assertThat(new CliHarness(home).run("launch", "Hi").err()).doesNotContain("set for presets");
        assertThat(launch.err()).doesNotContain(KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mistrl", "groqq", "togather"})
    void misspeltPresetIsRecognised(String typed) {
        CliHarness harness = new CliHarness(home);
        CliHarness.Result launch = harness.run("launch", "Hi", "-p", typed);
        assertThat(launch.exitCode()).isEqualTo(3);
        assertThat(launch.err()).contains("did you mean").contains("patchbay providers presets");
        CliHarness.Result show = harness.run("providers", "show", typed);
        assertThat(show.err()).contains("did you mean");
        CliHarness.Result run = harness.run("run", "-p", typed, "--", "true");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("did you mean").doesNotContain("proxy");
    }

    @Test
    void defaultNamesAModelBehindTheProvider() throws Exception {
        CliHarness harness = new CliHarness(home);
        CliHarness.Result chosen = harness.run("default", "ollama/qwen3:8b");
        assertThat(chosen.exitCode()).as(chosen.err()).isZero();
        assertThat(chosen.out()).contains("the default provider is ollama, its model qwen3:8b");
        assertThat(harness.run("providers", "show", "ollama", "--request").out())
                .contains("qwen3:8b");
        CliHarness.Result without = harness.run("default", "ollama");
        assertThat(without.exitCode()).isZero();
        assertThat(without.err()).contains("has no default model", "patchbay default ollama/MODEL");
        CliHarness.Result demo = harness.run("default", "demo");
        assertThat(demo.exitCode()).isZero();
        assertThat(demo.err()).as("it answers without a model").isEmpty();
        assertThat(harness.run("default", "nobody/else").exitCode()).isEqualTo(3);
        assertThat(harness.run("default", "ollama/").exitCode()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.yaml", "mine.yaml"})
    void defaultThatAFileOfTheUsersOwnSaysIsNamedWithItsPlace(String name) throws Exception {
        Path mine = Files.createDirectories(home.resolve("providers")).resolve(name);
        Files.writeString(mine, "defaultProvider: anthropic\n");
        CliHarness.Result refused = new CliHarness(home).run("default", "demo");
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.err())
                .contains(mine + ":1:18", "change defaultProvider there")
                .doesNotContain("default-provider.yaml");
        assertThat(home.resolve("providers/default-provider.yaml")).doesNotExist();
    }

    @Test
    void defaultIsRememberedInAFileOfItsOwn() throws Exception {
        CliHarness harness = new CliHarness(home).variable("MISTRAL_API_KEY", "key-of-a-test");
        CliHarness.Result chosen = harness.run("default", "mistral");
        assertThat(chosen.exitCode()).as(chosen.err()).isZero();
        Path file = home.resolve("providers/default-provider.yaml");
        assertThat(chosen.out()).contains("the default provider is mistral", file.toString());
        assertThat(harness.run("default").out()).isEqualTo("mistral\n");
        assertThat(harness.run("providers", "explain", "mistral").out()).contains(file.toString());
        assertThat(harness.run("default", "nobody").exitCode()).isEqualTo(3);
        assertThat(harness.run("default").out()).isEqualTo("mistral\n");
        assertThat(harness.run("default", "demo").exitCode()).isZero();
        assertThat(Files.readString(file)).contains("defaultProvider: \"demo\"").doesNotContain("preset:");
        Files.delete(file);
        assertThat(harness.run("default").out()).isEqualTo("anthropic\n");
    }

    @Test
    void modelsAreFoundByAPartOfTheirName() {
        CliHarness.Result found = new CliHarness(home).run("models", "mistral", "--search", "DEVSTRAL");
        assertThat(found.exitCode()).as(found.err()).isZero();
        assertThat(found.out().lines().skip(1)).isNotEmpty().allMatch(line -> line.contains("devstral"));
        assertThat(found.out()).containsPattern("models\\.dev of \\d{4}-\\d{2}-\\d{2}");
        assertThat(new CliHarness(home)
                        .run("models", "mistral", "--search", "no-such-model")
                        .out())
                .isEqualTo("no models are known\n");
    }

    @Test
    void eachFieldOfAModelSaysWhoseItIs() throws Exception {
        Files.createDirectories(home.resolve("providers"));
        Files.writeString(
                home.resolve("providers/own.yaml"),
                "providers: {own: {baseUrl: \"http://127.0.0.1:9/v1\", auth: none, catalog: deepseek, models: {deepseek-chat:"
                        + " {context: 1000}}}}\n");
        JsonNode model = new JsonMapper()
                .readTree(new CliHarness(home).run("models", "own", "--json").out())
                .path("models")
                .path(0);
        assertThat(model.path("id").textValue()).isEqualTo("deepseek-chat");
        assertThat(model.path("sources").path("context").textValue()).isEqualTo("file");
        assertThat(model.path("sources").path("price").textValue()).matches("models\\.dev of \\d{4}-\\d{2}-\\d{2}");
    }

    @Test
    void newerLimitsAreTakenAndNothingElse() throws Exception {
        Path edition = home.resolve("edition.json");
        String text = """
                {"commit": "c0ffee", "date": "2026-11-01", "licence": "MIT", "source": "https://models.example", "providers":
                  {"mistral": {"name": "Mistral", "env": ["STOLEN_KEY"], "api": "https://evil.example/v1", "npm": "@ai-sdk/mistral",
                    "doc": "https://evil.example", "models": {"devstral-medium-latest": {"name": "Devstral", "attachment": false,
                      "limit": {"context": 4242, "output": 17}, "modalities": {"input": ["text"], "output": ["text"]},
                      "open_weights": true, "reasoning": false, "release_date": "2026-01-01", "temperature": true,
                      "tool_call": true, "cost": {"input": 1, "output": 2}}}}}}
                """;
        Files.writeString(edition, text);
        CliHarness harness = new CliHarness(home);
        CliHarness.Result wrong = harness.run("models", "update", edition.toString(), "--sha256", "00");
        assertThat(wrong.exitCode()).isEqualTo(3);
        assertThat(wrong.err()).contains("SHA-256", "nothing was changed");
        String sum =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(edition)));
        CliHarness.Result taken = harness.run("models", "update", edition.toString(), "--sha256", sum);
        assertThat(taken.exitCode()).as(taken.err()).isZero();
        assertThat(harness.run("models", "mistral", "--search", "devstral-medium")
                        .out())
                .contains("4242");
        String preset = harness.run("providers", "show", "mistral").out();
        assertThat(preset).contains("https://api.mistral.ai", "MISTRAL_API_KEY").doesNotContain("evil", "STOLEN");
        Files.delete(home.resolve("models.tsv"));
        try (FakeProvider fake = FakeProvider.start()) {
            String url = fake.baseUrl("/models.json").toString();
            fake.answer(Answer.json(200, text.replace("4242", "4243")));
            CliHarness.Result another = harness.run("models", "update", url, "--sha256", sum);
            assertThat(another.exitCode()).isEqualTo(3);
            assertThat(another.err()).contains("SHA-256", "nothing was changed");
            fake.answer(Answer.status(404));
            assertThat(harness.run("models", "update", url, "--sha256", sum).err())
                    .contains("HTTP 404", "nothing was changed");
            assertThat(home.resolve("models.tsv")).doesNotExist();
            fake.answer(Answer.json(200, text));
            CliHarness.Result fetched = harness.run("models", "update", url, "--sha256", sum);
            assertThat(fetched.exitCode()).as(fetched.err()).isZero();
            assertThat(fake.requests())
                    .hasSize(3)
                    .allMatch(request -> request.method().equals("GET"));
            assertThat(harness.run("models", "mistral", "--search", "devstral-medium")
                            .out())
                    .contains("4242");
        }
        Files.delete(home.resolve("models.tsv"));
        assertThat(harness.run("models", "mistral", "--search", "devstral-medium")
                        .out())
                .doesNotContain("4242");
    }

    @Test
    void everyVariableOfAKeyIsKnown() {
        assertThat(List.copyOf(dev.patchbay.catalog.ModelsDevCatalog.bundled().keyVariables()))
                .contains("MISTRAL_API_KEY", "AWS_SECRET_ACCESS_KEY", "GROQ_API_KEY");
    }
}
