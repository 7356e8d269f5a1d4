package dev.patchbay.cli.run;

import dev.patchbay.cli.command.UsageException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The agents that are known by name: docs/clients.md says at which versions they were seen. */
final class Agents {

    static final List<String> NAMES = List.of("claude", "codex", "opencode", "qwen", "pi", "cn", "cline");

    private static final Map<String, String> NPM = Map.of(
            "claude", "@anthropic-ai/claude-code",
            "codex", "@openai/codex",
            "opencode", "opencode-ai",
            "qwen", "@qwen-code/qwen-code",
            "pi", "@earendil-works/pi-coding-agent",
            "cn", "@continuedev/cli",
            "cline", "cline");

    private Agents() {}

    /** The command that installs a program, if it is one of them. */
    static Optional<String> installation(String program) {
        return Optional.ofNullable(NPM.get(program)).map(name -> "npm install -g " + name);
    }

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
