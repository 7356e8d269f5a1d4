package dev.patchbay.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.internal.attach.AttachedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What stands in a settings file of an agent; empty where there is none, or none that the agent could read either. */
final class AgentSettings {

    private AgentSettings() {}

    static Optional<JsonNode> read(Path file) {
        try {
            return Files.isRegularFile(file)
                    ? AttachedFile.text(Files.readAllBytes(file)).flatMap(Json::tryParse)
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** The home of the user for whom the agent is started. */
    static Path home(AgentEnvironment environment) {
        return Path.of(environment.variables().getOrDefault("HOME", "/"));
    }
}
