package dev.patchbay.cli.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.cli.command.UsageException;
import dev.patchbay.codec.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Continue's command line. {@code --config} outranks the configuration that was used last and {@code ~/.continue/config.yaml}
 * (docs.continue.dev/cli/configuration); JSON is YAML.
 */
final class ContinueAgent implements Agent {

    private static final String CONFIG = "--config";

    /** Where its configuration replaces something (docs.continue.dev/reference, "secrets" and "inputs"). */
    private static final Pattern REPLACED = Pattern.compile("\\$\\{\\{");

    @Override
    public List<String> command(
            List<String> arguments, Destination destination, AgentEnvironment environment, Path folder)
            throws IOException {
        if (arguments.stream().anyMatch(argument -> argument.equals(CONFIG) || argument.startsWith(CONFIG + "="))) {
            throw new UsageException(CONFIG + " is what leads cn here; name rules and servers with --rule and --mcp");
        }
        destination.requireLiteral(REPLACED, "cn");
        ObjectNode config =
                Json.object().put("name", "Patchbay").put("version", "1.0.0").put("schema", "v1");
        ObjectNode model = config.putArray("models").addObject();
        model.put("name", destination.name().orElse(destination.model()))
                .put("provider", "openai")
                .put("model", destination.model())
                .put("apiBase", destination.gateway() + "/v1")
                .put("apiKey", "${{ secrets." + Destination.TOKEN + " }}");
        model.putArray("roles").add("chat");
        model.putArray("capabilities").add("tool_use");
        model.putObject("defaultCompletionOptions")
                .put("contextLength", destination.contextToTell())
                .put("maxTokens", destination.outputToTell());
        Path file = PrivateFile.write(folder, "continue.yaml", Json.text(config));
        environment.put(Destination.TOKEN, destination.token());
        List<String> command = new ArrayList<>(List.of("cn", CONFIG, file.toString()));
        command.addAll(arguments);
        return command;
    }
}
