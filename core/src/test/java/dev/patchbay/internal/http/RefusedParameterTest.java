package dev.patchbay.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusedParameterTest {

    private static final ObjectNode SENT = (ObjectNode) Json.parse("""
            {"model": "m", "messages": [], "stream": true, "stream_options": {"include_usage": true}, "max_tokens": 10,
             "temperature": 0.5, "top_p": 1, "stop": ["x"], "tools": [], "tool_choice": "auto", "user": "u",
             "parallel_tool_calls": false, "reasoning_effort": "low", "response_format": {}}""");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."
                        + "|quirks: {maxTokensField: max_completion_tokens}",
                "body.stream_options: Extra inputs are not permitted|quirks: {streamUsage: false}",
                "Unknown parameter: parallel_tool_calls.|quirks: {parallelToolCalls: false}",
                "Argument not supported on this model: 'stop'|quirks: {stop: 0}",
                "The reasoning_content in the thinking mode must be passed back to the API."
                        + "|quirks: {reasoningReplay: tool_turns}",
                "property 'messages.1.reasoning_content' is unsupported|quirks: {reasoningReplay: never}",
                "Model does not support parameter reasoning_effort|quirks: {reasoning: none}",
                "response_format is not supported|quirks: {structuredOutput: none}",
                "Unknown name \"$schema\" at 'tools[0]': Cannot find field.|quirks: {schemaStrip: [\"$schema\"]}",
                "this model does not support images|quirks: {images: false}",
                "'system' is not supported with this model, use 'developer' instead|quirks: {systemRole: developer}",
                "Tool call id was call_1 but must be a-z, A-Z, 0-9, with a length of 9.|quirks: {toolId: mistral9}",
                "Unknown name \"additionalProperties\" at 'tools[0]'|quirks: {schemaStrip: [additionalProperties]}",
                "tool_choice: Input should be 'auto', 'none' or 'any'|quirks: {requiredToolChoice: any}",
                "'developer' is not one of ['system', 'user']|quirks: {systemRole: system}",
                "body.top_p: Extra inputs are not permitted; body.user: Extra inputs are not permitted"
                        + "|body: {drop: [top_p]}",
                "Unsupported value: 'temperature' does not support 0.5 with this model.|body: {drop: [temperature]}",
            })
    void findsTheLineToAdd(String words, String line) {
        assertThat(RefusedParameter.remedy(words, SENT))
                .map(ParameterRemedy::yaml)
                .contains(line);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Please stop sending tools like this, dear user",
                "'model' is unknown",
                "body.tools.0.function.strict: Extra inputs are not permitted",
                "invalid seed",
            })
    void adviseNothingWhereTheWordsPointAtNothingThatWasSent(String words) {
        assertThat(RefusedParameter.remedy(words, SENT)).isEmpty();
    }

    @Test
    void advisesNothingOnWhatWasNotSent() {
        assertThat(RefusedParameter.remedy("stream_options is unknown", Json.object()))
                .isEmpty();
    }
}
