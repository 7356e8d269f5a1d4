package dev.patchbay.fuzz;

import dev.patchbay.codec.Quirks;
import java.util.List;
import java.util.Map;

/** A few providers that differ in much. */
final class SomeQuirks {

    private static final List<Quirks> ALL = List.of(
            Quirks.none(),
            Quirks.of(Map.of(
                    "toolId", "mistral9",
                    "requiredToolChoice", "any",
                    "reasoning", "reasoning_effort",
                    "efforts", List.of("none", "high"),
                    "pdf", "file",
                    "toolResultImages", "in_place",
                    "user", "safety_identifier",
                    "estimateUsage", true)),
            Quirks.of(Map.of(
                    "toolNameMax",
                    20,
                    "toolIdMax",
                    12,
                    "reasoning",
                    "openrouter",
                    "reasoningReplay",
                    "always",
                    "images",
                    false,
                    "stop",
                    0,
                    "structuredOutput",
                    "json_object",
                    "schemaStrip",
                    List.of("$schema", "format: uri"),
                    "cacheControl",
                    "forward",
                    "drop",
                    List.of("temperature"))),
            Quirks.of(Map.of(
                    "maxTokensField", "max_completion_tokens",
                    "maxOutputTokens", 100,
                    "reasoning", "thinking_type",
                    "reasoningReplay", "tool_turns",
                    "toolResultImages", "placeholder",
                    "user", "user",
                    "strictTools", true,
                    "extra", List.of("top_k"))));

    private SomeQuirks() {}

    static Quirks of(int choices) {
        return ALL.get(choices & 3);
    }
}
