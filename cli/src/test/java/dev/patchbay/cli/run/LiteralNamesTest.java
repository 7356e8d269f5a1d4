package dev.patchbay.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.catalog.ModelsDevCatalog;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.registry.RegistrySnapshot;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model's name comes from whoever wrote the provider, a plugin jar too: no agent may read a file or a variable for it. */
final class LiteralNamesTest {

    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "opencode|{file:/etc/passwd}|{file:",
                "opencode|up/{env:HOME}|{env:",
                "cn|up/x${{ secrets.X }}|${{",
                "qwen|up/$HOME|$HOME",
                "qwen|up/${HOME}|${"
            })
    void whatAnAgentWouldReplaceIsRefused(String agent, String model, String replaced) {
        assertThatThrownBy(() -> command(agent, model, Optional.empty()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(agent + " would replace " + replaced + " in the name of the model, " + model)
                .hasMessageContaining("aliases");
        assertThatThrownBy(() -> command(agent, "plain", Optional.of(model)))
                .as("the name that is shown")
                .isInstanceOf(ConfigurationException.class);
        assertThat(home).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "opencode|a${{b}}$HOME",
                "cn|{env:HOME}$HOME",
                "qwen|{env:HOME}/a$",
                "codex|{env:A}$B",
                "pi|{env:A}$B"
            })
    void whatItTakesAsItIsStays(String agent, String model) throws IOException {
        assertThat(command(agent, model, Optional.empty())).first().isEqualTo(agent);
    }

    @Test
    void whatAnAgentWouldTakeForAnOptionIsRefused() {
        assertThatThrownBy(() -> destination("--add-dir=/", Optional.empty()).requireNoOption("claude"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("claude would take the name of the model for an option, --add-dir=/")
                .hasMessageContaining("aliases");
        assertThatCode(() -> destination("up/-m", Optional.of("--shown")).requireNoOption("claude"))
                .doesNotThrowAnyException();
    }

    private List<String> command(String agent, String model, Optional<String> name) throws IOException {
        Map<String, String> variables = new HashMap<>(Map.of("HOME", home.toString()));
        AgentEnvironment environment =
                AgentEnvironment.of(variables, RegistrySnapshot.builder().build(), ModelsDevCatalog.bundled());
        return Agents.find(agent).command(List.of(), destination(model, name), environment, home);
    }

    private static Destination destination(String model, Optional<String> name) {
        return new Destination(
                URI.create("http://127.0.0.1:1"),
                "token-of-a-test",
                model,
                name,
                OptionalInt.empty(),
                OptionalInt.empty());
    }
}
