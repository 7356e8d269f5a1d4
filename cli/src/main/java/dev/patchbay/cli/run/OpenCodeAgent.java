package dev.patchbay.cli.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * OpenCode. Configuration in {@code OPENCODE_CONFIG_CONTENT} outranks its files (opencode.ai/docs/config); with the only enabled provider
 * being this one, a model that a file names elsewhere is an error and never another company's. Only the files of the machine's
 * administrator outrank it.
 */
final class OpenCodeAgent implements Agent {

    private static final String ID = "patchbay";

    /** What its configuration replaces (opencode.ai/docs/config, "Variables"). */
    private static final Pattern REPLACED = Pattern.compile("\\{(env|file):");

    private static final List<Path> MANAGED =
            List.of(Path.of("/etc/opencode"), Path.of("/Library/Application Support/opencode"));

    private static final List<String> LEADING =
            List.of("model", "small_model", "provider", "enabled_providers", "disabled_providers", "agent", "mode");

    private final List<Path> managed;

    OpenCodeAgent() {
        this(MANAGED);
    }

    OpenCodeAgent(List<Path> managed) {
        this.managed = managed;
    }

    @Override
    public List<String> command(
            List<String> arguments, Destination destination, AgentEnvironment environment, Path folder) {
        destination.requireLiteral(REPLACED, "opencode");
        managed.forEach(OpenCodeAgent::refuse);
        ObjectNode config = Json.object();
        String model = ID + "/" + destination.model();
        config.put("model", model).put("small_model", model);
        config.putArray("enabled_providers").add(ID);
        config.putArray("disabled_providers");
        ObjectNode provider = config.putObject("provider").putObject(ID);
        provider.put("npm", "@ai-sdk/openai-compatible").put("name", "Patchbay");
        provider.putObject("options")
                .put("baseURL", destination.gateway() + "/v1")
                .put("apiKey", "{env:" + Destination.TOKEN + "}");
        ObjectNode limits = provider.putObject("models")
                .putObject(destination.model())
                .put("name", destination.name().orElse(destination.model()))
                .put("tool_call", true)
                .putObject("limit");
        limits.put("context", destination.contextToTell());
        limits.put("output", destination.outputToTell());
        environment.put("OPENCODE_CONFIG_CONTENT", Json.text(config));
        environment.put(Destination.TOKEN, destination.token());
        List<String> command = new ArrayList<>(List.of("opencode"));
        command.addAll(arguments);
        return command;
    }

    private static void refuse(Path folder) {
        for (String name : List.of("opencode.json", "opencode.jsonc", "config.json")) {
            Path file = folder.resolve(name);
            AgentSettings.read(file)
                    .flatMap(settings -> LEADING.stream().filter(settings::has).findFirst())
                    .ifPresent(entry -> {
                        throw SettingConflict.of(file, entry, "opencode");
                    });
        }
    }
}
