package dev.patchbay.cli.run;

import java.nio.file.Path;
import java.util.List;

/** A program that reads the variables which the SDKs of both APIs read. */
final class AnyProgram implements Agent {

    @Override
    public List<String> command(
            List<String> arguments, Destination destination, AgentEnvironment environment, Path folder) {
        environment.put("ANTHROPIC_BASE_URL", destination.gateway().toString());
        environment.put("ANTHROPIC_API_KEY", destination.token());
        environment.put("OPENAI_BASE_URL", destination.gateway() + "/v1");
        environment.put("OPENAI_API_KEY", destination.token());
        return arguments;
    }
}
