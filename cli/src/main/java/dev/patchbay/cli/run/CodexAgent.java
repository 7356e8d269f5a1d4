package dev.patchbay.cli.run;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.patchbay.codec.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Codex. {@code -c} outranks {@code config.toml} and its profiles, and only the file of the machine's administrator outranks {@code -c}
 * (github.com/openai/codex, docs/config.md). The provider is one of our own name, so that no login is asked for.
 */
final class CodexAgent implements Agent {

    private static final Path MANAGED = Path.of("/etc/codex/managed_config.toml");
    private static final Pattern LEADING = Pattern.compile(
            "(?m)^\\s*(model_provider|model|profile|openai_base_url|chatgpt_base_url|model_providers\\.patchbay"
                    + "|\\[model_providers\\.patchbay\\]|model_context_window)\\b");

    private final Path managed;

    CodexAgent() {
        this(MANAGED);
    }

    CodexAgent(Path managed) {
        this.managed = managed;
    }

    @Override
    public List<String> command(
            List<String> arguments, Destination destination, AgentEnvironment environment, Path folder)
            throws IOException {
        if (Files.isRegularFile(managed)) {
            Matcher found = LEADING.matcher(Files.readString(managed));
            if (found.find()) {
                throw SettingConflict.of(managed, found.group(1), "codex");
            }
        }
        environment.put(Destination.TOKEN, destination.token());
        List<String> command = new ArrayList<>(List.of("codex"));
        setting(
                command,
                "model_providers.patchbay",
                "{name=\"Patchbay\", base_url=\"" + destination.gateway() + "/v1\", env_key=\"" + Destination.TOKEN
                        + "\", wire_api=\"responses\"}");
        setting(command, "model_provider", quoted("patchbay"));
        setting(command, "model", quoted(destination.model()));
        setting(command, "model_context_window", String.valueOf(destination.contextToTell()));
        command.addAll(arguments);
        return command;
    }

    private static void setting(List<String> command, String name, String value) {
        command.add("-c");
        command.add(name + "=" + value);
    }

    /** TOML's basic strings are JSON's. */
    private static String quoted(String text) {
        return Json.text(TextNode.valueOf(text));
    }
}
