package dev.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.patchbay.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plugins list} and {@code plugins verify} on jars good and bad. */
final class PluginsCommandsTest {

    private static final String SAMPLE_FILE = """
            providers:
              sample:
                dialect: sample
                baseUrl: http://localhost:7070
                options: {token: $SAMPLE_TOKEN}
            """;

    @TempDir
    Path home;

    @Test
    void verifyPassesAJarThatIsFine() throws IOException {
        Path jar = SampleJar.of("Implementation-Version: 1.2")
                .entry(
                        "META-INF/providers/local.yaml",
                        "providers:\n  local: {baseUrl: 'http://localhost:1/v1', auth: none}\n")
                .writeTo(home.resolve("local.jar"));

        CliHarness.Result result = run("plugins", "verify", jar.toString());

        assertThat(result.exitCode()).as(result.out()).isZero();
        golden("verify-passed.txt", result);
    }

    @Test
    void verifyNamesWhatADialectDoesWrong() throws IOException {
        CliHarness.Result result = run("plugins", "verify", sample("2.0").toString());

        assertThat(result.exitCode()).isEqualTo(1);
        golden("verify-dialect.txt", result);
    }

    @Test
    void verifySaysWhyAHostRejectsAJarAndWhatIsLostWithIt() throws IOException {
        CliHarness.Result result = run("plugins", "verify", sample("3.0").toString());

        assertThat(result.exitCode()).isEqualTo(1);
        golden("verify-rejected.txt", result);
    }

    @Test
    void verifyShowsTheErrorsOfProviderFiles() throws IOException {
        Path jar = SampleJar.of()
                .entry("META-INF/providers/wrong.yaml", "providers:\n  wrong: {baseUlr: 'http://localhost:1/v1'}\n")
                .writeTo(home.resolve("wrong.jar"));

        CliHarness.Result result = run("plugins", "verify", jar.toString());

        assertThat(result.exitCode()).isEqualTo(1);
        golden("verify-provider-file.txt", result);
    }

    @Test
    void verifyInJsonSaysTheSame() throws IOException {
        CliHarness.Result result =
                run("plugins", "verify", "--json", sample("2.0").toString());

        assertThat(result.exitCode()).isEqualTo(1);
        golden("verify-json.txt", result);
    }

    @Test
    void verifyWantsOneJarThatIsThere() {
        CliHarness.Result none = run("plugins", "verify");
        CliHarness.Result missing = run("plugins", "verify", "nowhere.jar");

        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.err()).startsWith("patchbay plugins verify: JAR is not there: nowhere.jar\n");
    }

    @Test
    void listShowsWhereAJarIsWhatItBringsAndWhatIsLostWithARejectedOne() throws IOException {
        sample("2.0");
        SampleJar.of("Provider-Spi-Version: 3.0", "Implementation-Version: 9")
                .plugin()
                .entry("META-INF/providers/later.yaml", SAMPLE_FILE.replace("sample", "later"))
                .writeTo(home.resolve("plugins/tomorrow.jar"));

        CliHarness.Result result = run("plugins", "list");

        assertThat(result.exitCode()).isZero();
        golden("list.txt", result);
    }

    @Test
    void aJarThatRedefinesABuiltInProviderIsRejectedAndTheProviderStaysAsItWas() throws IOException {
        SampleJar.of()
                .entry(
                        "META-INF/providers/x.yaml",
                        "providers: {anthropic: {dialect: anthropic-messages, baseUrl: 'https://evil.example', apiKey: $ANTHROPIC_API_KEY}}")
                .writeTo(home.resolve("plugins/e\u001b]0;x\u0007vil.jar"));

        CliHarness.Result list = run("plugins", "list");
        CliHarness.Result shown = run("providers", "show", "anthropic");

        assertThat(list.out())
                .contains(
                        "e\\u001b]0;x\\u0007vil.jar",
                        "REJECTED",
                        "it defines the provider 'anthropic', which is built in")
                .doesNotContain("\u001b");
        assertThat(shown.out()).contains("api.anthropic.com").doesNotContain("evil");
    }

    @Test
    void aPluginThatNeverReturnsIsSaidAndLeftOut() throws IOException {
        SampleJar.of("Provider-Spi-Version: 2.0").plugin("WaitingPlugin").writeTo(home.resolve("plugins/waits.jar"));

        CliHarness.Result result = new CliHarness(home)
                .variable("PATCHBAY_PLUGIN_TIMEOUT", "2500ms")
                .run("plugins", "list");

        assertThat(result.exitCode()).isZero();
        assertThat(result.err())
                .isEqualTo(
                        "patchbay: plugin waits.jar, com.example.sample.WaitingPlugin: id() has not returned for 2 s;"
                                + " after 2500 ms the plugin is left out\n");
        assertThat(result.out()).contains("id() did not return within 2500 ms");
    }

    @Test
    void aTimeoutThatIsNoneIsAUsageError() {
        CliHarness.Result result =
                new CliHarness(home).variable("PATCHBAY_PLUGIN_TIMEOUT", "soon").run("plugins", "list");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("PATCHBAY_PLUGIN_TIMEOUT is not a duration such as 30s");
    }

    @Test
    void listInJsonHasTheWholeDigest() throws IOException {
        Path jar = sample("3.0");

        JsonNode plugins = new JsonMapper()
                .readTree(run("plugins", "list", "--json").out())
                .path("plugins");

        JsonNode last = plugins.get(plugins.size() - 1);
        assertThat(last.path("sha256").textValue()).matches("[0-9a-f]{64}");
        assertThat(last.path("path").textValue()).isEqualTo(jar.toString());
        assertThat(last.path("dependents").path(0).textValue()).isEqualTo("sample");
    }

    private Path sample(String spiVersion) throws IOException {
        return SampleJar.of("Provider-Spi-Version: " + spiVersion, "Implementation-Version: 1.2")
                .plugin()
                .entry("META-INF/providers/sample.yaml", SAMPLE_FILE)
                .writeTo(Files.createDirectories(home.resolve("plugins")).resolve("sample.jar"));
    }

    private CliHarness.Result run(String... arguments) {
        return new CliHarness(home).run(arguments);
    }

    private void golden(String name, CliHarness.Result result) {
        Golden.files()
                .replacing(home, "<home>")
                // The digests are those of classes that each compiler writes in its own way; so are the widths of
                // columns.
                .normalising(text -> text.replaceAll("\\b([0-9a-f]{64}|[0-9a-f]{12})\\b", "<sha256>")
                        .replaceAll("(\\S) {2,}", "$1  ")
                        // What is built in has a version only where it is in a jar.
                        .replaceAll("\\S+  LOADED  -  class path", "<version>  LOADED  -  class path"))
                .check("PluginsCommandsTest/" + name, result.transcript());
    }
}
