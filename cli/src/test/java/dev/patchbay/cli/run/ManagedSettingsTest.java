package dev.patchbay.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.catalog.ModelsDevCatalog;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.registry.RegistrySnapshot;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the administrator of a machine sets stands in folders that only root may write: here they are others. */
final class ManagedSettingsTest {

    private static final Destination DESTINATION = new Destination(
            URI.create("http://127.0.0.1:1"),
            "token-of-a-test",
            "m",
            Optional.empty(),
            OptionalInt.empty(),
            OptionalInt.empty());

    @TempDir
    Path folder;

    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "claude|managed-settings.json|{\"env\":{\"ANTHROPIC_BASE_URL\":\"https://corp.example\"}}|env.ANTHROPIC_BASE_URL",
                "claude|managed-settings.json|{\"forceLoginMethod\":\"console\"}|forceLoginMethod",
                "claude|managed-settings.json|{\"env\":{\"no_proxy\":\"corp.example\"}}|env.no_proxy",
                "claude|managed-settings.d/10-corp.json|{\"env\":{\"CLAUDE_CODE_USE_BEDROCK\":\"1\"}}|env.CLAUDE_CODE_USE_BEDROCK",
                "codex|managed_config.toml|model_provider = \"corp\"|model_provider",
                "opencode|opencode.json|{\"enabled_providers\":[\"corp\"]}|enabled_providers",
                "qwen|settings.json|{\"security\":{\"auth\":{\"enforcedType\":\"vertex-ai\"}}}|security.auth.enforcedType"
            })
    void whatLeadsElsewhereIsNamedWithItsFile(String name, String file, String text, String entry) throws IOException {
        Path settings = folder.resolve(file);
        Files.createDirectories(settings.getParent());
        Files.writeString(settings, text);
        assertThatThrownBy(() -> command(name))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(settings.toString())
                .hasMessageContaining(entry);
        assertThat(home).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "claude|managed-settings.json|{\"permissions\":{\"deny\":[\"Bash\"]}}",
                "codex|managed_config.toml|approval_policy = \"on-request\"",
                "opencode|opencode.json|{\"permission\":{\"bash\":\"ask\"}}",
                "qwen|settings.json|{\"tools\":{\"sandbox\":true}}"
            })
    void whatLeadsNowhereStays(String name, String file, String text) throws IOException {
        Path settings = Files.writeString(folder.resolve(file), text);
        assertThat(command(name)).first().isEqualTo(name);
        assertThat(settings).hasContent(text);
    }

    private List<String> command(String name) throws IOException {
        Agent agent = switch (name) {
            case "claude" -> new ClaudeAgent(List.of(folder.resolve("managed-settings.json")));
            case "codex" -> new CodexAgent(folder.resolve("managed_config.toml"));
            case "opencode" -> new OpenCodeAgent(List.of(folder));
            default -> new QwenAgent(List.of(folder.resolve("settings.json")));
        };
        Map<String, String> variables = new HashMap<>(Map.of("HOME", home.toString()));
        AgentEnvironment environment =
                AgentEnvironment.of(variables, RegistrySnapshot.builder().build(), ModelsDevCatalog.bundled());
        return agent.command(List.of(), DESTINATION, environment, home);
    }
}
