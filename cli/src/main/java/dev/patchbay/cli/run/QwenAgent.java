package dev.patchbay.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Qwen Code. Its file of the machine's administrator outranks those of the user and of the project, and a variable says where that is
 * (qwenlm.github.io/qwen-code-docs, "Settings"): what leads to the gateway is added to what the administrator wrote.
 */
final class QwenAgent implements Agent {

    private static final String PLACE = "QWEN_CODE_SYSTEM_SETTINGS_PATH";

    /** Its settings replace variables in every text (qwenlm.github.io/qwen-code-docs, "Environment Variables in Settings"). */
    private static final Pattern REPLACED = Pattern.compile("\\$(\\w+|\\{)");

    private static final List<Path> MANAGED = List.of(
            Path.of("/etc/qwen-code/settings.json"), Path.of("/Library/Application Support/QwenCode/settings.json"));
    private static final String OPENAI = "openai";

    private final List<Path> managed;

    QwenAgent() {
        this(MANAGED);
    }

    QwenAgent(List<Path> managed) {
        this.managed = managed;
    }

    @Override
    public List<String> command(
            List<String> arguments, Destination destination, AgentEnvironment environment, Path folder)
            throws IOException {
        destination.requireLiteral(REPLACED, "qwen");
        ObjectNode settings = administrators(environment);
        ObjectNode model = settings.putObject("modelProviders").putArray(OPENAI).addObject();
        model.put("id", destination.model())
                .put("name", destination.name().orElse(destination.model()))
                .put("baseUrl", destination.gateway() + "/v1")
                .put("envKey", Destination.TOKEN);
        ObjectNode generation =
                model.putObject("generationConfig").put("contextWindowSize", destination.contextToTell());
        destination
                .outputToAskFor(0)
                .ifPresent(tokens -> generation.putObject("samplingParams").put("max_tokens", tokens));
        object(object(settings, "security"), "auth").put("selectedType", OPENAI);
        object(settings, "model").put("name", destination.model());
        environment.put(
                PLACE,
                PrivateFile.write(folder, "qwen-settings.json", Json.text(settings))
                        .toString());
        environment.put(Destination.TOKEN, destination.token());
        List<String> command = new ArrayList<>(List.of("qwen", "--auth-type", OPENAI, "--model", destination.model()));
        command.addAll(arguments);
        return command;
    }

    /** A copy of what the administrator wrote, which may not lead elsewhere. */
    private ObjectNode administrators(AgentEnvironment environment) {
        List<Path> files = Optional.ofNullable(environment.variables().get(PLACE))
                .map(named -> List.of(Path.of(named)))
                .orElse(managed);
        for (Path file : files) {
            Optional<JsonNode> found = AgentSettings.read(file).filter(JsonNode::isObject);
            if (found.isPresent()) {
                ObjectNode settings = found.get().deepCopy();
                leading(settings).ifPresent(entry -> {
                    throw SettingConflict.of(file, entry, "qwen");
                });
                return settings;
            }
        }
        return Json.object();
    }

    private static Optional<String> leading(JsonNode settings) {
        if (settings.has("modelProviders")) {
            return Optional.of("modelProviders");
        }
        JsonNode enforced = settings.path("security").path("auth").path("enforcedType");
        return enforced.isTextual() && !enforced.textValue().equals(OPENAI)
                ? Optional.of("security.auth.enforcedType")
                : Optional.empty();
    }

    private static ObjectNode object(ObjectNode parent, String name) {
        return parent.get(name) instanceof ObjectNode there ? there : parent.putObject(name);
    }
}
