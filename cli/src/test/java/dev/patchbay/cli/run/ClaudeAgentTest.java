package dev.patchbay.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.patchbay.catalog.ModelsDevCatalog;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Claude Code is started with, where its user has settings and variables of their own. */
final class ClaudeAgentTest {

    private static final Destination DESTINATION = new Destination(
            URI.create("http://127.0.0.1:1"),
            "token",
            "m1",
            Optional.empty(),
            OptionalInt.empty(),
            OptionalInt.empty());

    @TempDir
    Path home;

    @TempDir
    Path folder;

    /** Seen with 2.1.197: what the settings say stands in the place of the variable, and the question goes to the proxy. */
    @ParameterizedTest
    @ValueSource(strings = {"NO_PROXY", "no_proxy"})
    void thisMachineIsPastTheProxyOfTheUsersSettings(String name) throws IOException {
        Files.createDirectories(home.resolve(".claude"));
        Files.writeString(
                home.resolve(".claude/settings.json"),
                "{\"env\": {\"HTTP_PROXY\": \"http://proxy.example:3128\", \"" + name + "\": \"corp.example\"}}");
        assertThat(settings(environment(Map.of())).path("env").path(name).textValue())
                .isEqualTo("127.0.0.1,localhost,corp.example");
    }

    @Test
    void settingsThatSayNothingOfProxiesAreLeftToTheVariables() throws IOException {
        JsonNode env = settings(environment(Map.of())).path("env");
        assertThat(env.has("NO_PROXY")).isFalse();
        assertThat(env.has("no_proxy")).isFalse();
    }

    /** Inside of one of its sessions Claude Code refuses to start, and the token of that session is a key. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CLAUDECODE",
                "CLAUDE_CODE_ENTRYPOINT",
                "CLAUDE_CODE_SESSION_ID",
                "CLAUDE_CODE_SESSION_ACCESS_TOKEN",
                "CLAUDE_CODE_EXECPATH"
            })
    void sessionThatThisIsStartedInIsNotHandedOn(String name) {
        assertThat(environment(Map.of(name, "value", "KEPT", "value")).variables())
                .containsKey("KEPT")
                .doesNotContainKey(name);
    }

    private JsonNode settings(AgentEnvironment environment) throws IOException {
        List<String> command = new ClaudeAgent(List.of()).command(List.of(), DESTINATION, environment, folder);
        return new JsonMapper().readTree(Path.of(command.get(2)).toFile());
    }

    private AgentEnvironment environment(Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(more);
        variables.put("HOME", home.toString());
        return AgentEnvironment.of(variables, RegistrySnapshot.builder().build(), ModelsDevCatalog.bundled());
    }
}
