package dev.patchbay.codec;

import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table of section 1.0 of dialects.md. */
final class QuirkTable {

    static final List<String> EFFORTS = List.of("none", "minimal", "low", "medium", "high", "xhigh", "max");

    static final List<QuirkSpec> ALL = List.of(
            choice(
                    "maxTokensField",
                    "max_tokens",
                    "Member that limits the answer.",
                    "max_tokens",
                    "max_completion_tokens"),
            count(
                    "maxOutputTokens",
                    null,
                    "The most tokens that the model can answer; larger limits are lowered to it."),
            choice("systemRole", "system", "Role of system messages.", "system", "developer"),
            choice(
                    "midSystem",
                    "keep",
                    "What becomes of a system message behind the first user turn: it stays, a user says it, or it joins the first.",
                    "keep",
                    "user",
                    "merge"),
            choice(
                    "userAfterTool",
                    "keep",
                    "How a user's message follows the answer of a tool: at once, or behind a short assistant message.",
                    "keep",
                    "assistant"),
            flag("streamUsage", true, "Whether a stream is asked to report its usage."),
            choice("requiredToolChoice", "required", "Word for “must call a tool”.", "required", "any"),
            flag("parallelToolCalls", true, "Whether parallel_tool_calls may be sent."),
            count("stop", 4, "The most stop sequences; 0 where the parameter is refused."),
            texts("drop", List.of(), "Members to remove from the request at the end."),
            texts(
                    "extra",
                    List.of(),
                    "Members to pass under their own name, such as top_k of Anthropic Messages or service_tier of OpenAI."),
            choice(
                    "reasoning",
                    "none",
                    "How thinking is asked for.",
                    "none",
                    "reasoning_effort",
                    "openrouter",
                    "thinking_type"),
            new QuirkSpec(
                    "efforts",
                    QuirkSpec.Type.STRING_LIST,
                    EFFORTS,
                    List.of("low", "medium", "high"),
                    "Levels of effort that the model accepts."),
            choice(
                    "reasoningReplay",
                    "never",
                    "Which earlier answers get their thinking sent back.",
                    "never",
                    "tool_turns",
                    "always"),
            choice(
                    "reasoningField",
                    "reasoning_content",
                    "Member for thinking that is sent back.",
                    "reasoning_content",
                    "reasoning"),
            flag("images", true, "Whether the model takes images; otherwise they become a note."),
            choice("pdf", "placeholder", "How PDF documents are sent.", "placeholder", "file"),
            choice(
                    "toolResultImages",
                    "user_message",
                    "Where images of tool results go.",
                    "user_message",
                    "in_place",
                    "placeholder"),
            choice(
                    "user",
                    "none",
                    "Member for the end user's id.",
                    "none",
                    "user",
                    "safety_identifier",
                    "prompt_cache_key"),
            count("userMax", 64, "The most characters of the end user's id; longer ones are hashed."),
            choice(
                    "toolId",
                    "openai",
                    "Form of tool call ids; mistral9 is exactly nine letters or digits.",
                    "openai",
                    "mistral9"),
            count("toolIdMax", 64, "The most characters of a tool call id."),
            count("toolNameMax", 64, "The most characters of a tool name."),
            flag("strictTools", false, "Whether strict of a tool is passed on."),
            choice(
                    "structuredOutput",
                    "json_schema",
                    "How a schema for the answer is sent.",
                    "json_schema",
                    "json_object",
                    "none"),
            choice(
                    "schema",
                    "plain",
                    "Rewrites schemas for hosts that refuse common forms of them.",
                    "plain",
                    "gemini",
                    "moonshot"),
            flag("thinkTags", false, "Whether <think>…</think> at the beginning of an answer's text is thinking."),
            texts(
                    "schemaStrip",
                    List.of(),
                    "JSON Schema keywords to remove from tool schemas, such as $schema or “format: uri”."),
            choice(
                    "cacheControl",
                    null,
                    "Whether cache_control marks are passed on; auto sets them for agents of OpenAI's dialects. Default: auto for"
                            + " a Messages endpoint, else strip.",
                    "strip",
                    "forward",
                    "auto"),
            flag("estimateUsage", false, "Whether missing usage is estimated instead of 0."),
            count("defaultMaxTokens", 8192, "Limit of the answer where a dialect needs one and the request has none."));

    static final Map<String, QuirkSpec> BY_NAME = ALL.stream().collect(toUnmodifiableMap(QuirkSpec::name, identity()));

    static final Map<String, Object> DEFAULTS = ALL.stream()
            .filter(spec -> spec.defaultValue() != null)
            .collect(toUnmodifiableMap(QuirkSpec::name, QuirkTable::defaultOf));

    private QuirkTable() {}

    private static Object defaultOf(QuirkSpec spec) {
        return requireNonNull(spec.defaultValue());
    }

    private static QuirkSpec choice(String name, @Nullable String defaultValue, String description, String... allowed) {
        return new QuirkSpec(name, QuirkSpec.Type.STRING, List.of(allowed), defaultValue, description);
    }

    private static QuirkSpec count(String name, @Nullable Integer defaultValue, String description) {
        return new QuirkSpec(name, QuirkSpec.Type.INTEGER, List.of(), defaultValue, description);
    }

    private static QuirkSpec flag(String name, boolean defaultValue, String description) {
        return new QuirkSpec(name, QuirkSpec.Type.BOOLEAN, List.of(), defaultValue, description);
    }

    private static QuirkSpec texts(String name, List<String> defaultValue, String description) {
        return new QuirkSpec(name, QuirkSpec.Type.STRING_LIST, List.of(), defaultValue, description);
    }
}
