package dev.patchbay.cli.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * pi. An extension, named on its command line, brings a provider of our own name (github.com/earendil-works/pi,
 * packages/coding-agent/docs/custom-provider.md); what {@code models.json} of the user says of that name would outrank it.
 */
final class PiAgent implements Agent {

    private static final String ID = "patchbay";

    @Override
    public List<String> command(
            List<String> arguments, Destination destination, AgentEnvironment environment, Path folder)
            throws IOException {
        Path own = Optional.ofNullable(environment.variables().get("PI_CODING_AGENT_DIR"))
                .map(Path::of)
                .orElse(AgentSettings.home(environment).resolve(".pi/agent"))
                .resolve("models.json");
        if (AgentSettings.read(own)
                .filter(models -> models.path("providers").has(ID))
                .isPresent()) {
            throw SettingConflict.of(own, "providers." + ID, "pi");
        }
        ObjectNode provider = Json.object()
                .put("name", "Patchbay")
                .put("baseUrl", destination.gateway() + "/v1")
                .put("api", "openai-completions");
        ObjectNode model = provider.putArray("models").addObject();
        model.put("id", destination.model())
                .put("name", destination.name().orElse(destination.model()))
                .put("reasoning", false)
                .put("contextWindow", destination.contextToTell())
                .put("maxTokens", destination.outputToTell());
        model.putArray("input").add("text");
        model.putObject("cost")
                .put("input", 0)
                .put("output", 0)
                .put("cacheRead", 0)
                .put("cacheWrite", 0);
        String script = """
                export default function (pi) {
                  pi.registerProvider("%s", { ...%s, apiKey: process.env.%s });
                }
                """.formatted(ID, Json.text(provider), Destination.TOKEN);
        Path extension = PrivateFile.write(folder, "patchbay.js", script);
        environment.put(Destination.TOKEN, destination.token());
        List<String> command = new ArrayList<>(
                List.of("pi", "--extension", extension.toString(), "--provider", ID, "--model", destination.model()));
        command.addAll(arguments);
        return command;
    }
}
