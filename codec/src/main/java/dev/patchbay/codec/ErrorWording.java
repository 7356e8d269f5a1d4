package dev.patchbay.codec;

import static dev.patchbay.codec.ErrorWording.Meaning.OVERFLOW;
import static dev.patchbay.codec.ErrorWording.Meaning.QUOTA;
import static dev.patchbay.codec.ErrorWording.Meaning.RESETS;
import static dev.patchbay.codec.ErrorWording.Meaning.SYSTEM_ORDER;
import static dev.patchbay.codec.ErrorWording.Meaning.THROTTLED;
import static dev.patchbay.codec.ErrorWording.Meaning.UNCERTAIN;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Words by which upstreams say what no status and no code of theirs says (dialects.md, E3 and E4). Data: a row a wording, each
 * with who says it and where that can be read; {@code repo#n} is a public issue.
 *
 * @param meaning what the words say
 * @param words found anywhere in a message from the beginning of a word on, ignoring case
 * @param source who says it, and where it was seen
 */
record ErrorWording(Meaning meaning, Pattern words, String source) {

    /** What words can say. */
    enum Meaning {
        /** Too much at a time; never an overflow, whatever else the message says. */
        THROTTLED,
        /** An overflow is one of several causes that are named; agents must not throw their history away for it. */
        UNCERTAIN,
        /** The conversation is too long for the model. */
        OVERFLOW,
        /** The account has no credit left, or its plan is used up. */
        QUOTA,
        /** What is used up comes back by itself, soon. */
        RESETS,
        /** A chat template takes no system message where one stands. */
        SYSTEM_ORDER
    }

    static final List<ErrorWording> ALL = List.of(
            row(
                    THROTTLED,
                    "throttl",
                    "Bedrock ThrottlingException: MARRVEL_MCP#225; DashScope Throttling.*: openclaw#148275"),
            row(THROTTLED, "rate[ _-]?limit", "OpenAI, Anthropic and most others: dialects.md, section 3"),
            row(THROTTLED, "too many requests", "RFC 6585, section 4"),
            row(THROTTLED, "please wait", "Bedrock \"Too many tokens, please wait\": well-architected-iac-analyzer#25"),
            row(THROTTLED, "(tokens|requests) per (minute|min|day|hour|second)", "Groq, OpenAI: TrackerWin#2595"),
            row(THROTTLED, "(TPM|RPM|TPD|RPD)\\b", "Groq, OpenAI, DashScope: TrackerWin#2595, openclaw#148275"),
            row(THROTTLED, "quota", "Gemini, Cerebras token_quota_exceeded: jp#1081"),
            row(THROTTLED, "速率限制|请求频率|访问频率|限流|每分钟", "Zhipu code 1302, Volcengine: their error code pages"),
            row(
                    UNCERTAIN,
                    "possible causes:.{0,200}invalid parameters",
                    "Sail Research by OpenRouter: letta llm_api/error_utils.py"),
            row(
                    OVERFLOW,
                    "prompt is too long",
                    "Anthropic: bolt.new#2520; Fireworks: \"The prompt is too long: N, model maximum\""),
            row(OVERFLOW, "prompt too long", "Z.ai code 1261: pi#9805; oMLX: omlx#26; Ollama"),
            row(OVERFLOW, "prompt exceeds max(imum)? length", "Z.ai, Zhipu code 1261: geode#668, zeroclaw#4124"),
            row(
                    OVERFLOW,
                    "tokens in request more than max tokens allowed",
                    "Z.ai coding plan, code 1210: hermes-agent#61728"),
            row(OVERFLOW, "input length and `?max_tokens`? exceed context limit", "Anthropic: continue#6080"),
            row(
                    OVERFLOW,
                    "maximum context length",
                    "OpenAI, DeepSeek, vLLM, OpenRouter, Azure: chathub#126, refly#1177, vllm#20409"),
            row(
                    OVERFLOW,
                    "context length (was |is |has been )?exceeded",
                    "proxies of OpenAI: NGOClaw overflow_detect.go"),
            row(
                    OVERFLOW,
                    "(model_)?context[ _]?window",
                    "LiteLLM ContextWindowExceededError, Z.ai model_context_window_exceeded, OpenAI Responses \"exceeds the context window\", MiniMax \"context window exceeds limit\", Workers AI: pi#129"),
            row(
                    OVERFLOW,
                    "exceed.{0,60}context(?! (deadline|cancel))",
                    "llama.cpp \"exceeds the available context size\", LM Studio: examples#29; the context of a program in Go is another"),
            row(OVERFLOW, "context size has been exceeded", "LM Studio, llama.cpp: jundot/omlx#26"),
            row(
                    OVERFLOW,
                    "greater than the context length",
                    "LM Studio \"tokens to keep from the initial prompt\": pi#129"),
            row(
                    OVERFLOW,
                    "context the overflows",
                    "LM Studio \"Trying to keep the first N tokens when context the overflows\": lmstudio-bug-tracker#546"),
            row(
                    OVERFLOW,
                    "too many tokens",
                    "Cohere \"too many tokens: total number of tokens in the prompt\"; AI21: pi-swift Overflow.swift"),
            row(
                    OVERFLOW,
                    "too many input tokens",
                    "Bedrock \"Too many input tokens. Max input tokens: N\": amazon-bedrock docs"),
            row(
                    OVERFLOW,
                    "reduce the length of (the|your|either|either one of the) ?(messages|prompt|input|one)?",
                    "OpenAI, Groq, Cerebras, OpenRouter: fast-agent#621, cloudflare-docs#29731"),
            row(
                    OVERFLOW,
                    "input length.{0,40}exceeds",
                    "Poolside, GLM hubs, Volcengine: pi#4943, pi#5677, Switchyard#314"),
            row(
                    OVERFLOW,
                    "maximum (allowed )?input length",
                    "TensorRT-LLM \"exceeds maximum input length\", Poolside: pi#4943"),
            row(
                    OVERFLOW,
                    "input (is|was) too long",
                    "Bedrock \"Input is too long for requested model\": bedrock-chat#95"),
            row(OVERFLOW, "prompt token count.{0,60}exceeds", "GitHub Copilot: copilot-api#210"),
            row(
                    OVERFLOW,
                    "input token count.{0,60}(exceeds|is \\d+ but)",
                    "Gemini, Vertex AI: gemini-cli#6678, arkavo-edge#371"),
            row(
                    OVERFLOW,
                    "longer than the (model's context length|maximum model length)",
                    "SGLang: Qwen3#1321; vLLM \"The decoder prompt … is longer than\""),
            row(OVERFLOW, "maximum prompt length is", "xAI: cline#3120"),
            row(OVERFLOW, "exceeded model token limit", "Kimi, Moonshot: agentao#88"),
            row(OVERFLOW, "too large for model with.{0,40}maximum context length", "Mistral: agentao#88"),
            row(OVERFLOW, "prompt contains.{0,80}too large for model", "Mistral: agentao#88"),
            row(OVERFLOW, "range of input length should be", "DashScope, Qwen: opencode#45834"),
            row(
                    OVERFLOW,
                    "`?inputs`? tokens \\+ `?max_new_tokens`? must be",
                    "TGI, Hugging Face, Together: chat-ui#1149, huggingface_hub#2763"),
            row(OVERFLOW, "`?inputs`? must have less than \\d+ tokens", "TGI: text-generation-inference#695"),
            row(
                    OVERFLOW,
                    "request body too large for.{0,80}max size: \\d+ tokens",
                    "GitHub Models tokens_limit_reached: aider#2296, cline#995"),
            row(OVERFLOW, "prompt tokens limit exceeded", "OpenRouter's key limits: opencode#12219"),
            row(OVERFLOW, "requested token count exceeds", "SGLang, Workers AI: models.dev#4422"),
            row(OVERFLOW, "requested tokens \\(\\d+\\) exceed", "llama-cpp-python: doc-comments-ai#54"),
            row(OVERFLOW, "maximum supported sequence length", "SambaNova: pi#129"),
            row(OVERFLOW, "number of input tokens.{0,20}cannot exceed", "watsonx.ai: BAM and watsonx docs"),
            row(OVERFLOW, "total tokens of image and text exceed", "Volcengine Ark: its error code page"),
            row(OVERFLOW, "token limit exceeded", "gateways: pi-swift Overflow.swift"),
            row(OVERFLOW, "tokens?\\b.{0,60}exceeds the limit of \\d+", "GitHub Copilot, gateways: pi overflow.ts"),
            row(OVERFLOW, "input tokens exceed the configured limit", "OpenAI: litellm#15218"),
            row(OVERFLOW, "context length of \\d+ (was |is )?exceeded", "llama-cpp-python and proxies of it"),
            row(
                    OVERFLOW,
                    "number of tokens.{0,60}exceeds the model's (token )?limit",
                    "gateways that count before they ask"),
            row(
                    OVERFLOW,
                    "sequence length.{0,40}(greater|longer) than the (maximum|max)",
                    "transformers behind its own servers"),
            row(OVERFLOW, "context[ _]overflow", "gateways: openclaw#3188"),
            row(OVERFLOW, "prompt has [\\d,]+ tokens?, but the configured context size", "ds4-server: pi#6262"),
            row(
                    OVERFLOW,
                    "exceeds the max(imum)? input token|total tokens exceeds? the model's max|the maximum number of input tokens",
                    "Bedrock, Cohere: openclaw#58839"),
            row(OVERFLOW, "(input )?context is too long", "Gemini \"Your input context is too long\": letta"),
            row(OVERFLOW, "too many total text bytes", "Anthropic: letta"),
            row(
                    OVERFLOW,
                    "input (token )?length (is )?too long|length of tokens in the request is too long",
                    "Zhipu, Moonshot: letta"),
            row(
                    OVERFLOW,
                    "(输入|上下文|提示词|(?<!_|max |输出)tokens?)(的|总|长度|数量?|窗口|文本|内容|消息|大小|tokens?|已|\\s){0,6}(超过|超出|过长)(?!.{0,8}(每|限额|配额))",
                    "Zhipu, DashScope, Volcengine in Chinese, of which max_tokens, images and other parameters may be too much as well: letta"),
            row(OVERFLOW, "(超过|超出)了?(.{0,8}(上下文|输入长度)|模型.{0,4}最大长度)", "Zhipu in Chinese: letta"),
            row(QUOTA, "余额不足|欠费|额度不足|额度(已|被)?(用尽|耗尽)|预扣费额度失败", "Zhipu code 1113; new-api and one-api"),
            row(QUOTA, "credit balance is too low", "Anthropic, a 400: tracker#547"),
            row(
                    QUOTA,
                    "insufficient[ _](account )?(balance|credits?|funds)",
                    "DeepSeek, Moonshot, MiniMax, Z.ai 1113 as a 429: hermes-agent#90503"),
            row(QUOTA, "balance is insufficient", "SiliconFlow, a 403 with code 30001: utopia#182"),
            row(
                    QUOTA,
                    "(monthly |weekly |your )?(plan's |plan )?usage limit (has been )?(reached|exceeded)",
                    "ChatGPT and Z.ai plans: senpi#1969, hermes-agent#63021"),
            row(
                    QUOTA,
                    "(reached|exceeded|hit) (your |the |its )?(monthly |weekly )?(usage|spend(ing)?) limit",
                    "Z.ai, Claude plans, xAI: claude-code#67939, continue#10373"),
            row(QUOTA, "used all available credits", "xAI, a 429 or 403: continue#10373"),
            row(QUOTA, "billing hard limit|hard billing limit", "OpenAI, a 400: hermes-agent#106427"),
            row(QUOTA, "exceeded your current quota", "OpenAI, Moonshot: SalesforceFlowExtension#2"),
            row(QUOTA, "requires more credits|can only afford", "OpenRouter: opencode#12219, openclaude#1263"),
            row(QUOTA, "key limit exceeded", "OpenRouter, a 403: hermes-agent#93455"),
            row(
                    QUOTA,
                    "arrearage|overdue[ -]?payment|account is in good standing|accountoverdue|billoverdue",
                    "DashScope, Volcengine: openclaw#148275"),
            row(
                    QUOTA,
                    "(out of|no) credits?\\b|credits have been exhausted|no resource package|exceed your (monthly |weekly )?spend(ing)? limit",
                    "Together, Z.ai, GitHub: github/app#3139"),
            row(
                    RESETS,
                    "(try again|retry|resets?|available|reset after) (again )?(in|after) [0-9.]+ ?(ms|m|min|minutes?|s|secs?|seconds?)\\b",
                    "Gemini \"Please retry in 18.6s\": hermes-agent#93455; hours and days are no time to wait for"),
            row(
                    SYSTEM_ORDER,
                    "unknown variant `system`, expected `user`|input should be 'user' or 'assistant'|role 'system' is not supported",
                    "DeepSeek's Messages endpoint: awesome-deepseek-integration#639; FastAPI servers: ogx#5982; claude-code#61412"),
            row(
                    SYSTEM_ORDER,
                    "system message must be (at the beginning|first)",
                    "templates of Qwen: claude-code#77698, llama.cpp#27367"),
            row(
                    SYSTEM_ORDER,
                    "(only|unexpected) .{0,30}system (message|role).{0,60}(first|beginning|order)",
                    "templates of MiniMax and Mistral: litellm#39852"),
            row(
                    SYSTEM_ORDER,
                    "(role.{0,20}system.{0,40}(not supported|not allowed|invalid)|unexpected role .?system)",
                    "Anthropic-compatible servers: grok2api#598, codex-proxy#615"));

    /** Whether the words of some row of that meaning are in a message. */
    static boolean says(Meaning meaning, String message) {
        return ALL.stream()
                .anyMatch(row ->
                        row.meaning == meaning && row.words.matcher(message).find());
    }

    private static ErrorWording row(Meaning meaning, String words, String source) {
        // Of a word that ends in letters only, such as those with a back quote before them, the border is optional.
        int flags = Pattern.CASE_INSENSITIVE | Pattern.DOTALL;
        return new ErrorWording(meaning, Pattern.compile("(?<![A-Za-z])(?:" + words + ")", flags), source);
    }
}
