package dev.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.patchbay.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code providers new} and {@code providers presets}: from nothing to a file that works. */
final class NewCommandTest {

    @TempDir
    Path home;

    static Stream<String> presets() throws IOException {
        String json = new CliHarness(Path.of("nowhere"))
                .run("providers", "presets", "--json")
                .out();
        return new JsonMapper().readTree(json).path("presets").findValuesAsText("id").stream();
    }

    @Test
    void presetsAreListedWithWhatTheyNeed() throws IOException {
        CliHarness.Result list = run("providers", "presets");
        golden("presets.txt", list);
        JsonNode groq = new JsonMapper()
                .readTree(run("providers", "presets", "--json").out())
                .path("presets");
        assertThat(groq.findValuesAsText("line")).contains("groq: {extends: preset:groq}");
        assertThat(groq.findValuesAsText("id"))
                .hasSize(Math.toIntExact(list.out().lines().count()) - 3);
    }

    @ParameterizedTest
    @MethodSource("presets")
    void aFileFromAPresetIsValid(String preset) {
        assertThat(run("providers", "new", "mine", "--from", "preset:" + preset, "--api-key-env", "MY_KEY")
                        .exitCode())
                .isZero();
        assertValid();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.acme.example/v1",
                "https://api.acme.example/v1/chat/completions",
                "https://api.acme.example/a$b/v1/?tenant=a%20b",
                "http://localhost:8000/v1",
                "http://10.0.0.7/v1",
                "http://[::1]:8080",
                "https://r.openai.azure.com/openai/deployments",
                "https://r.openai.azure.com/openai/deployments/gpt-4/chat/completions?api-version=2024-10-21",
                "https://api.anthropic.com/v1/messages",
                "https://gw.example/anthropic",
            })
    void aFileFromAUrlIsValid(String url) {
        CliHarness.Result result = run("providers", "new", "mine", "--from", url, "--api-key-env", "MY_KEY");
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertValid();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mine", "a.b-c_d", "0", "1.5", "true", "null", "1e3"})
    void aFileToFillInIsValidForAnyId(String id) {
        assertThat(run("providers", "new", id, "--api-key-env", "MY_KEY").exitCode())
                .isZero();
        assertThat(home.resolve("providers").resolve(id + ".yaml")).exists();
        assertValid();
    }

    @Test
    void saysWhatWasWrittenAndWhatComesNext() {
        golden("from-preset.txt", run("providers", "new", "groq", "--from", "preset:groq"));
        golden(
                "from-url.txt",
                run("providers", "new", "acme", "--from", "https://api.acme.example/v1/chat/completions"));
        golden("skeleton.txt", run("providers", "new", "my-own"));
    }

    @Test
    void guessesWhatTheAddressTells() {
        assertThat(yaml("http://127.0.0.1:8080/v1")).contains("auth: none");
        assertThat(yaml("https://gw.example/v1/messages"))
                .contains("dialect: anthropic-messages", "\"https://gw.example/v1\"");
        assertThat(yaml("https://r.openai.azure.com/openai/deployments/gpt-4/chat/completions?api-version=1"))
                .contains("/openai/deployments/gpt-4?api-version=1\"", "defaultModel: \"gpt-4\"");
    }

    @Test
    void printingWritesNothing() {
        CliHarness.Result dash = run("providers", "new", "acme", "--from", "https://a.example/v1", "--file", "-");
        assertThat(dash.out()).startsWith("providers:\n  acme:\n");
        assertThat(dash.err()).contains("export ACME_API_KEY=…");
        assertThat(run("providers", "new", "acme", "--from", "https://a.example/v1", "--stdout")
                        .out())
                .isEqualTo(dash.out());
        assertThat(home.resolve("providers")).doesNotExist();
    }

    @Test
    void aFileElsewhereIsNamedInWhatComesNext() {
        Path file = home.resolve("else where/acme.yaml");
        CliHarness.Result result =
                run("providers", "new", "acme", "--from", "https://a.example/v1", "--file", file.toString());
        assertThat(result.out()).contains("--config '" + file + "'");
        assertThat(file).exists();
    }

    @Test
    void nothingThatIsThereIsOverwritten() throws IOException {
        assertThat(run("providers", "new", "acme").exitCode()).isZero();
        CliHarness.Result id = run(
                "providers", "new", "acme", "--file", home.resolve("other.yaml").toString());
        assertThat(id.exitCode()).isEqualTo(3);
        assertThat(id.err()).contains("there is a provider 'acme' already", "acme.yaml:2:3");
        assertThat(home.resolve("other.yaml")).doesNotExist();

        Path file = Files.writeString(
                home.resolve("providers/other.yaml"), "providers: {third: {baseUrl: https://t.example}}\n");
        CliHarness.Result taken = run("providers", "new", "other");
        assertThat(taken.exitCode()).isEqualTo(3);
        assertThat(taken.err()).contains("there is a file " + file + " already");
        assertThat(Files.readString(file)).startsWith("providers: {third");

        CliHarness.Result builtIn = run("providers", "new", "anthropic");
        assertThat(builtIn.exitCode()).isEqualTo(3);
        assertThat(builtIn.err()).contains("(built-in)", "extends: anthropic");
    }

    @Test
    void mistakesAreAnsweredWithWhatIsRight() {
        assertThat(run("providers", "new", "acme", "--from", "preset:grok").err())
                .contains("did you mean groq?");
        assertThat(run("providers", "new", "acme", "--from", "groq").err()).contains("did you mean preset:groq?");
        assertThat(run("providers", "new", "acme", "--from", "http://api.acme.example/v1")
                        .err())
                .contains("write https://");
        assertThat(run("providers", "new", "acme", "--from", "https://me:canary@a.example")
                        .err())
                .doesNotContain("canary");
        assertThat(run("providers", "new", "Acme!").exitCode()).isEqualTo(2);
        assertThat(run("providers", "new").exitCode()).isEqualTo(2);
        CliHarness.Result key = run("providers", "new", "acme", "--api-key-env", "sk-canary-0123456789abcdef");
        assertThat(key.exitCode()).isEqualTo(2);
        assertThat(key.err()).doesNotContain("canary");
    }

    private String yaml(String url) {
        return run("providers", "new", "mine", "--from", url, "--stdout").out();
    }

    private void assertValid() {
        CliHarness.Result result = run("providers", "validate", "--strict");
        assertThat(result.exitCode()).as(result.out()).isZero();
    }

    private CliHarness.Result run(String... arguments) {
        return new CliHarness(home)
                .variable("MY_KEY", "canary-key")
                .variable("AZURE_OPENAI_ENDPOINT", "https://r.openai.azure.com")
                .variable("ANTHROPIC_GATEWAY_URL", "https://gw.example")
                .run(arguments);
    }

    private void golden(String name, CliHarness.Result result) {
        assertThat(result.exitCode()).as(result.err()).isZero();
        Golden.files().replacing(home, "<home>").check("NewCommandTest/" + name, result.transcript());
    }
}
