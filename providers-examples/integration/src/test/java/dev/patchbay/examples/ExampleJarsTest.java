package dev.patchbay.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.internal.plugin.LoadedPlugin;
import dev.patchbay.internal.plugin.LoadedPlugins;
import dev.patchbay.internal.plugin.PluginLoader;
import dev.patchbay.internal.plugin.PluginOutcome;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.SecretRef;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.TestContext;
import dev.patchbay.testkit.TestDefinition;
import dev.patchbay.testkit.Transcript;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The three example jars, loaded as a host loads them. */
class ExampleJarsTest {

    private static final ChatRequest REQUEST =
            ChatRequest.builder("m").message(ChatMessage.user("Hello")).build();

    @TempDir
    Path folder;

    private LoadedPlugins loaded = LoadedPlugins.none();

    @BeforeEach
    void load() throws IOException {
        ExampleJars.dropInto(folder);
        loaded = PluginLoader.builder().directory(folder).build().load();
    }

    @AfterEach
    void close() {
        loaded.close();
    }

    @Test
    void areLoadedAfterTheBuiltInPlugins() {
        assertThat(loaded.rejected()).isEmpty();
        assertThat(loaded.plugins())
                .extracting(LoadedPlugin::id)
                .containsExactly(
                        "anthropic",
                        "openrouter",
                        "baseten",
                        "demo",
                        "definitions-only",
                        "line-dialect",
                        "signed-dialect");
        assertThat(loaded.outcomes().subList(4, 7))
                .allSatisfy(outcome ->
                        assertThat(((PluginOutcome.Loaded) outcome).version()).contains("1.0.0"));
    }

    @Test
    void bringTheirProviderFiles() {
        assertThat(loaded.plugins().stream()
                        .filter(plugin -> plugin.jar().isPresent())
                        .flatMap(plugin -> plugin.definitions().stream())
                        .map(LoadedPlugin.DefinitionFile::name))
                .containsExactly(
                        "definitions-only-1.0.0.jar!META-INF/providers/azure-openai.yaml",
                        "definitions-only-1.0.0.jar!META-INF/providers/groq.yaml",
                        "line-dialect-1.0.0.jar!META-INF/providers/lines.yaml",
                        "signed-dialect-1.0.0.jar!META-INF/providers/acme.yaml");
    }

    @Test
    void theDialectOfLinesAnswers() {
        try (FakeProvider provider = FakeProvider.start()) {
            provider.answer(Answer.status(200).body("text/x-lines", "say Hello, \nsay world\nbye\n"));
            URI baseUrl = provider.baseUrl("/v1");
            Dialect dialect = dialect("lines");

            try (ChatClient client = dialect.connect(TestDefinition.of(dialect, baseUrl), TestContext.of(baseUrl))) {
                assertThat(Transcript.of(client.stream(REQUEST)).text()).isEqualTo("Hello, world");
            }
        }
    }

    @Test
    void theDialectWithOptionsAnswers() {
        try (FakeProvider provider = FakeProvider.start()) {
            provider.answer(Answer.status(200)
                    .body("application/x-ndjson", "{\"text\":\"Hello, world\"}\n{\"end\":\"stop\"}\n"));
            URI baseUrl = provider.baseUrl("/v1");
            Dialect dialect = dialect("acme");
            SecretRef token = new SecretRef("env", "TOKEN");
            TestDefinition definition =
                    TestDefinition.of(dialect, baseUrl).options(Map.of("region", "us", "tenantToken", token));

            try (ChatClient client =
                    dialect.connect(definition, TestContext.of(baseUrl).secret(token, "of the test"))) {
                assertThat(Transcript.of(client.stream(REQUEST)).text()).isEqualTo("Hello, world");
            }
            assertThat(provider.onlyRequest().queryParameter("region")).contains("us");
        }
    }

    private Dialect dialect(String id) {
        return loaded.plugins().stream()
                .flatMap(plugin -> plugin.dialects().stream())
                .filter(dialect -> dialect.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
