package dev.patchbay.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.cli.command.UsageException;
import dev.patchbay.codec.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Claude Code. What its settings files say under {@code env} outranks the environment, and {@code --settings} outranks all of them but those
 * of the machine's administrator (code.claude.com/docs/en/settings). The credential is a bearer token: of a key it would ask whether
 * to use it, and remember the answer.
 */
final class ClaudeAgent implements Agent {

    /** What an administrator sets nobody can outrank. */
    private static final List<Path> MANAGED = List.of(
            Path.of("/etc/claude-code/managed-settings.json"),
            Path.of("/Library/Application Support/ClaudeCode/managed-settings.json"));

    /** Entries of {@code env} that lead elsewhere, or bring another credential; empty is as if they were not set. */
    private static final List<String> CLEARED = List.of(
            "ANTHROPIC_API_KEY",
            "ANTHROPIC_CUSTOM_HEADERS",
            "ANTHROPIC_MODEL",
            "ANTHROPIC_SMALL_FAST_MODEL",
            "ANTHROPIC_BEDROCK_BASE_URL",
            "ANTHROPIC_VERTEX_BASE_URL",
            "ANTHROPIC_FOUNDRY_BASE_URL",
            "CLAUDE_CODE_OAUTH_TOKEN",
            "CLAUDE_CODE_USE_BEDROCK",
            "CLAUDE_CODE_USE_VERTEX",
            "CLAUDE_CODE_USE_FOUNDRY",
            "CLAUDE_CODE_USE_MANTLE",
            "CLAUDE_CODE_USE_ANTHROPIC_AWS");

    /** Of a smaller one Claude Code says at each start that it takes this instead. */
    private static final int SMALLEST_COMPACT_WINDOW = 100_000;

    /** What it asks for, of a model that it does not know (seen with 2.1.330). */
    private static final int OWN_OUTPUT = 32_000;

    private final List<Path> managed;

    ClaudeAgent() {
        this(MANAGED);
    }

    ClaudeAgent(List<Path> managed) {
        this.managed = managed;
    }

    @Override
    public List<String> command(
            List<String> arguments, Destination destination, AgentEnvironment environment, Path folder)
            throws IOException {
        if (arguments.stream()
                .anyMatch(argument -> argument.equals("--settings") || argument.startsWith("--settings="))) {
            throw new UsageException(
                    "--settings is what leads claude here; put yours into .claude/settings.local.json");
        }
        for (Path file : managed()) {
            refuse(file);
        }
        Map<String, String> variables = variables(destination);
        variables.forEach(environment::put);
        // Variables that stay empty in the settings are not there at all in the environment.
        CLEARED.forEach(name -> variables.putIfAbsent(name, ""));
        ObjectNode json = Json.object();
        variables.forEach(json.putObject("env")::put);
        List<JsonNode> users = users(environment);
        helpers(json, users);
        noProxy((ObjectNode) json.get("env"), users);
        Path settings = PrivateFile.write(folder, "claude-settings.json", Json.text(json));
        List<String> command = new ArrayList<>(List.of("claude", "--settings", settings.toString()));
        boolean named =
                arguments.stream().anyMatch(argument -> argument.equals("--model") || argument.startsWith("--model="));
        if (!named) {
            command.add("--model");
            command.add(destination.model());
        }
        command.addAll(arguments);
        return command;
    }

    /** The file of the administrator, and those that tools of theirs put beside it (code.claude.com/docs/en/settings). */
    private List<Path> managed() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path file : managed) {
            files.add(file);
            Path more = file.resolveSibling("managed-settings.d");
            if (Files.isDirectory(more)) {
                try (Stream<Path> found = Files.list(more)) {
                    found.filter(one -> one.toString().endsWith(".json"))
                            .sorted()
                            .forEach(files::add);
                }
            }
        }
        return files;
    }

    private static Map<String, String> variables(Destination destination) {
        Map<String, String> variables = new TreeMap<>();
        variables.put("ANTHROPIC_BASE_URL", destination.gateway().toString());
        variables.put("ANTHROPIC_AUTH_TOKEN", destination.token());
        variables.put("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1");
        variables.put("CLAUDE_CODE_MAX_CONTEXT_TOKENS", String.valueOf(destination.contextToTell()));
        if (destination.contextToTell() >= SMALLEST_COMPACT_WINDOW) {
            variables.put("CLAUDE_CODE_AUTO_COMPACT_WINDOW", String.valueOf(destination.contextToTell()));
        }
        destination
                .outputToAskFor(OWN_OUTPUT)
                .ifPresent(tokens -> variables.put("CLAUDE_CODE_MAX_OUTPUT_TOKENS", String.valueOf(tokens)));
        for (String family : List.of("OPUS", "SONNET", "HAIKU")) {
            variables.put("ANTHROPIC_DEFAULT_" + family + "_MODEL", destination.model());
        }
        return variables;
    }

    /** The settings of the user and of the project, the last of which counts. */
    private static List<JsonNode> users(AgentEnvironment environment) {
        Path folder = Optional.ofNullable(environment.variables().get("CLAUDE_CONFIG_DIR"))
                .map(Path::of)
                .orElse(AgentSettings.home(environment).resolve(".claude"));
        return Stream.of(
                        folder.resolve("settings.json"),
                        Path.of(".claude", "settings.json"),
                        Path.of(".claude", "settings.local.json"))
                .flatMap(file -> AgentSettings.read(file).stream())
                .toList();
    }

    /** A program that prints a key would be run, and its key sent here: what is said here about it outranks the user's. */
    private static void helpers(ObjectNode json, List<JsonNode> users) {
        if (users.stream().anyMatch(settings -> settings.has("apiKeyHelper"))) {
            json.put("apiKeyHelper", "printenv ANTHROPIC_AUTH_TOKEN");
        }
    }

    /** Settings that name what goes past a proxy stand in the place of the variable, and the question would go to the proxy. */
    private static void noProxy(ObjectNode variables, List<JsonNode> users) {
        for (String name : AgentEnvironment.PAST_PROXIES) {
            users.stream()
                    .map(settings -> settings.path("env").path(name))
                    .filter(JsonNode::isTextual)
                    .reduce((first, last) -> last)
                    .ifPresent(given -> variables.put(name, AgentEnvironment.THIS_MACHINE + "," + given.textValue()));
        }
    }

    private static void refuse(Path file) {
        Map<String, String> leading = new LinkedHashMap<>();
        AgentSettings.read(file).ifPresent(settings -> {
            settings.path("env").fieldNames().forEachRemaining(name -> {
                if (name.startsWith("ANTHROPIC_") || name.startsWith("CLAUDE_CODE_USE_")) {
                    leading.put("env." + name, "");
                }
            });
            for (String name : AgentEnvironment.PAST_PROXIES) {
                JsonNode past = settings.path("env").path(name);
                if (past.isTextual()
                        && !past.textValue().contains("127.0.0.1")
                        && !past.textValue().contains("*")) {
                    leading.put("env." + name, "");
                }
            }
            for (String entry : List.of("apiKeyHelper", "forceLoginMethod")) {
                if (settings.has(entry)) {
                    leading.put(entry, "");
                }
            }
        });
        if (!leading.isEmpty()) {
            throw SettingConflict.of(file, String.join(", ", leading.keySet()), "claude");
        }
    }
}
