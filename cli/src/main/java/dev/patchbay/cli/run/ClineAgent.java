package dev.patchbay.cli.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Cline. It takes providers from a file alone, and a variable says which; its other settings and its history stay where they are. */
final class ClineAgent implements Agent {

    private static final String ID = "openai-compatible";

    @Override
    public List<String> command(
            List<String> arguments, Destination destination, AgentEnvironment environment, Path folder)
            throws IOException {
        ObjectNode file = Json.object().put("version", 1).put("lastUsedProvider", ID);
        file.putObject("modes");
        ObjectNode provider = file.putObject("providers").putObject(ID);
        provider.putObject("settings")
                .put("provider", ID)
                .put("apiKey", destination.token())
                .put("model", destination.model())
                .put("baseUrl", destination.gateway() + "/v1")
                .put("contextWindow", destination.contextToTell())
                .put("maxTokens", destination.outputToTell());
        provider.put("updatedAt", Instant.now().toString()).put("tokenSource", "manual");
        environment.put(
                "CLINE_PROVIDER_SETTINGS_PATH",
                PrivateFile.write(folder, "providers.json", Json.text(file)).toString());
        // Its daemon would outlive the run and keep what was set here, and one that runs already has its own provider.
        environment.put("CLINE_SESSION_BACKEND_MODE", "local");
        List<String> command = new ArrayList<>(List.of("cline", "--provider", ID, "--model", destination.model()));
        command.addAll(arguments);
        return command;
    }
}
