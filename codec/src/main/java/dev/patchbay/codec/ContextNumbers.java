package dev.patchbay.codec;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The numbers in the message of an overflow (dialects.md, E3): where only prompt and answer together are too long, agents
 * lower the answer's limit instead of their history.
 *
 * @param input tokens of the prompt
 * @param answer tokens that were asked for
 * @param limit tokens of the context
 */
record ContextNumbers(long input, long answer, long limit) {

    /** A row a wording, each with the names input, answer and limit. */
    private static final List<Pattern> WORDINGS = List.of(
            // OpenAI, DeepSeek, vLLM: chatgpt-web#372, fast-agent#621
            wording(
                    "maximum context length is L.{0,60}requested [\\d,]+ tokens \\(I in (?:the|your) (?:messages|prompt)[,;] A"
                            + " (?:in|for) the completion"),
            // OpenRouter: refly#1177
            wording(
                    "maximum context length is L.{0,60}requested about [\\d,]+ tokens \\(I of text input.{0,60}?, A in the output"),
            // vLLM since 0.10, Workers AI: OpenCowork#82, cloudflare-docs#29731
            wording(
                    "maximum context length is L.{0,60}requested A output tokens and your prompt contains (?:at least )?I input"),
            // vLLM 0.9: "'max_tokens' … is too large: A. This model's maximum context length is L tokens and your
            // request has I"
            wording("too large: A.{0,40}maximum context length is L tokens and your request has I input"),
            // SGLang, Workers AI: models.dev#4422
            wording(
                    "maximum context length of L.{0,80}tokens: I tokens from the input messages and A tokens for the completion"),
            // TGI, Hugging Face, Together: chat-ui#1149
            wording("must be <= L\\. Given: I `?inputs`? tokens and A `?max_new_tokens"),
            // Anthropic: continue#6080
            wording("exceed context limit: I \\+ A > L"));

    /** The numbers of a message, if they say that the prompt alone would fit. */
    static Optional<ContextNumbers> of(String message) {
        for (Pattern wording : WORDINGS) {
            Matcher found = wording.matcher(message);
            if (found.find()) {
                return Optional.of(new ContextNumbers(
                                number(found, "input"), number(found, "answer"), number(found, "limit")))
                        .filter(ContextNumbers::fitsWithoutAnswer);
            }
        }
        return Optional.empty();
    }

    /** The words of Anthropic's own error, which agents read the numbers from. */
    String sentence() {
        return "input length and `max_tokens` exceed context limit: " + input + " + " + answer + " > " + limit
                + ", decrease input length or `max_tokens` and try again";
    }

    private boolean fitsWithoutAnswer() {
        return input < limit && input + answer > limit;
    }

    private static long number(Matcher found, String name) {
        return Long.parseLong(found.group(name).replace(",", ""));
    }

    private static Pattern wording(String words) {
        String number = "(?<$1>\\\\d[\\\\d,]{0,14})";
        String pattern = words.replaceAll("\\bI\\b", number.replace("$1", "input"))
                .replaceAll("\\bA\\b", number.replace("$1", "answer"))
                .replaceAll("\\bL\\b", number.replace("$1", "limit"));
        return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }
}
