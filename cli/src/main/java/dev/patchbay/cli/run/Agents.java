package dev.patchbay.cli.run;

import dev.patchbay.cli.command.UsageException;
import java.util.List;

/** The agents that are known by name: docs/clients.md says at which versions they were seen. */
final class Agents {

    static final List<String> NAMES = List.of("claude", "codex", "opencode", "qwen", "pi", "cn", "cline");

    private Agents() {}

    /** @throws UsageException if it is none of them */
    static Agent find(String name) {
        return switch (name) {
            case "claude" -> new ClaudeAgent();
            case "codex" -> new CodexAgent();
            case "opencode" -> new OpenCodeAgent();
            case "qwen" -> new QwenAgent();
            case "pi" -> new PiAgent();
            case "cn" -> new ContinueAgent();
            case "cline" -> new ClineAgent();
            default ->
                throw new UsageException("'" + name + "' is no agent that is known (" + String.join(", ", NAMES)
                        + "); any other program: patchbay run -- " + name);
        };
    }
}
