package dev.patchbay.testkit;

import static dev.patchbay.testkit.StrictChatRules.with;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Vendors as strict as they really are: what each answers with 400 or 422 (dialects.md, section 3). Each rule names its source.
 * Used by {@link StrictProvider}.
 */
@SuppressWarnings("ImmutableEnumChecker") // The lists are copies that nobody changes.
public enum StrictVendor {
    /** OpenAI's reasoning models. */
    OPENAI(
            400,
            with(
                    StrictRule.without(
                            "OpenAI: litellm#13381",
                            "Unsupported parameter: '%s' is not supported with this model.",
                            "max_tokens",
                            "top_k",
                            "thinking",
                            "cache_control"),
                    StrictChatRules.mostStops(4, "OpenAI API reference, stop"),
                    StrictChatRules.STRICT_SCHEMAS),
            StrictMessagesRules.ANTHROPIC),

    /** Anthropic. */
    ANTHROPIC(400, with(), StrictMessagesRules.ANTHROPIC),

    /** Gemini 3 by its OpenAI-compatible endpoint, signatures included. */
    GEMINI(
            400,
            with(
                    StrictRule.without(
                            "Gemini: \"Unknown name\"; gcli2api#406",
                            "Invalid JSON payload received. Unknown name \"%s\": Cannot find field.",
                            "top_k",
                            "thinking",
                            "metadata",
                            "prompt_cache_key",
                            "safety_identifier"),
                    StrictChatRules.mostStops(5, "Gemini API reference, stopSequences"),
                    StrictRule.eachSchema(
                            "Gemini API reference, Schema; AstrBot#6692",
                            schema -> schema.containsKey("$schema")
                                            || schema.containsKey("$ref")
                                            || schema.containsKey("const")
                                            || schema.containsKey("additionalProperties")
                                            || schema.get("type") instanceof List<?>
                                    ? "Invalid JSON payload received. Unknown name in function_declarations.parameters: "
                                            + schema.keySet()
                                    : null),
                    new StrictRule("Gemini, thought signatures; cline#7974", StrictVendor::unsigned)),
            List.of()),

    /** Mistral, which knows every member or refuses it. */
    MISTRAL(
            422,
            with(
                    StrictRule.onlyMembers(
                            "Mistral: extra_forbidden; opencode#1680, eca#231",
                            "%s: Extra inputs are not permitted",
                            "model",
                            "messages",
                            "temperature",
                            "top_p",
                            "max_tokens",
                            "stream",
                            "stop",
                            "random_seed",
                            "response_format",
                            "tools",
                            "tool_choice",
                            "presence_penalty",
                            "frequency_penalty",
                            "n",
                            "prediction",
                            "parallel_tool_calls",
                            "prompt_mode",
                            "reasoning_effort",
                            "safe_prompt",
                            "metadata"),
                    StrictChatRules.NINE_CHARACTERS,
                    StrictChatRules.noRole("developer", "Mistral API reference, messages"),
                    StrictChatRules.notBehind("user", "tool", "Mistral, code 3230: litellm#17761, onyx#6458"),
                    StrictChatRules.notBehind("system", "user", "Mistral, code 3230: crush#279"),
                    StrictRule.eachMessage(
                            "Mistral: extra_forbidden; crush#1590",
                            message -> message.containsKey("reasoning_content")
                                    ? "reasoning_content: extra_forbidden"
                                    : null)),
            List.of()),

    /** Groq. */
    GROQ(
            400,
            with(
                    StrictRule.without(
                            "Groq, OpenAI compatibility: unsupported",
                            "property '%s' is unsupported",
                            "logprobs",
                            "logit_bias",
                            "top_logprobs",
                            "metadata",
                            "thinking",
                            "top_k"),
                    StrictRule.eachSchema(
                            "Groq: opencode#1018",
                            schema -> schema.containsKey("$schema") ? "property '$schema' is unsupported" : null),
                    StrictRule.eachMessage(
                            "Groq: notebook-intelligence#115",
                            message -> message.containsKey("reasoning_content")
                                            || message.containsKey("cache_control")
                                            || message.containsKey("name")
                                    ? "'messages': property is unsupported: " + message.keySet()
                                    : null)),
            List.of()),

    /** DeepSeek while it thinks. */
    DEEPSEEK(
            400,
            with(
                    StrictChatRules.noRole("developer", "DeepSeek API reference, messages"),
                    StrictChatRules.mostStops(16, "DeepSeek API reference, stop"),
                    StrictChatRules.thinkingComesBack(
                            "The `reasoning_content` in the thinking mode must be passed back to the API.",
                            "DeepSeek, thinking mode: 9router#355, LibreChat#13366"),
                    StrictRule.eachMessage(
                            "DeepSeek takes text only: models.dev",
                            message -> Tree.objects(message.get("content")).stream()
                                            .anyMatch(part ->
                                                    !Tree.text(part.get("type")).equals("text"))
                                    ? "unknown variant `image_url`, expected `text`"
                                    : null)),
            StrictMessagesRules.TWO_ROLES),

