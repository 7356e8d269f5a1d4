package dev.patchbay.fuzz;

import static java.util.Map.entry;

import dev.patchbay.codec.Quirks;
import java.util.List;
import java.util.Map;

/** A few providers that differ in much. */
final class SomeQuirks {

    private static final List<Quirks> ALL = List.of(
            Quirks.none(),
            Quirks.of(Map.ofEntries(
                    entry("toolId", "mistral9"),
                    entry("requiredToolChoice", "any"),
                    entry("midSystem", "user"),
                    entry("userAfterTool", "assistant"),
                    entry("reasoning", "reasoning_effort"),
                    entry("efforts", List.of("none", "high")),
                    entry("thinkTags", true),
                    entry("pdf", "file"),
                    entry("toolResultImages", "in_place"),
                    entry("user", "safety_identifier"),
                    entry("estimateUsage", true))),
            Quirks.of(Map.ofEntries(
                    entry("toolNameMax", 20),
                    entry("toolIdMax", 12),
                    entry("midSystem", "merge"),
                    entry("reasoning", "openrouter"),
                    entry("reasoningReplay", "always"),
                    entry("images", false),
                    entry("stop", 0),
                    entry("structuredOutput", "json_object"),
                    entry("schema", "gemini"),
                    entry("schemaStrip", List.of("$schema", "format: uri")),
                    entry("cacheControl", "forward"),
                    entry("drop", List.of("temperature")))),
            Quirks.of(Map.ofEntries(
                    entry("maxTokensField", "max_completion_tokens"),
                    entry("maxOutputTokens", 100),
                    entry("reasoning", "thinking_type"),
                    entry("reasoningReplay", "tool_turns"),
                    entry("toolResultImages", "placeholder"),
                    entry("schema", "moonshot"),
                    entry("cacheControl", "auto"),
                    entry("user", "user"),
                    entry("strictTools", true),
                    entry("extra", List.of("top_k")))));

    private SomeQuirks() {}

    static Quirks of(int choices) {
        return ALL.get(choices & 3);
    }
}
