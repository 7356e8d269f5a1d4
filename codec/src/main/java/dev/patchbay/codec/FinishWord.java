package dev.patchbay.codec;

import dev.patchbay.spi.StopReason;
import java.util.Locale;
import java.util.Map;

/** What an upstream's word for the end of an answer means, in whichever dialect it says it (dialects.md, R7). */
public enum FinishWord {
    /** The model had nothing more to say; also every word that nobody knows. */
    NATURAL,
    /** The limit of the answer was reached. */
    LENGTH,
    /** The context was full. */
    CONTEXT,
    /** The model, or a filter, refused. */
    REFUSED,
    /** The answer broke off; it must not pass for a whole one. */
    FAILED;

    /**
     * Words of OpenAI, Gemini ({@code MAX_TOKENS}, {@code SPII}: Gemini API reference, FinishReason), Bedrock ({@code
     * guardrail_intervened}: Converse, stopReason), Mistral ({@code model_length}), watsonx ({@code token_limit}), Cohere ({@code
     * ERROR_LIMIT}, {@code ERROR_TOXIC}, {@code USER_CANCEL}: its Chat API reference), Z.ai, DeepSeek, vLLM.
     */
    private static final Map<String, FinishWord> WORDS = Map.ofEntries(
            Map.entry("length", LENGTH),
            Map.entry("max_tokens", LENGTH),
            Map.entry("max_output_tokens", LENGTH),
            Map.entry("model_length", LENGTH),
            Map.entry("token_limit", LENGTH),
            Map.entry("max_length", LENGTH),
            Map.entry("model_context_window_exceeded", CONTEXT),
            Map.entry("error_limit", CONTEXT),
            Map.entry("content_filter", REFUSED),
            Map.entry("refusal", REFUSED),
            Map.entry("sensitive", REFUSED),
            Map.entry("safety", REFUSED),
            Map.entry("recitation", REFUSED),
            Map.entry("prohibited_content", REFUSED),
            Map.entry("blocklist", REFUSED),
            Map.entry("spii", REFUSED),
            Map.entry("image_safety", REFUSED),
            Map.entry("image_prohibited_content", REFUSED),
            Map.entry("image_recitation", REFUSED),
            Map.entry("language", REFUSED),
            Map.entry("guardrail_intervened", REFUSED),
            Map.entry("content_filtered", REFUSED),
            Map.entry("error_toxic", REFUSED),
            Map.entry("error", FAILED),
            Map.entry("insufficient_system_resource", FAILED),
            Map.entry("network_error", FAILED),
            Map.entry("malformed_function_call", FAILED),
            Map.entry("malformed_model_output", FAILED),
            Map.entry("malformed_response", FAILED),
            Map.entry("malformed_tool_use", FAILED),
            Map.entry("function_call_filter", FAILED),
            Map.entry("unexpected_tool_call", FAILED),
            Map.entry("cancelled", FAILED),
            Map.entry("user_cancel", FAILED),
            Map.entry("canceled", FAILED),
            Map.entry("timeout", FAILED),
            Map.entry("server_error", FAILED),
            Map.entry("failed", FAILED),
            Map.entry("aborted", FAILED),
            Map.entry("abort", FAILED));

    /** The meaning of a word, in any case, or of the first that has one: Gemini says {@code content_filter: PROHIBITED_CONTENT}. */
    public static FinishWord of(String word) {
        for (String each : word.toLowerCase(Locale.ROOT).split(":", -1)) {
            FinishWord meaning = WORDS.get(each.strip());
            if (meaning != null) {
                return meaning;
            }
        }
        return NATURAL;
    }

    /**
     * The stop reason of an answer of a chat endpoint.
     *
     * @param calledTools whether the answer holds a call
     */
    public StopReason stopReason(boolean calledTools) {
        return switch (this) {
            case LENGTH -> StopReason.MAX_TOKENS;
            case CONTEXT -> StopReason.CONTEXT_WINDOW_EXCEEDED;
            case REFUSED -> StopReason.REFUSAL;
            default -> calledTools ? StopReason.TOOL_USE : StopReason.END_TURN;
        };
    }
}