    /** Kimi K3. */
    KIMI(
            400,
            with(
                    StrictRule.without(
                            "Kimi, model parameter reference: fixed by the model",
                            "invalid %s: only the fixed value is allowed for this model",
                            "temperature",
                            "top_p",
                            "n",
                            "presence_penalty",
                            "frequency_penalty"),
                    StrictRule.eachSchema(
                            "Kimi: no type beside anyOf; java.agentscope.io, kimi",
                            schema -> schema.containsKey("anyOf") && schema.containsKey("type")
                                    ? "when using anyOf, type should be defined in anyOf items instead of the parent schema"
                                    : null),
                    StrictChatRules.thinkingComesBack(
                            "thinking is enabled but reasoning_content is missing in assistant tool call message",
                            "Kimi, thinking: hermes-agent#16388")),
            StrictMessagesRules.TWO_ROLES),

    /** Grok while it thinks. */
    XAI(
            400,
            with(StrictRule.without(
                    "xAI, reasoning models: unsupported parameters",
                    "Argument not supported on this model: %s",
                    "stop",
                    "presence_penalty",
                    "frequency_penalty",
                    "top_k",
                    "thinking")),
            List.of()),

    /** A server that renders a template of Qwen, such as llama.cpp or LM Studio. */
    QWEN_TEMPLATE(
            400,
            with(
                    StrictChatRules.systemFirst("templates of Qwen: claude-code#77698, llama.cpp#27367"),
                    StrictChatRules.noRole("developer", "templates of Qwen: litellm#39852"),
                    StrictChatRules.ARGUMENTS_ARE_OBJECTS),
            StrictMessagesRules.TWO_ROLES),

    /** vLLM with a template of Qwen. */
    VLLM(
            400,
            with(
                    StrictChatRules.systemFirst("vLLM renders the model's template: claude-code#77698"),
                    StrictChatRules.ARGUMENTS_ARE_OBJECTS),
            StrictMessagesRules.TWO_ROLES),

    /** Ollama. */
    OLLAMA(
            400,
            with(
                    StrictChatRules.systemFirst("Ollama renders the model's template"),
                    StrictRule.eachMessage(
                            "Ollama: bifrost#6132",
                            message -> Tree.objects(message.get("content")).stream()
                                            .map(part -> Tree.text(Tree.object(part.get("image_url"))
                                                    .get("url")))
                                            .anyMatch(url -> url.startsWith("http"))
                                    ? "invalid image input"
                                    : null)),
            StrictMessagesRules.TWO_ROLES);

    /** What the signature of Gemini looks like here, and what it documents for a lost one. */
    static final String SIGNATURE = "c2lnbmVkLWJ5LWdlbWluaQ==";

    private static final Set<String> SIGNATURES = Set.of(SIGNATURE, "skip_thought_signature_validator");

    private final int status;
    private final List<StrictRule> chat;
    private final List<StrictRule> messages;

    StrictVendor(int status, List<StrictRule> chat, List<StrictRule> messages) {
        this.status = status;
        this.chat = chat;
        this.messages = messages;
    }

    /** The status of a refusal. */
    int status() {
        return status;
    }

    /** What is wrong with a request; null if the vendor takes it. */
    @Nullable String complaint(RequestedOperation operation, Map<String, @Nullable Object> body) {
        return switch (operation) {
            case CHAT -> StrictRule.complaint(chat, body);
            case MESSAGES -> StrictRule.complaint(messages, body);
            case RESPONSES -> StrictRule.complaint(StrictResponsesRules.OPENAI, body);
            default -> null;
        };
    }

    /** The id of the n-th call, as the vendor makes it. */
    String callId(int number) {
        return switch (this) {
            case MISTRAL -> "AbCdEf%03d".formatted(number);
            case KIMI -> "functions.find:" + number;
            case ANTHROPIC -> "toolu_%024d".formatted(number);
            default -> "call_%020d".formatted(number);
        };
    }

    private static @Nullable String unsigned(Map<String, @Nullable Object> body) {
        for (Map<String, @Nullable Object> message : Tree.objects(body.get("messages"))) {
            List<Map<String, @Nullable Object>> calls = Tree.objects(message.get("tool_calls"));
            if (!calls.isEmpty()) {
                Map<String, @Nullable Object> google = Tree.object(
                        Tree.object(calls.get(0).get("extra_content")).get("google"));
                if (!SIGNATURES.contains(Tree.text(google.get("thought_signature")))) {
                    return "Function call is missing a thought_signature in functionCall parts.";
                }
            }
        }
        return null;
    }
}
